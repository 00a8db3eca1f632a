import Statistics

/// A seeded generator, so that every run draws the same.
public struct Draw: RandomNumberGenerator, Sendable {
  private var numbers: RandomNumbers

  public init(seed: UInt64) { numbers = RandomNumbers(seed: seed) }

  public mutating func next() -> UInt64 { numbers.next() }

  /// From 0 to below the count.
  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(max(1, count))) }

  mutating func one<Element>(of items: [Element], or other: Element) -> Element {
    items.isEmpty ? other : items[below(items.count)]
  }
}

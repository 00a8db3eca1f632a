import Statistics

/// Numbers that are the same in every run.
public struct Dice: RandomNumberGenerator, Sendable {
  private var numbers: RandomNumbers

  public init(_ seed: UInt64) { numbers = RandomNumbers(seed: seed) }

  public mutating func next() -> UInt64 { numbers.next() }

  public mutating func below(_ count: Int64) -> Int64 { Int64.random(in: 0..<max(count, 1), using: &self) }
  public mutating func chance(_ percent: Int64) -> Bool { below(100) < percent }
  public mutating func pick<Value>(_ values: [Value]) -> Value { values[Int(below(Int64(values.count)))] }
}

/// Numbers that are the same in every run (SplitMix64).
public struct Dice: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(_ seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  public mutating func below(_ count: Int64) -> Int64 { Int64.random(in: 0..<max(count, 1), using: &self) }
  public mutating func chance(_ percent: Int64) -> Bool { below(100) < percent }
  public mutating func pick<Value>(_ values: [Value]) -> Value { values[Int(below(Int64(values.count)))] }
}

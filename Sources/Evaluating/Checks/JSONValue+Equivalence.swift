import Facts
import TextFormats

extension JSONValue {
  /// Equality as JSON Schema has it (2020-12, core 4.2.2): numbers by value, so 1 equals 1.0; objects whatever their order.
  func isEquivalent(to other: JSONValue) -> Bool {
    switch (self, other) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.string(let left), .string(let right)):
      left.unicodeScalars.elementsEqual(right.unicodeScalars)
    case (.number(let left), .number(let right)):
      left == right
        || { $0 != nil && $0 == $1 }(try? ExactDecimal(parsing: left), try? ExactDecimal(parsing: right))
    case (.array(let left), .array(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.isEquivalent(to: $1) }
    case (.object(let left), .object(let right)):
      left.members.count == right.members.count
        && left.members.allSatisfy { key, value in right[key].map { value.isEquivalent(to: $0) } ?? false }
    default: false
    }
  }
}

/// Binary numbers for programs.
package enum NumberText {
  /// The shortest decimal that reads back as the same number; `infinity`, `-infinity` and `not a number` for what is none.
  package static func number(_ value: Double) -> String {
    if value.isNaN { return "not a number" }
    guard value.isFinite else { return value < 0 ? "-infinity" : "infinity" }
    return "\(value)"
  }
}

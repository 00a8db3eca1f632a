import Documents
import Facts

/// Measured numbers as text. They are binary floating point, so they become decimals here, rounded once, half away from zero.
package enum MeasuredText {
  /// nil for what is no number, infinite, or too large to be one of ours.
  package static func decimal(_ value: Double, places: Int) -> ExactDecimal? {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let scaled = (value * scale).rounded()
    guard scaled.isFinite, abs(scaled) < 9e15 else { return nil }
    return ExactDecimal(reducing: Int128(scaled), exponent: -places)
  }

  /// `12`, `0.5`, with so many decimals always: `12.0`.
  package static func fixed(_ value: Double, places: Int) -> String {
    guard let decimal = decimal(value, places: places) else { return value > 0 ? "∞" : Display.unknown }
    var text = decimal.text
    if places > 0 {
      if !text.contains(".") { text += "." }
      let have =
        text.utf8.count - 1
        - (text.firstIndex(of: ".").map { text.utf8.distance(from: text.startIndex, to: $0) } ?? 0)
      text += String(repeating: "0", count: max(0, places - have))
    }
    return Display.grouped(text)
  }

  /// A share as a percentage at one decimal: `85.0%`.
  package static func percent(_ share: Double) -> String { fixed(share * 100, places: 1) + "%" }

  /// A difference of shares in points at one decimal, signed: `+2.5`, `−1.3`.
  package static func points(_ difference: Double) -> String {
    signed(difference * 100) { fixed($0, places: 1) }
  }

  /// Without its sign: `1.3 points`, `1 point`.
  package static func pointCount(_ difference: Double) -> String {
    let text = short(abs(difference) * 100)
    return text == "1" ? "1 point" : text + " points"
  }

  /// Without zeros at its end: `2`, `2.5`.
  package static func short(_ value: Double) -> String {
    decimal(value, places: 2).map { Display.grouped($0.text) } ?? "∞"
  }

  /// Three digits or so: `4.21 ms`, `42.1 ms`, `421 ms`; `∞` where the rank falls on a failure.
  package static func milliseconds(_ value: Double) -> String {
    let size = abs(value)
    return fixed(value, places: size < 10 ? 2 : size < 100 ? 1 : 0) + (value.isFinite ? " ms" : "")
  }

  package static func signedMilliseconds(_ value: Double) -> String { signed(value, milliseconds) }

  /// US dollars to four digits or so: `$0.0001234`.
  package static func dollars(_ value: Double) -> String {
    guard value != 0 else { return "$0" }
    var places = 2
    var scale = 100.0
    while abs(value) * scale < 1000, places < 12 {
      scale *= 10
      places += 1
    }
    guard let decimal = decimal(value, places: places) else { return Display.unknown }
    return (decimal.isNegative ? "−$" : "$") + Display.grouped(String(decimal.text.drop { $0 == "-" }))
  }

  package static func signedDollars(_ value: Double) -> String { signed(value, dollars) }

  /// A chance of error: `0.04`, `0.0031`, `below 0.0001`.
  package static func p(_ value: Double) -> String {
    if value < 0.0001 { return "below 0.0001" }
    return decimal(value, places: value < 0.01 ? 4 : 2)?.text ?? Display.unknown
  }

  private static func signed(_ value: Double, _ text: (Double) -> String) -> String {
    let size = text(abs(value))
    // What rounds to nothing has no sign.
    guard size.contains(where: { $0 >= "1" && $0 <= "9" }) || !value.isFinite else { return size }
    return (value < 0 ? "−" : "+") + size
  }
}

import Facts

extension Display {
  /// A value of a chart exactly, as a mark's tooltip shows it: `$0.28`, `131,072 tokens`, `77.3%`.
  public static func amount(_ value: ExactDecimal, _ unit: Chart.Unit) -> String {
    switch unit {
    case .dollars: (value.isNegative ? "-$" : "$") + grouped(String(value.text.drop { $0 == "-" }))
    case .tokens: value.integer.map { exactTokens(TokenCount($0)) } ?? grouped(value.text) + " tokens"
    case .count: grouped(value.text)
    case .milliseconds: grouped(value.text) + " ms"
    case .score(let score): Display.score(value, unit: score)
    }
  }

  /// The ticks of one axis. On a linear scale all have the same decimals (`$0.50`, `$1.00`); on a logarithmic one each
  /// has its own (`$0.01`, `$1`, `$100`). Thousands are short where the axis reaches ten thousand (`$5k`, `$10k`), token
  /// counts always (`8k`, `1M`).
  public static func ticks(_ values: [ExactDecimal], of axis: Chart.Axis) -> [String] {
    let shared = axis.scale == .linear ? values.map { -$0.exponent }.max() ?? 0 : 0
    let isShort = axis.unit == .tokens || values.contains { !($0 < ExactDecimal(10_000)) }
    return values.map { tick($0, axis.unit, atLeast: max(shared, 0), isShort: isShort) }
  }

  private static func tick(
    _ value: ExactDecimal, _ unit: Chart.Unit, atLeast shared: Int, isShort: Bool
  ) -> String {
    var digits = String(value.text.drop { $0 == "-" })
    if isShort, let whole = value.integer, whole >= 1000 {
      digits = tokens(TokenCount(whole))
    } else {
      // Cents are written with both digits; finer prices with the digits they need.
      let places = max(shared, -value.exponent)
      digits = padded(digits, places: unit == .dollars && places == 1 ? 2 : places)
    }
    let sign = value.isNegative ? "-" : ""
    switch unit {
    case .dollars: return sign + "$" + digits
    case .score(.percent): return sign + digits + "%"
    case .tokens, .count, .milliseconds, .score(.elo), .score(.points): return sign + digits
    }
  }

  private static func padded(_ digits: String, places: Int) -> String {
    guard places > 0, digits != "0" else { return grouped(digits) }
    let parts = digits.split(separator: ".")
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    return grouped(String(parts.first ?? "0")) + "." + fraction
      + String(repeating: "0", count: max(0, places - fraction.utf8.count))
  }
}

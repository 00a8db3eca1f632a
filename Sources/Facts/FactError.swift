/// What cannot be read as the value it claims to be. Every case holds the text as written.
public enum FactError: Error, Hashable, Sendable {
  case notADecimal(String)
  case inexactMoney(String)
  case notACount(String)
  case notADate(String)
  case notAShare(String)
  case notHours(String)
  case notATime(String)
}

extension FactError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notADecimal(let text):
      #""\#(text.bounded)" is not a plain decimal. hint: numbers are written like "0.07" or "2.75e-07""#
    case .inexactMoney(let text):
      #""\#(text.bounded)" dollars cannot be held exactly. hint: at most 18 decimal places and 12 digits before the point"#
    case .notACount(let text):
      #""\#(text.bounded)" is not a whole count. hint: counts are written like "262144", "800M" or "1.5k""#
    case .notADate(let text):
      #""\#(text.bounded)" is not a date. hint: dates are written like "2026-02-12" or "2025-06""#
    case .notAShare(let text):
      #""\#(text.bounded)" is not a share. hint: shares are written like "30%", from 0% to 100%, with at most two decimals"#
    case .notHours(let text):
      #""\#(text.bounded)" are no hours of a week. hint: hours are written like "16:30-00:30" or "mon-fri 09:00-12:00,14:00-18:00 +08:00""#
    case .notATime(let text):
      #""\#(text.bounded)" is not a time. hint: times are written like "2026-06-15T08:30:00Z"; a day alone is its midnight in UTC"#
    }
  }
}

extension String {
  /// The text cut to a length that fits an error line, control characters made visible.
  ///
  /// Errors quote hostile text; a terminal must never receive its escapes.
  public var bounded: String {
    var result = ""
    for scalar in unicodeScalars.prefix(120) {
      result += scalar.isHarmless ? String(scalar) : "\u{FFFD}"
    }
    return unicodeScalars.count > 120 ? result + "…" : result
  }
}

extension Unicode.Scalar {
  /// Whether the character may reach a page or a terminal: no C0/C1 controls, no line or direction overrides,
  /// no characters that vanish.
  public var isHarmless: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB,
      0xE0000...0xE007F:
      false
    default: true
    }
  }
}

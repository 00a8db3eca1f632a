import Facts

/// The only formatter of numbers, money and dates for people. Everything is rounded here, in decimals, half up,
/// once; canonical text for JSON and errors belongs to the Facts types.
public enum Display {
  /// The one word for what no source says.
  public static let unknown = "unknown"

  // MARK: Counts

  /// `1 route`, `2 routes`, `no routes`.
  public static func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
    switch count {
    case 0: "no \(plural ?? noun + "s")"
    case 1: "1 \(noun)"
    default: "\(grouped(String(count))) \(plural ?? noun + "s")"
    }
  }

  /// Digits in threes: `1,025,414`.
  public static func grouped(_ digits: String) -> String {
    let bytes = digits.utf8
    let isNegative = bytes.first == UInt8(ascii: "-")
    let whole = bytes.dropFirst(isNegative ? 1 : 0).prefix { $0 != UInt8(ascii: ".") }.count
    guard whole > 3 else { return digits }
    var result = ""
    result.reserveCapacity(bytes.count + whole / 3)
    var left = whole
    for (place, digit) in digits.unicodeScalars.enumerated() {
      if place >= (isNegative ? 1 : 0), left > 0 {
        if left < whole, left % 3 == 0 { result.append(",") }
        left -= 1
      }
      result.unicodeScalars.append(digit)
    }
    return result
  }

  /// Three significant digits with an SI letter: `131k`, `262k`, `1.05M`, `999`, `8.19k`.
  public static func tokens(_ count: TokenCount) -> String {
    short(count.tokens, letters: ["", "k", "M", "B", "T"])
  }

  /// The exact number: `131,072 tokens`.
  public static func exactTokens(_ count: TokenCount) -> String {
    count.tokens == 1 ? "1 token" : grouped(String(count.tokens)) + " tokens"
  }

  /// A count as a person would type it, exact: `800M`, `1500`, `1.5k` never loses a token.
  public static func exactCount(_ count: TokenCount) -> String {
    for (letter, unit) in [("B", Int64(1_000_000_000)), ("M", 1_000_000), ("k", 1000)]
    where count.tokens >= unit && count.tokens % unit == 0 { return "\(count.tokens / unit)\(letter)" }
    return String(count.tokens)
  }

  /// `1T`, `235B`, `7.24B`.
  public static func parameters(_ count: ParameterCount) -> String {
    short(count.parameters, letters: ["", "K", "M", "B", "T"])
  }

  private static func short(_ value: Int64, letters: [String]) -> String {
    var scale = 0
    var unit: Int64 = 1
    while scale < letters.count - 1, value / unit >= 1000 {
      unit *= 1000
      scale += 1
    }
    guard scale > 0 else { return String(value) }
    var digits = rounded(value, per: unit)
    // 999,950 rounds to 1000k: that is 1M.
    if digits == "1000", scale < letters.count - 1 {
      digits = "1"
      scale += 1
    }
    return digits + letters[scale]
  }

  /// `value / unit` at three significant digits, without trailing zeros.
  private static func rounded(_ value: Int64, per unit: Int64) -> String {
    let whole = value / unit
    let places = whole >= 100 ? 0 : whole >= 10 ? 1 : 2
    var power: Int64 = 1
    for _ in 0..<places { power *= 10 }
    let scaled = (Int128(value) * Int128(power) * 2 + Int128(unit)) / (Int128(unit) * 2)
    return ExactDecimal(reducing: scaled, exponent: -places).text
  }

  // MARK: Money

  /// A unit price with the digits its source has: `$0.075`, `$0.625`, `$30`.
  public static func unitPrice(_ money: Money) -> String { "$" + grouped(money.text) }

  /// An amount with all its digits: `$1.05`, `-$0.0315`.
  public static func dollars(_ amount: ExactDecimal) -> String {
    (amount.isNegative ? "-$" : "$") + grouped(String(amount.text.drop { $0 == "-" }))
  }

  /// `$0.075/1M tokens`.
  public static func pricePerMillion(_ money: Money) -> String { unitPrice(money) + "/1M tokens" }

  /// How many decimals a block of costs needs so that every one, and so their differences, is shown exactly: at
  /// least cents, at most a hundredth of a cent, beyond which a cost is rounded and marked so.
  public static func decimals(for costs: [Money]) -> Int {
    min(4, max(2, costs.map { -$0.dollars.exponent }.max() ?? 2))
  }

  /// The cost that `cost(_:decimals:)` shows, for differences that must agree with two printed costs.
  public static func shown(_ money: Money, decimals: Int) -> Money {
    (try? Money(dollars: fixed(money.dollars, places: decimals))) ?? money
  }

  /// A cost at a number of decimals, half up: `$216.25`, `$1,040.00`; never a zero that is not zero.
  public static func cost(_ money: Money, decimals: Int) -> String {
    var places = decimals
    while true {
      let text = fixed(money.dollars, places: places)
      if money.isZero || text.contains(where: { $0 != "0" && $0 != "." && $0 != "-" }) || places > 18 {
        return (text.hasPrefix("-") ? "-$" : "$") + grouped(String(text.drop { $0 == "-" }))
      }
      places += 1
    }
  }

  /// An exact amount at a number of decimals, half up, with `about` in front where that rounds it; never a zero that is not
  /// zero.
  public static func rounded(_ dollars: ExactDecimal, decimals: Int) -> String {
    var places = decimals
    var text = fixed(dollars, places: places)
    while !dollars.isZero, !text.contains(where: { $0 != "0" && $0 != "." && $0 != "-" }), places < 24 {
      places += 1
      text = fixed(dollars, places: places)
    }
    let amount = (text.hasPrefix("-") ? "-$" : "$") + grouped(String(text.drop { $0 == "-" }))
    return (-dollars.exponent <= places ? "" : "about ") + amount
  }

  /// Whether a cost at that many decimals is exact.
  public static func isExact(_ money: Money, decimals: Int) -> Bool { -money.dollars.exponent <= decimals }

  private static func fixed(_ value: ExactDecimal, places: Int) -> String {
    let negative = value.isNegative
    var digits: String
    if let exact = value.mantissa(atExponent: -places) {
      digits = String(exact.magnitude)
    } else {
      var magnitude = value.mantissa.magnitude
      for step in 0..<(-places - value.exponent) {
        let isLast = step == -places - value.exponent - 1
        magnitude = isLast ? (magnitude + 5) / 10 : magnitude / 10
      }
      digits = String(magnitude)
    }
    if places > 0 {
      if digits.count <= places { digits = String(repeating: "0", count: places - digits.count + 1) + digits }
      digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -places))
    }
    return (negative && digits.contains { $0 != "0" && $0 != "." } ? "-" : "") + digits
  }

  /// `(dear − cheap) / dear` as a percentage at one decimal, half up: `75%`, `12.5%`. nil when dear is zero.
  public static func percentCheaper(dear: Money, cheap: Money) -> String? {
    guard dear > .zero, cheap >= .zero, cheap <= dear else { return nil }
    let (product, overflow) = (dear.attodollars - cheap.attodollars).multipliedReportingOverflow(by: 2000)
    guard !overflow else { return nil }
    let tenths = (product + dear.attodollars) / (dear.attodollars * 2)
    return ExactDecimal(reducing: tenths, exponent: -1).text + "%"
  }

  /// `4×`, `1.33×`: how many times dearer, two decimals, half up. nil when cheap is zero.
  public static func times(dear: Money, cheap: Money) -> String? {
    guard cheap > .zero else { return nil }
    let (product, overflow) = dear.attodollars.multipliedReportingOverflow(by: 200)
    guard !overflow else { return nil }
    let hundredths = (product + cheap.attodollars) / (cheap.attodollars * 2)
    return ExactDecimal(reducing: hundredths, exponent: -2).text + "×"
  }

  // MARK: Scores

  /// A score with its unit: `77.3%`, `1,213 Elo`, `42.1`.
  public static func score(_ value: ExactDecimal, unit: ScoreUnit) -> String {
    let places = unit == .elo ? 0 : unit == .percent ? 1 : 2
    var text = fixed(value, places: places)
    if text.contains(".") {
      while text.hasSuffix("0") { text.removeLast() }
      if text.hasSuffix(".") { text.removeLast() }
    }
    switch unit {
    case .percent: return grouped(text) + "%"
    case .elo: return grouped(text) + " Elo"
    case .points: return grouped(text)
    }
  }

  // MARK: Words

  public static func flag(_ flag: Bool) -> String { flag ? "Yes" : "No" }

  /// `a`, `a and b`, `a, b and c`.
  public static func listed(_ items: [String], _ word: String = "and") -> String {
    guard items.count > 1 else { return items.first ?? "" }
    var text = ""
    text.reserveCapacity(items.reduce(8) { $0 + $1.utf8.count + 2 })
    for (place, item) in items.enumerated() {
      if place == items.count - 1 {
        text += " "
        text += word
        text += " "
      } else if place > 0 {
        text += ", "
      }
      text += item
    }
    return text
  }

  /// The text with what a page or a terminal must never receive made visible: controls, escapes, direction marks.
  public static func harmless(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    guard !text.unicodeScalars.allSatisfy({ $0.isHarmless }) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isHarmless ? $0 : "\u{FFFD}" }))
  }

  /// The first letter lower case unless it begins an acronym: `context window`, `IDE integration`.
  public static func midSentence(_ text: String) -> String {
    text.dropFirst().first?.isUppercase == true ? text : text.prefix(1).lowercased() + text.dropFirst()
  }

  /// The first letter upper case, the rest untouched.
  public static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}

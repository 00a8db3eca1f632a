import Facts

/// At which hours of the week a month's traffic falls: an assumption where prices depend on hours.
public enum TrafficHours: Hashable, Sendable {
  /// Evenly over the minutes of a week without holidays.
  case spread
  /// All of it at the hours at which it costs most.
  case peak
  /// All of it at the hours at which it costs least.
  case offPeak
  /// Evenly over the minutes of these hours.
  case window(PriceHours)

  /// Reads `spread`, `peak`, `off-peak` or hours as ``PriceHours`` writes them: `mon-fri 09:00-18:00 +08:00`.
  /// - Throws: `FactError.notHours` for anything else, and for hours without a minute.
  public init(parsing text: some StringProtocol) throws(FactError) {
    switch text.lowercased() {
    case "spread": self = .spread
    case "peak": self = .peak
    case "off-peak", "off_peak": self = .offPeak
    default:
      let hours = try PriceHours(parsing: text)
      guard !hours.cutsOfWeek.union([0]).allSatisfy({ !hours.contains(minuteOfWeek: $0) }) else {
        throw .notHours(String(text))
      }
      self = .window(hours)
    }
  }

  /// What ``init(parsing:)`` reads back.
  public var text: String {
    switch self {
    case .spread: "spread"
    case .peak: "peak"
    case .offPeak: "off-peak"
    case .window(let hours): hours.text
    }
  }
}

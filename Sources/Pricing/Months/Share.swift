import Facts

/// A part of a month's traffic in hundredths of a percent.
public struct Share: Hashable, Sendable {
  /// 0 to 10,000.
  public let hundredths: Int64

  public static let none = Share(clamping: 0)
  public static let all = Share(clamping: 10_000)

  /// Values outside 0 to 10,000 become the nearest of them.
  public init(clamping hundredths: Int64) { self.hundredths = min(max(0, hundredths), 10_000) }

  /// Reads `30%` or `30`: 0 to 100 percent, with at most two decimals.
  /// - Throws: `FactError.notAShare` for anything else.
  public init(parsing text: some StringProtocol) throws(FactError) {
    let digits = text.hasSuffix("%") ? String(text.dropLast()) : String(text)
    guard let percent = try? ExactDecimal(parsing: digits), !percent.isNegative,
      let hundredths = percent.scaled(byPowerOfTen: 2).integer, hundredths <= 10_000
    else { throw .notAShare(String(text)) }
    self.hundredths = hundredths
  }

  /// `30%`, which ``init(parsing:)`` reads back.
  public var text: String { ExactDecimal(reducing: Int128(hundredths), exponent: -2).text + "%" }

  /// So much of a count, rounded down.
  public func of(_ count: Int64) -> Int64 {
    Int64(clamping: Int128(count) * Int128(hundredths) / 10_000)
  }
}

import Facts

/// What the headers of a response say about limits.
///
/// `retry-after` is that of RFC 9110 section 10.2.3; `retry-after-ms` and `x-ratelimit-…` with resets such as `6m0s` and `20ms`
/// are those of https://developers.openai.com/api/docs/guides/rate-limits, `anthropic-ratelimit-…` with times those of
/// https://platform.claude.com/docs/en/api/rate-limits.
package struct LimitHeaders: Hashable, Sendable {
  /// Headers about limits by lower-case name, as they came, bounded in number and length.
  package let kept: [String: String]
  /// Milliseconds that the server asks to wait; nil when it does not.
  package let retryAfter: Int64?
  /// Milliseconds until a quota that is used up gives something again; nil when none is used up or no time is given. The reset
  /// that servers state is the time until all of it is there; one request of a quota that fills evenly comes earlier.
  package let exhaustedFor: Int64?
  package let requestID: String?

  private static let most = 24
  private static let longest = 200

  /// - Parameter now: wall-clock seconds, for headers that give times.
  package init(_ headers: [(name: String, value: String)], now: Timestamp) {
    var kept: [String: String] = [:]
    var id: String?
    for header in headers {
      let name = header.name.lowercased()
      if name == "x-request-id" || name == "request-id" { id = String(header.value.prefix(Self.longest)) }
      guard name.contains("ratelimit") || name.contains("rate-limit") || name.hasPrefix("retry-after") else {
        continue
      }
      guard kept.count < Self.most, name.utf8.count <= 80 else { continue }
      kept[name] = String(header.value.prefix(Self.longest))
    }
    self.kept = kept
    requestID = id
    retryAfter =
      kept["retry-after-ms"].flatMap { Self.milliseconds(decimal: $0, scale: 0) }
      ?? kept["retry-after"].flatMap {
        Self.milliseconds(decimal: $0, scale: 3) ?? Self.milliseconds(untilHTTPDate: $0, now: now)
      }
    var waits: [Int64] = []
    for kind in ["requests", "tokens", "input-tokens", "output-tokens"] {
      for (left, reset, limit) in [
        ("x-ratelimit-remaining-\(kind)", "x-ratelimit-reset-\(kind)", "x-ratelimit-limit-\(kind)"),
        (
          "anthropic-ratelimit-\(kind)-remaining", "anthropic-ratelimit-\(kind)-reset",
          "anthropic-ratelimit-\(kind)-limit"
        ),
      ] where kept[left] == "0" {
        guard let text = kept[reset],
          let whole = Self.milliseconds(duration: text) ?? Self.milliseconds(untilISO: text, now: now)
        else { continue }
        let parts = kind == "requests" ? kept[limit].flatMap { Int64($0) } ?? 1 : 10
        waits.append((whole + max(1, parts) - 1) / max(1, parts))
      }
    }
    exhaustedFor = waits.max()
  }

  /// `2`, `0.5`: a decimal number, in units of ten to the power of minus the scale of a second; nothing beyond a day.
  private static func milliseconds(decimal text: String, scale: Int) -> Int64? {
    guard let number = try? ExactDecimal(parsing: text), !number.isNegative else { return nil }
    let scaled = number.scaled(byPowerOfTen: scale)
    guard let whole = scaled.roundedUp else { return nil }
    return min(whole, 86_400_000)
  }

  /// `1s`, `6m0s`, `20ms`, `1h2m3.5s`.
  private static func milliseconds(duration text: String) -> Int64? {
    var sum: Int64 = 0
    var rest = Substring(text)
    guard !rest.isEmpty, rest.utf8.count <= 40 else { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest.dropFirst(digits.count)
      let unit = rest.prefix { $0.isASCII && $0.isLetter }
      rest = rest.dropFirst(unit.count)
      let factors: [Substring: Int64] = ["ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
      guard let factor = factors[unit], let number = try? ExactDecimal(parsing: String(digits)),
        let part = number.multiplied(by: ExactDecimal(factor))?.roundedUp, part <= 86_400_000
      else { return nil }
      sum += part
    }
    return min(sum, 86_400_000)
  }

  private static func milliseconds(untilISO text: String, now: Timestamp) -> Int64? {
    guard let time = try? Timestamp(parsing: text) else { return nil }
    return min(max(0, time.seconds - now.seconds + 1) * 1000, 86_400_000)
  }

  /// `Wed, 25 Nov 2026 08:30:00 GMT`, the one form that RFC 9110 lets a server send.
  private static func milliseconds(untilHTTPDate text: String, now: Timestamp) -> Int64? {
    let words = text.split(separator: " ")
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    guard words.count == 6, words[5] == "GMT", let month = months.firstIndex(of: String(words[2])) else {
      return nil
    }
    let number = month + 1 < 10 ? "0\(month + 1)" : "\(month + 1)"
    return milliseconds(untilISO: "\(words[3])-\(number)-\(words[1])T\(words[4])Z", now: now)
  }
}

extension ExactDecimal {
  /// The least whole number that is not below it; nil when it does not fit.
  fileprivate var roundedUp: Int64? {
    if let integer { return integer }
    guard exponent < 0 else { return nil }
    var whole = mantissa
    for _ in 0..<(-exponent) { whole /= 10 }
    return Int64(exactly: whole + 1)
  }
}

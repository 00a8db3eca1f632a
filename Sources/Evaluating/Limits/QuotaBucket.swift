/// What a route's owner may ask of its server.
package struct QuotaLimits: Hashable, Sendable {
  /// nil sets no limit.
  package let requestsPerMinute: Int64?
  /// Prompt and answer together; nil sets no limit.
  package let tokensPerMinute: Int64?

  package init(requestsPerMinute: Int64? = nil, tokensPerMinute: Int64? = nil) {
    self.requestsPerMinute = requestsPerMinute
    self.tokensPerMinute = tokensPerMinute
  }
}

/// How much of a route's quota is used: the one row that all workers of a store share.
///
/// In no window of 60 seconds are there more requests or tokens than the limits allow, wherever the window begins; the bucket
/// is filled over 61 seconds, so that requests may bunch up by a second on their way. Requests come in bursts of at most a
/// tenth of the limit. The clock is the caller's and may stand still or go back; it then gives nothing.
package struct QuotaBucket: Hashable, Sendable {
  /// Millionths of requests that may go at once.
  package private(set) var requests: Int64?
  /// Tokens granted, by the second of the grant; seconds that left the window are dropped.
  package private(set) var granted: [Int64: Int64] = [:]
  /// Milliseconds of the clock at which `requests` was right.
  package private(set) var updated: Int64
  /// Milliseconds of the clock before which the server wants to hear nothing: a 429 is a state of the route.
  package private(set) var blockedUntil: Int64

  private static let window: Int64 = 61

  /// A bucket from which nothing was taken.
  package init() {
    requests = nil
    updated = 0
    blockedUntil = 0
  }

  /// A bucket as it was stored; nil for numbers that cannot be.
  package init?(requests: Int64?, granted: [Int64: Int64], updated: Int64, blockedUntil: Int64) {
    guard granted.count <= 200, granted.allSatisfy({ $0.value >= 0 && $0.value <= 1 << 50 }), updated >= 0
    else {
      return nil
    }
    self.requests = requests
    self.granted = granted
    self.updated = updated
    self.blockedUntil = blockedUntil
  }

  /// Takes one request and its tokens, or nothing.
  /// - Parameters:
  ///   - tokens: prompt and most of the answer; more than the whole limit counts as the whole limit.
  ///   - now: milliseconds of the shared clock.
  /// - Returns: milliseconds to wait before asking again; 0 when it was taken.
  package mutating func take(tokens: Int64, limits: QuotaLimits, now: Int64) -> Int64 {
    let now = max(now, updated)
    var wait = max(0, blockedUntil - now)
    var level: Int64?
    if let limit = limits.requestsPerMinute.map({ min(max(1, $0), 1 << 30) }) {
      let burst = max(1, limit / 10)
      // Over 61 seconds so many that burst and refill together stay below limit + 1.
      let rate = limit - burst + 1
      let full = burst * 1_000_000
      let elapsed = min(now - updated, Self.window * 1000)
      let held = min(full, (requests ?? full) + elapsed * rate * 1000 / Self.window)
      level = held
      if held < 1_000_000 {
        wait = max(wait, ((1_000_000 - held) * Self.window + rate * 1000 - 1) / (rate * 1000))
      }
    }
    let second = now / 1000
    granted = granted.filter { $0.key > second - Self.window - 1 }
    if let limit = limits.tokensPerMinute.map({ min(max(1, $0), 1 << 40) }) {
      let wanted = min(max(0, tokens), limit)
      var used = granted.values.reduce(0, +)
      if used + wanted > limit {
        for (start, count) in granted.sorted(by: { $0.key < $1.key }) {
          used -= count
          guard used + wanted <= limit else { continue }
          wait = max(wait, (start + Self.window + 1) * 1000 - now)
          break
        }
      } else if wait == 0, wanted > 0 {
        granted[second, default: 0] += wanted
      }
    }
    requests = level
    updated = now
    guard wait == 0 else { return max(1, wait) }
    if let level { requests = level - 1_000_000 }
    return 0
  }

  /// Corrects a grant once the server has counted.
  /// - Parameter second: the second of the grant; one that left the window changes nothing.
  package mutating func settle(second: Int64, granted estimate: Int64, used: Int64, limits: QuotaLimits) {
    guard let limit = limits.tokensPerMinute, let held = granted[second] else { return }
    granted[second] = max(0, held - min(estimate, limit) + min(max(0, used), 1 << 40))
  }

  /// Grants nothing for so long.
  package mutating func block(milliseconds: Int64, now: Int64) {
    blockedUntil = max(blockedUntil, now + min(max(0, milliseconds), 86_400_000))
  }
}

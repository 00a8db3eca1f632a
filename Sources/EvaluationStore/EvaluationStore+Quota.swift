import Evaluating
import Facts

extension EvaluationStore {
  /// A grant, to be corrected once the server has counted.
  package struct Grant: Hashable, Sendable {
    /// Milliseconds to wait before asking again; 0 when it was granted.
    package let wait: Int64
    /// The second of the grant, for ``settle(_:bucket:second:granted:used:)``.
    package let second: Int64
  }

  /// Takes one request and its tokens from the quota that all workers of the store share.
  ///
  /// - Parameter bucket: what shares a quota: the route's name.
  package func take(bucket: String, tokens: Int64, limits: QuotaLimits) async throws -> Grant {
    try await changeQuota(bucket) { quota, now in
      let wait = quota.take(tokens: tokens, limits: limits, now: now)
      return Grant(wait: wait, second: quota.updated / 1000)
    }
  }

  /// Gives back or takes tokens that the server counted otherwise than was estimated.
  package func settle(
    _ limits: QuotaLimits, bucket: String, second: Int64, granted: Int64, used: Int64
  ) async throws {
    try await changeQuota(bucket) { quota, _ in
      quota.settle(second: second, granted: granted, used: used, limits: limits)
    }
  }

  /// Lets no worker send through the route for so many milliseconds.
  package func block(bucket: String, milliseconds: Int64) async throws {
    try await changeQuota(bucket) { quota, now in quota.block(milliseconds: milliseconds, now: now) }
  }

  /// Milliseconds for which each bucket that waits for its server will wait, by name.
  package func blocked() async throws -> [String: Int64] {
    let now = self.now
    return try await database.transaction { connection in
      var waits: [String: Int64] = [:]
      for row in try connection.rows(
        "SELECT bucket, blocked_until - \(now) FROM quota WHERE blocked_until > \(now)", [])
      {
        if let bucket = row[0].text, let wait = row[1].integer { waits[bucket] = wait }
      }
      return waits
    }
  }

  private func changeQuota<Answer: Sendable>(
    _ bucket: String, _ change: @escaping @Sendable (inout QuotaBucket, Int64) -> Answer
  ) async throws -> Answer {
    let (now, dialect) = (self.now, database.dialect)
    return try await database.transaction { connection in
      func read() throws -> [SQLValue]? {
        try connection.rows(
          "SELECT requests, granted, updated_ms, blocked_until FROM quota WHERE bucket = $1\(dialect.locks)",
          [.text(bucket)]
        ).first
      }
      if try read() == nil {
        try connection.change(
          "INSERT INTO quota (bucket, granted, updated_ms) VALUES ($1, '', 0) ON CONFLICT (bucket) DO NOTHING",
          [.text(bucket)])
      }
      // The clock is read after the row is held: what waited for it must not come with an old time.
      guard let row = try read(), let updated = row[2].integer, let blocked = row[3].integer,
        let granted = Self.granted(row[1].text),
        let clock = try connection.rows("SELECT \(now)", []).first?.first?.integer,
        var quota = QuotaBucket(
          requests: row[0].integer, granted: granted, updated: updated, blockedUntil: blocked)
      else { throw StoreProblem("the quota of \(bucket.bounded) is broken", hint: "use another store") }
      let answer = change(&quota, clock)
      let text = quota.granted.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(
        separator: ",")
      try connection.change(
        "UPDATE quota SET requests = $2, granted = $3, updated_ms = $4, blocked_until = $5 WHERE bucket = $1",
        [
          .text(bucket), quota.requests.map { .integer($0) } ?? .null, .text(text), .integer(quota.updated),
          .integer(quota.blockedUntil),
        ])
      return answer
    }
  }

  private static func granted(_ text: String?) -> [Int64: Int64]? {
    guard let text else { return nil }
    var granted: [Int64: Int64] = [:]
    for pair in text.split(separator: ",") {
      let numbers = pair.split(separator: ":").compactMap { Int64($0) }
      guard numbers.count == 2 else { return nil }
      granted[numbers[0]] = numbers[1]
    }
    return granted
  }
}

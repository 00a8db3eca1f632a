import Testing

@testable import Evaluating

@Suite struct Quotas {
  /// Takes as fast as the bucket allows and gives the milliseconds of every grant.
  private func grants(_ limits: QuotaLimits, tokens: Int64 = 0, count: Int, from start: Int64 = 1_000_000)
    -> [Int64]
  {
    var bucket = QuotaBucket()
    var now = start
    var times: [Int64] = []
    while times.count < count {
      let wait = bucket.take(tokens: tokens, limits: limits, now: now)
      if wait == 0 { times.append(now) } else { now += wait }
    }
    return times
  }

  /// In every window of 60 seconds that begins with a grant there are at most so many.
  @Test(arguments: [1, 2, 3, 7, 10, 60, 97, 600] as [Int64])
  func neverExceedTheRequestsOfAMinute(limit: Int64) {
    let count = Int(limit) * 4 + 5
    let times = grants(QuotaLimits(requestsPerMinute: limit), count: count)
    for (place, start) in times.enumerated() {
      #expect(times[place...].prefix { $0 < start + 60_000 }.count <= Int(limit))
    }
    // Little is wasted either: at least nine tenths of the limit go in 61 seconds.
    #expect(Int64(times.last ?? 0) - Int64(times.first ?? 0) <= Int64(count) * 610_000 / (limit * 9))
  }

  /// 1,000 tokens a minute in pieces of 300: three go at once; the fourth waits until the first second has left the window
  /// of 61 seconds and its own second: (1000 + 62) s.
  @Test func waitForTokensToLeaveTheWindow() {
    let times = grants(QuotaLimits(tokensPerMinute: 1000), tokens: 300, count: 7)
    #expect(times == [1_000_000, 1_000_000, 1_000_000, 1_062_000, 1_062_000, 1_062_000, 1_124_000])
  }

  @Test func letARequestLargerThanTheLimitGoAlone() {
    let times = grants(QuotaLimits(tokensPerMinute: 1000), tokens: 5000, count: 2)
    #expect(times == [1_000_000, 1_062_000])
  }

  @Test func giveBackTokensThatWereNotUsed() {
    var bucket = QuotaBucket()
    let limits = QuotaLimits(tokensPerMinute: 1000)
    #expect(bucket.take(tokens: 900, limits: limits, now: 5_000) == 0)
    #expect(bucket.take(tokens: 900, limits: limits, now: 6_000) > 0)
    bucket.settle(second: 5, granted: 900, used: 50, limits: limits)
    #expect(bucket.take(tokens: 900, limits: limits, now: 6_000) == 0)
  }

  @Test func takeNothingWhileOneOfTheLimitsIsReached() {
    var bucket = QuotaBucket()
    let limits = QuotaLimits(requestsPerMinute: 10, tokensPerMinute: 100)
    #expect(bucket.take(tokens: 100, limits: limits, now: 0) == 0)
    let before = bucket
    #expect(bucket.take(tokens: 1, limits: limits, now: 10_000) == 52_000)
    #expect(bucket.granted == before.granted)
    // 10 a minute in bursts of 1: 10 of 61 seconds refill 10/61 × 10 requests, held at one.
    #expect(bucket.requests == 1_000_000)
  }

  @Test func grantNothingWhileTheServerIsBlocked() {
    var bucket = QuotaBucket()
    bucket.block(milliseconds: 3_000, now: 1_000)
    bucket.block(milliseconds: 500, now: 1_000)
    #expect(bucket.take(tokens: 0, limits: QuotaLimits(), now: 1_500) == 2_500)
    #expect(bucket.take(tokens: 0, limits: QuotaLimits(), now: 4_000) == 0)
  }

  /// A clock that goes back gives nothing twice.
  @Test func withstandAClockThatGoesBack() {
    var bucket = QuotaBucket()
    let limits = QuotaLimits(requestsPerMinute: 1)
    #expect(bucket.take(tokens: 0, limits: limits, now: 100_000) == 0)
    #expect(bucket.take(tokens: 0, limits: limits, now: 0) > 0)
    #expect(bucket.take(tokens: 0, limits: limits, now: 100_000) == 61_000)
  }
}

import Facts
import Testing

@testable import Evaluating

@Suite struct Responses {
  private static let now = Timestamp(seconds: 1_795_572_000)  // 2026-11-25T02:00:00Z

  /// Waits in milliseconds, worked out by hand.
  @Test(
    arguments: [
      ([("Retry-After", "2")], 2000), ([("retry-after", "0.5")], 500),
      ([("retry-after-ms", "1500"), ("retry-after", "9")], 1500),
      // 30 seconds after 02:00:00, and one more, because a time without fractions may be up to a second later.
      ([("Retry-After", "Wed, 25 Nov 2026 02:00:30 GMT")], 31_000),
      ([("Retry-After", "soon")], nil), ([("Retry-After", "-3")], nil), ([], nil),
      // More than a day is not believed.
      ([("Retry-After", "999999999")], 86_400_000),
    ] as [([(String, String)], Int64?)])
  func sayHowLongToWait(headers: [(String, String)], expected: Int64?) {
    #expect(LimitHeaders(headers.map { (name: $0.0, value: $0.1) }, now: Self.now).retryAfter == expected)
  }

  /// A quota of 60 requests that is whole again in a minute gives one a second; tokens a tenth of their reset.
  @Test(
    arguments: [
      (
        [
          ("x-ratelimit-remaining-requests", "0"), ("x-ratelimit-reset-requests", "1m0s"),
          ("x-ratelimit-limit-requests", "60"),
        ], 1000
      ),
      ([("x-ratelimit-remaining-tokens", "0"), ("x-ratelimit-reset-tokens", "20ms")], 2),
      ([("x-ratelimit-remaining-requests", "1"), ("x-ratelimit-reset-requests", "1m0s")], nil),
      (
        [
          ("anthropic-ratelimit-requests-remaining", "0"),
          ("anthropic-ratelimit-requests-reset", "2026-11-25T02:00:09Z"),
          ("anthropic-ratelimit-requests-limit", "5"),
        ], 2000
      ),
    ] as [([(String, String)], Int64?)])
  func sayWhenAQuotaIsUsedUp(headers: [(String, String)], expected: Int64?) {
    #expect(LimitHeaders(headers.map { (name: $0.0, value: $0.1) }, now: Self.now).exhaustedFor == expected)
  }

  @Test func keepHeadersAboutLimitsAlone() {
    let headers = LimitHeaders(
      [
        (name: "Set-Cookie", value: "a"), (name: "X-RateLimit-Limit-Requests", value: "60"),
        (name: "x-request-id", value: "req_1"),
      ], now: Self.now)
    #expect(headers.kept == ["x-ratelimit-limit-requests": "60"])
    #expect(headers.requestID == "req_1")
  }

  @Test(
    arguments: [
      (200, nil), (201, nil), (302, FailureClass.redirected), (400, .rejected), (408, .rejected),
      (429, .rateLimited), (500, .server), (529, .server), (600, .malformed), (101, .malformed),
    ] as [(Int, FailureClass?)])
  func areClassedByStatus(status: Int, expected: FailureClass?) {
    #expect(ResponseClass.failure(status: status) == expected)
  }

  @Test(
    arguments: [
      (400, false), (401, false), (403, false), (404, false), (422, false), (408, true), (409, true),
      (429, true),
      (500, true), (503, true), (529, true), (307, false),
    ])
  func areAskedAgainOnlyWhereThatMayHelp(status: Int, expected: Bool) throws {
    let failure = try #require(ResponseClass.failure(status: status))
    #expect(ResponseClass.mayBeTriedAgain(failure, status: status) == expected)
  }

  @Test func refusalsOfTheQuestionForUsageAreKnown() {
    let body = #"{"error":{"message":"Unrecognized request argument supplied: stream_options"}}"#
    #expect(ResponseClass.refusesUsageQuestion(status: 400, body: body))
    #expect(!ResponseClass.refusesUsageQuestion(status: 500, body: body))
    #expect(!ResponseClass.refusesUsageQuestion(status: 400, body: #"{"error":"bad model"}"#))
  }
}

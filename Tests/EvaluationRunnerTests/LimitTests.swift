import Evaluating
import Statistics
import Testing

@testable import EvaluationRunner

@Suite struct Limits {
  /// Steps of 500 ms, 1 s, 2 s …: a wait lies between half and the whole of its step; the sixth attempt is the last.
  @Test func backOffDoublesWithJitterAndEnds() {
    let policy = RetryPolicy()
    var generator = RandomNumbers(seed: 7)
    for (attempts, step) in [(1, 500), (2, 1000), (3, 2000), (4, 4000), (5, 8000)] as [(Int, Int64)] {
      for _ in 0..<50 {
        let wait = policy.wait(
          after: .server, status: 503, attempts: attempts, retryAfter: nil, generator: &generator)
        #expect(wait.map { (step / 2...step).contains($0) } == true)
      }
    }
    #expect(
      policy.wait(after: .server, status: 503, attempts: 6, retryAfter: nil, generator: &generator) == nil)
    #expect(
      policy.wait(after: .rateLimited, status: 429, attempts: 9, retryAfter: nil, generator: &generator)
        != nil)
    #expect(
      policy.wait(after: .rateLimited, status: 429, attempts: 10, retryAfter: nil, generator: &generator)
        == nil)
    #expect(
      policy.wait(after: .rejected, status: 404, attempts: 1, retryAfter: nil, generator: &generator) == nil)
  }

  @Test func aTimeThatTheServerAsksForIsAFloor() {
    var generator = RandomNumbers(seed: 7)
    for asked in [0, 10, 1000, 60_000] as [Int64] {
      let wait = RetryPolicy().wait(
        after: .rateLimited, status: 429, attempts: 3, retryAfter: asked, generator: &generator)
      #expect(wait.map { $0 >= asked && $0 <= asked + 300 } == true)
    }
  }

  @Test func theSameSeedGivesTheSameJitter() {
    func waits(_ seed: UInt64) -> [Int64?] {
      var generator = RandomNumbers(seed: seed)
      return (1...5).map {
        RetryPolicy().wait(after: .dropped, status: nil, attempts: $0, retryAfter: nil, generator: &generator)
      }
    }
    #expect(waits(1) == waits(1))
    #expect(waits(1) != waits(2))
  }

  /// 8 → 4 → 2 on two refusals; a refusal of a request that was sent before the last decrease says nothing; two successes make
  /// the window of two one wider.
  @Test func aWindowHalvesOnRefusalAndWidensByOne() {
    var window = ConcurrencyWindow(most: 8)
    window.refused(sent: 10, now: 20)
    #expect(window.limit == 4)
    window.refused(sent: 15, now: 25)
    #expect(window.limit == 4)
    window.refused(sent: 21, now: 30)
    #expect(window.limit == 2)
    window.succeeded()
    #expect(window.limit == 2)
    window.succeeded()
    #expect(window.limit == 3)
    for _ in 0..<100 { window.succeeded() }
    #expect(window.limit == 8)
    for time in 0..<10 { window.refused(sent: Int64(100 + time * 2), now: Int64(101 + time * 2)) }
    #expect(window.limit == 1)
  }

  /// A block of 3: the fast route may take three, then waits until the slow one has taken one.
  @Test func noRouteRunsAhead() {
    let pace = RunPace(routes: ["fast", "slow"], block: 3)
    #expect(pace.allowance("fast") == 3)
    pace.took(3, by: "fast")
    #expect(pace.allowance("fast") == 0)
    pace.took(1, by: "slow")
    #expect(pace.allowance("fast") == 1)
    // A route that waits for its server holds nobody up, nor one that has ended.
    pace.held("slow", true)
    #expect(pace.allowance("fast") == .max)
    pace.held("slow", false)
    pace.ended("slow")
    #expect(pace.allowance("fast") == .max)
  }
}

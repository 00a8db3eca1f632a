import Evaluating

/// What a worker is told of a run.
package struct RunSettings: Sendable {
  /// The run's id.
  package let run: String
  /// Unique among all workers, ever.
  package let owner: String
  /// All routes of the run, judges among them.
  package let routes: [EvaluationRoute]
  /// Most tokens of an answer where the prompt says nothing.
  package let maxTokens: Int64
  package let keeping: AnswerKeeping
  /// Decides jitter.
  package let seed: UInt64
  /// Whether programs of the prompts file may be run.
  package let allowsCommands: Bool
  /// Nanoseconds of the monotonic clock after which nothing is sent; nil sets none.
  package let deadline: Int64?
  /// Whether no other worker can be at work, so that what a killed one held is opened at once.
  package let isAlone: Bool
  /// Milliseconds for which cells are held at a time.
  package let lease: Int64

  package init(
    run: String, owner: String, routes: [EvaluationRoute], maxTokens: Int64, keeping: AnswerKeeping,
    seed: UInt64 = 1, allowsCommands: Bool = false, secondsLeft: Int64? = nil, isAlone: Bool = true,
    lease: Int64 = 60_000
  ) {
    self.run = run
    self.owner = owner
    self.routes = routes
    self.maxTokens = maxTokens
    self.keeping = keeping
    self.seed = seed
    self.allowsCommands = allowsCommands
    deadline = secondsLeft.map { MonotonicClock.now() + min($0, 1 << 31) * 1_000_000_000 }
    self.isAlone = isAlone
    self.lease = lease
  }
}

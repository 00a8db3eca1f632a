/// A reason with its words, shared by the rows that it holds for.
final class ProblemKind: Sendable {
  let reason: RowProblem.Reason
  let message: String

  init(_ reason: RowProblem.Reason, _ message: String) {
    self.reason = reason
    self.message = message.bounded
  }
}

/// Why one record of a log gives no row.
struct RowFault: Error {
  let reason: RowProblem.Reason
  /// The rule and the offending value.
  let message: String

  init(_ reason: RowProblem.Reason, _ message: String) {
    self.reason = reason
    self.message = message
  }
}

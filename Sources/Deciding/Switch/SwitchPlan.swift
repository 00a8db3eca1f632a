import Cataloguing
import Facts
import Pricing

/// A migration from one model to another as a checklist: what to change, what is refused, what is lost, and what no source says.
public struct SwitchPlan: Sendable {
  public let from: SwitchSide
  public let to: SwitchSide
  /// The month behind the cost of the first model and of the second.
  public let months: (before: Workload, after: Workload)
  /// The calls of the log that name the first model, or name none.
  public let log: RequestLog?
  /// Calls of the log to other models.
  public let otherCalls: Int
  /// In the order of the topics.
  public let lines: [SwitchLine]

  /// - Parameters:
  ///   - candidates: models near the second that have a capability, to take in place of it.
  ///   - isFrom: whether an id of the log means the first model.
  public init(
    from: SwitchSide, to: SwitchSide, rules: SwitchRules, months: (before: Workload, after: Workload),
    log: RequestLog?,
    candidates: [Capability: [ModelID]], isFrom: (String) -> Bool
  ) {
    self.from = from
    self.to = to
    self.months = months
    let own = log.map { log in log.filtered { call in call.model.map(isFrom) ?? true } }
    self.log = own
    otherCalls = (log?.total ?? 0) - (own?.total ?? 0)
    let calling = CallingLines(from: from, to: to, log: own)
    lines =
      calling.lines + ParameterLines(from: from, to: to, rules: rules, log: own).lines
      + calling.messageLines
      + ModelLines(from: from, to: to, rules: rules, months: months, log: own, candidates: candidates)
      .lines
  }
}

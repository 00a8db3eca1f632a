import Evaluating
import Facts
import TextFormats

extension SentAttempt {
  /// The answer as checks see it and stores keep it, every key taken out.
  func answer(_ secrets: Secrets) -> JudgedAnswer {
    let draft = outcome.draft
    return JudgedAnswer(
      text: secrets.scrub(draft.text.isEmpty ? draft.refusal : draft.text),
      toolCalls: draft.toolCalls.map {
        StoredAnswer.ToolCall(name: secrets.scrub($0.name), arguments: secrets.scrub($0.arguments))
      })
  }

  /// - Parameters:
  ///   - number: from 1.
  ///   - possibleCost: what it may have cost where it failed, in US dollars.
  func attempt(number: Int, possibleCost: ExactDecimal?) -> Attempt {
    Attempt(
      number: number, status: status, failure: failure, note: note, startedAt: startedAt, duration: duration,
      requestID: limits.requestID, limitHeaders: limits.kept, retryAfter: limits.retryAfter,
      possibleCost: failure == nil ? nil : possibleCost)
  }

  /// The one result of a cell that ends with this attempt.
  func record(
    of work: CellWork, answer: JudgedAnswer, checks: [CheckResult], through route: EvaluationRoute,
    in context: RunContext
  ) -> CellRecord {
    let (draft, secrets) = (outcome.draft, context.secrets)
    let usage = outcome.usage.map { secrets.scrub($0) }
    let byCatalogue =
      outcome.usage.map { context.price(route, $0, startedAt) }
      ?? .unknown(
        reason: failure == nil ? "the server gave no usage" : "no usage of a failed answer", knownPart: nil)
    let now = MonotonicClock.now()
    return CellRecord(
      cell: work.claimed.cell, attempts: work.attempts, failure: failure, stamps: stamps,
      wall: now - (work.firstScheduled ?? now), usage: usage,
      finishReason: secrets.scrub(draft.finishReason),
      served: CellRecord.Served(
        model: secrets.scrub(draft.model), provider: secrets.scrub(draft.provider),
        fingerprint: secrets.scrub(draft.fingerprint)),
      answer: failure == nil
        ? StoredAnswer(text: answer.text, toolCalls: answer.toolCalls, keeping: context.settings.keeping)
        : .none,
      checks: checks, costByCatalogue: byCatalogue,
      costByProvider: usage.flatMap { Self.charged($0.verbatim) }, withheldLatency: withheld,
      timings: draft.timings.flatMap { secrets.scrub($0) }, endedAt: context.wallClock())
  }
}

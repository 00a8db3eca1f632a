import Evaluating
import EvaluationStore
import Facts
import Statistics

/// Runs the checks of a prompt on an answer, those that need a program or another route among them.
struct CheckRunner: Sendable {
  let context: RunContext

  private static let judgeAttempts = 3

  /// Results in the order of the checks, and what judges cost.
  func results(
    of prompt: EvaluationPrompt, answer: JudgedAnswer
  ) async -> (results: [CheckResult], cost: Picodollars) {
    var results: [CheckResult] = []
    var cost = Picodollars(0)
    for check in prompt.checks {
      if let result = AnswerCheck.result(check, of: answer) {
        results.append(result)
        continue
      }
      switch check.kind {
      case .command(let words, let seconds):
        let outcome =
          context.settings.allowsCommands
          ? await OwnCommand.run(words, input: answer.text, seconds: seconds)
          : .notRun("programs were not allowed; start with --allow-commands")
        results.append(CommandCheck.result(check, outcome))
      case .judge(let name, _, _):
        let (result, price) = await judge(check, by: name, prompt, answer)
        results.append(result)
        cost = cost + price
      default: break
      }
    }
    return (results, cost)
  }

  private func judge(
    _ check: PromptCheck, by name: String, _ prompt: EvaluationPrompt, _ answer: JudgedAnswer
  ) async -> (CheckResult, Picodollars) {
    guard let route = context.settings.routes.first(where: { $0.name == name }),
      let question = JudgeCheck.prompt(check, question: prompt, answer: answer)
    else { return (JudgeCheck.undecided(check, "no route \(name.bounded)"), Picodollars(0)) }
    var cost = Picodollars(0)
    var generator = RandomNumbers(seed: context.settings.seed)
    for attempt in 1...Self.judgeAttempts {
      guard let sent = await ask(question, route) else { break }
      if let usage = sent.outcome.usage,
        case .known(let dollars, _) = context.price(route, usage, sent.startedAt)
      {
        cost = cost + Picodollars(covering: dollars)
      }
      guard let failure = sent.failure else {
        let result = JudgeCheck.result(check, reply: context.secrets.scrub(sent.outcome.draft.text))
        return (result, cost)
      }
      guard attempt < Self.judgeAttempts,
        let wait = context.retry.wait(
          after: failure, status: sent.status, attempts: attempt, retryAfter: sent.limits.retryAfter,
          generator: &generator)
      else {
        return (JudgeCheck.undecided(check, "the judge gave no answer: \(failure.rawValue)"), cost)
      }
      try? await Task.sleep(for: .milliseconds(wait))
    }
    return (JudgeCheck.undecided(check, "the judge was not asked"), cost)
  }

  /// nil when the run stops before it can be asked.
  private func ask(_ question: EvaluationPrompt, _ route: EvaluationRoute) async -> SentAttempt? {
    guard let request = try? await context.request(question, through: route, asksForUsage: true) else {
      return nil
    }
    let limits = QuotaLimits(
      requestsPerMinute: route.requestsPerMinute, tokensPerMinute: route.tokensPerMinute)
    if limits.requestsPerMinute != nil || limits.tokensPerMinute != nil {
      while true {
        guard !Task.isCancelled, !context.stop.isAtOnce,
          let grant = try? await context.store.take(
            bucket: route.name, tokens: request.tokens, limits: limits)
        else { return nil }
        if grant.wait == 0 { break }
        try? await Task.sleep(for: .milliseconds(min(1000, grant.wait)))
      }
    }
    await context.sender.turn()
    let scheduled = MonotonicClock.now()
    let startedAt = context.wallClock()
    let exchange = await context.sender.send(
      OutgoingRequest(
        url: request.url, headers: request.headers, body: request.body,
        deadline: scheduled + route.timeoutSeconds * 1_000_000_000), scheduled: scheduled)
    return SentAttempt(
      exchange, api: route.api, asked: question.maxTokens ?? context.settings.maxTokens, startedAt: startedAt,
      secrets: context.secrets)
  }
}

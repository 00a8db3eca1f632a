import Deciding
import Documents
import Facts

extension SwitchLine {
  /// The line as a sentence.
  package var text: String {
    guard case .unknownSetting(let provider) = statement else { return statement.text }
    return switch topic {
    case .sdk: "The SDK for \(provider) is not known."
    case .key: "The environment variable for the key of \(provider) is not known."
    default: statement.text
    }
  }
}

extension SwitchLine.Share {
  /// In percent with one decimal at most, rounded half up; a share that is not zero is never shown as zero.
  package var text: String {
    guard of > 0 else { return "0%" }
    let tenths = (calls * 2000 + of) / (2 * of)
    if tenths == 0, calls > 0 { return "less than 0.1%" }
    return tenths % 10 == 0 ? "\(tenths / 10)%" : "\(tenths / 10).\(tenths % 10)%"
  }
}

extension SwitchLine.Topic {
  /// What a reader calls it. JSON of the form `llmref/switch/1` has these words too.
  var title: String {
    switch self {
    case .model: "model id"
    case .sdk: "SDK"
    case .key: "environment variable"
    case .dialect: "API dialect"
    case .message: "messages"
    case .policy: "data policy"
    case .endpoint, .parameter, .tools, .limit, .capability, .tokenizer, .cost, .retirement: rawValue
    }
  }
}

extension SwitchStatement {
  fileprivate var text: String {
    switch self {
    case .modelID(let before, let after):
      before == after ? "The id stays \(after)." : "Send \(after) in place of \(before)."
    case .setting(let before, let after):
      before == after ? "Stays \(after)." : "Use \(after)" + (before.map { " in place of \($0)." } ?? ".")
    case .unknownSetting(let provider): "The address of \(provider)'s API is not known."
    case .dialect(let before, let after):
      before == after
        ? "Both are called through \(after)." : after + (before.map { " in place of \($0)." } ?? ".")
    case .unknownDialect(let provider): "The API of \(provider) is not known."
    case .form(let form, let before, let after):
      before == after
        ? "\(form.title): \(after), as before." : "\(form.title): \(after); before: \(before)."
    case .unknownParameters: "Which parameters are taken is not known: the API is not."
    case .noCounterpart(let parameter, let api): "\(parameter) has no counterpart in \(api)."
    case .sameParameter(let name): "\(name) stays."
    case .renamedParameter(let name, let target, let concept):
      "\(name) is called \(target)\(concept.map { " (\($0))" } ?? "")."
    case .refusedParameter(let name, let rule, let taken, let calls):
      "\(name): \(rule)" + (taken.map { "; \($0) is taken" } ?? "") + "." + Self.refusals(calls)
    case .noSamplingTemperature(let parameter):
      "\(parameter): the route takes no sampling temperature."
    case .requiredParameter(let name, let before, let missing):
      "\(name) must be set\(missing == 0 ? "" : "; calls without \(before.joined(separator: " or ")) lack it")."
    case .refusedForm(let rule): rule + "."
    case .limit(let limit, let before, let after?):
      "\(limit.title): \(after.tokens) tokens, before \(before.tokens)."
    case .limit(let limit, let before, nil):
      "\(limit.title): \(before.tokens) tokens before, not known after."
    case .lostCapability(let capability, let model, let others):
      "\(capability.title) is lost: \(model) has none."
        + (others.isEmpty
          ? "" : " Near models that have it: \(others.map(\.rawValue).joined(separator: ", ")).")
    case .unknownCapability(let capability, let model):
      "\(capability.title): no source says whether \(model) has it."
    case .unknownTokenizer:
      "How many tokens the same text has is not known: no source gives an exact vocabulary of both models. Measure both on your own text."
    case .incomparableCosts:
      "The two products count different things, so that their months cannot be compared."
    case .unpricedCosts(let sides): "The month cannot be priced through \(sides.joined(separator: " and "))."
    case .costs(let before, let after):
      "A month costs \(Display.unitPrice(after)), before \(Display.unitPrice(before)): \(Self.change(before, after))."
    case .samePolicy(let text):
      text.map { "The provider stays. \($0)" } ?? "The provider stays; what it does with data is not known."
    case .policy(_, (let provider, nil)): "What \(provider) does with data is not known."
    case .policy(let before, (let provider, let text?)):
      "\(provider): \(text)" + (before.map { " Before, \($0.provider): \($0.text)" } ?? "")
    case .retirement(let side, let day, let isPast):
      "\(side) \(isPast ? "retired" : "retires") on \(day.text)."
    case .unknownRetirement(let side): "No source states when \(side) retires."
    }
  }

  private static func refusals(_ calls: (setting: Int, refused: Int)?) -> String {
    guard let calls, calls.setting != calls.refused else { return "" }
    return " \(calls.setting) calls set it, \(calls.refused) with a value that is refused."
  }

  private static func change(_ before: Money, _ after: Money) -> String {
    if before == after { return "the same" }
    let difference = max(before, after) - min(before, after)
    return "\(Display.unitPrice(difference)) \(after < before ? "less" : "more")"
  }
}

extension SwitchStatement.Form {
  fileprivate var title: String {
    switch self {
    case .systemPrompt: "System prompt"
    case .images: "Images"
    case .toolSchemas: "Tool schemas"
    case .toolCalls: "Tool calls and results"
    }
  }
}

extension SwitchStatement.Limit {
  fileprivate var title: String {
    switch self {
    case .contextWindow: "Context window"
    case .maxOutput: "Longest answer"
    }
  }
}

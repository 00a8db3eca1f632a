import Facts
import Testing
import TextFormats

@testable import Evaluating

@Suite struct CellKeys {
  private let prompt = EvaluationPrompt(
    id: "sum", messages: [PromptMessage(.system, "Be brief."), PromptMessage(.user, "2+2?")], maxTokens: 8)
  private let route = EvaluationRoute(
    name: "a", baseURL: "https://example.org/v1", api: .chat, model: "m", headers: ["x-team": "t"])

  private func parts(_ prompt: EvaluationPrompt? = nil, _ route: EvaluationRoute? = nil, trial: Int = 1)
    -> CellKeyParts
  {
    CellKeyParts(prompt ?? self.prompt, through: route ?? self.route, trial: trial, maxTokens: 99)
  }

  @Test func holdWhatIsAskedAndNothingElse() {
    let renamed = EvaluationPrompt(
      id: "other", messages: prompt.messages, checks: [PromptCheck(kind: .exact("4", ignoresCase: false))],
      cluster: "c", maxTokens: 8)
    #expect(parts(renamed).key == parts().key)
    let limited = EvaluationRoute(
      name: "b", baseURL: route.baseURL, api: .chat, model: "m", keyVariable: "KEY", requestsPerMinute: 3,
      tokensPerMinute: 5, concurrency: 9, catalogueRoute: "openai/x", headers: route.headers,
      timeoutSeconds: 7,
      maxErrors: 1)
    #expect(parts(nil, limited).key == parts().key)
  }

  @Test func changeWithEverythingThatIsAsked() {
    var keys: Set<CellKey> = [parts().key, parts(trial: 2).key]
    func add(_ route: EvaluationRoute) { keys.insert(parts(nil, route).key) }
    add(
      EvaluationRoute(
        name: "a", baseURL: "https://example.com/v1", api: .chat, model: "m", headers: route.headers))
    add(
      EvaluationRoute(name: "a", baseURL: route.baseURL, api: .responses, model: "m", headers: route.headers))
    add(EvaluationRoute(name: "a", baseURL: route.baseURL, api: .chat, model: "n", headers: route.headers))
    add(EvaluationRoute(name: "a", baseURL: route.baseURL, api: .chat, model: "m"))
    add(
      EvaluationRoute(
        name: "a", baseURL: route.baseURL, api: .chat, model: "m", providerPin: ["azure"],
        headers: route.headers))
    add(
      EvaluationRoute(
        name: "a", baseURL: route.baseURL, api: .chat, model: "m", headers: route.headers, streams: false))
    keys.insert(parts(EvaluationPrompt(id: "sum", messages: prompt.messages, maxTokens: 9)).key)
    keys.insert(parts(EvaluationPrompt(id: "sum", messages: prompt.messages.reversed(), maxTokens: 8)).key)
    keys.insert(parts(EvaluationPrompt(id: "sum", messages: prompt.messages)).key)
    #expect(keys.count == 11)
    #expect(
      CellKeyParts(prompt, through: route, trial: 1, maxTokens: 99, metricVersion: 2).key != parts().key)
  }

  /// The default for prompts that say nothing is part of what is asked; for the others it is not.
  @Test func holdTheTokensThatAreSent() {
    let silent = EvaluationPrompt(id: "s", messages: prompt.messages)
    func key(_ prompt: EvaluationPrompt, _ most: Int64) -> CellKey {
      CellKeyParts(prompt, through: route, trial: 1, maxTokens: most).key
    }
    #expect(key(silent, 8) == key(prompt, 99))
    #expect(key(silent, 8) != key(silent, 9))
  }

  @Test func sayTheFirstPartThatDiffers() {
    let other = EvaluationPrompt(
      id: "sum", messages: [PromptMessage(.system, "Be brief."), PromptMessage(.user, "2+3?")], maxTokens: 8)
    let difference = parts().firstDifference(from: parts(other, nil, trial: 5))
    #expect(difference?.part == "request")
    #expect(difference?.path == "messages[1].content[0].text")
    #expect(difference?.left == #""2+2?""#)
    #expect(difference?.right == #""2+3?""#)
    #expect(parts().firstDifference(from: parts(trial: 5))?.part == "trial")
    #expect(parts().firstDifference(from: parts()) == nil)
    let plain = EvaluationRoute(name: "a", baseURL: route.baseURL, api: .chat, model: "m")
    let missing = parts().firstDifference(from: parts(nil, plain))
    #expect(missing?.path == "headers")
    #expect(missing?.right == nil)
  }

  @Test(arguments: ["", "ab", String(repeating: "A", count: 64), String(repeating: "g", count: 64)])
  func areSixtyFourHexadecimalDigits(text: String) {
    #expect(CellKey(digest: text) == nil)
    #expect(CellKey(digest: String(repeating: "0a", count: 32)) != nil)
  }
}

import Evaluating
import Testing

@testable import EvaluationRunner

@Suite struct SecretsAre {
  private static let route = EvaluationRoute(
    name: "r", baseURL: "https://host/v1", api: .chat, model: "m", keyVariable: "MY_KEY",
    headerVariables: ["X-Org": "MY_ORG"])

  @Test func missedByNameBeforeAnythingIsSent() {
    #expect(throws: MissingVariables.self) { try Secrets(for: [Self.route], environment: ["MY_KEY": ""]) }
    do { _ = try Secrets(for: [Self.route], environment: ["MY_KEY": "sk-0123456789"]) } catch {
      #expect(error.description.contains("MY_ORG") && !error.description.contains("sk-"))
    }
  }

  @Test func takenOutOfWhatAServerSendsBack() throws {
    let secrets = try Secrets(
      for: [Self.route], environment: ["MY_KEY": "sk-0123456789", "MY_ORG": "org-abcdefgh"])
    #expect(
      secrets.scrub("your key sk-0123456789sk-0123456789 of org-abcdefgh") == "your key [key][key] of [key]")
    let usage = TokenUsage(
      fresh: 1, output: 2, verbatim: .members(["prompt_tokens": .number(1), "key": .string("sk-0123456789")]))
    #expect(!secrets.scrub(usage).verbatim.text.contains("sk-0"))
    #expect(secrets.headers(for: Self.route).contains { $0.name == "x-org" && $0.value == "org-abcdefgh" })
  }
}

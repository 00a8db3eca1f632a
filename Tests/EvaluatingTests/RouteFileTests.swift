import Facts
import Testing
import TextFormats

@testable import Evaluating

@Suite struct RouteFiles {
  private func read(_ route: String) throws -> (RouteFile?, [InputProblem]) {
    RouteFile.read(try JSONReader.read(Array(#"{"routes": [\#(route)]}"#.utf8)), file: "r.json")
  }

  private static let least = #""name": "a", "base_url": "https://x.org/v1/", "api": "chat", "model": "m""#

  @Test func readBackWhatTheyWrite() throws {
    let (file, problems) = try read(
      #"""
      {\#(Self.least), "provider": ["azure", "aws"], "region": "eu", "key_variable": "MY_KEY", "rpm": 60, "tpm": 1000,
       "concurrency": 8, "catalogue_route": "openrouter/openai/gpt-5", "headers": {"X-Team": "t"},
       "header_variables": {"X-Extra": "EXTRA"}, "body": {"reasoning_effort": "low", "n": 1.0}, "stream": false,
       "timeout_seconds": 9, "max_errors": 3}, {"name": "j", "use": "judge", "base_url": "http://localhost:1", "api": "messages", "model": "m"}
      """#)
    #expect(problems == [])
    let read = try #require(file)
    #expect(read.candidates.map(\.name) == ["a"])
    #expect(read.judges.map(\.name) == ["j"])
    #expect(read.routes[0].baseURL == "https://x.org/v1")
    #expect(read.routes[0].headers == ["x-team": "t"])
    #expect(read.routes[0].variables == ["MY_KEY", "EXTRA"])
    #expect(RouteFile.read(read.value, file: "r").0 == read)
  }

  @Test(
    arguments: [
      (#"{"base_url": "https://x", "api": "chat", "model": "m"}"#, "routes[0].name"),
      (#"{"name": "a", "api": "chat", "model": "m"}"#, "routes[0].base_url"),
      (#"{"name": "a", "base_url": "https://x", "model": "m"}"#, "routes[0].api"),
      (#"{"name": "a", "base_url": "https://x", "api": "grpc", "model": "m"}"#, "routes[0].api"),
      (#"{"name": "a", "base_url": "https://x", "api": "chat"}"#, "routes[0].model"),
      (#"{"name": "a", "base_url": "ftp://x", "api": "chat", "model": "m"}"#, "routes[0].base_url"),
      (#"{"name": "a", "base_url": "https://", "api": "chat", "model": "m"}"#, "routes[0].base_url"),
      (#"{"name": "a", "base_url": "https://me:pw@x", "api": "chat", "model": "m"}"#, "routes[0].base_url"),
      (#"{"name": "a", "base_url": "https://x?key=1", "api": "chat", "model": "m"}"#, "routes[0].base_url"),
      ("{\(least), \"rpm\": 0}", "routes[0].rpm"),
      ("{\(least), \"concurrency\": \"many\"}", "routes[0].concurrency"),
      ("{\(least), \"catalogue_route\": \"gpt-5\"}", "routes[0].catalogue_route"),
      ("{\(least), \"headers\": {\"Host\": \"x\"}}", "routes[0].headers.host"),
      ("{\(least), \"headers\": {\"a b\": \"x\"}}", "routes[0].headers.a b"),
      ("{\(least), \"headers\": {\"a\": \"x\\ny\"}}", "routes[0].headers.a"),
      ("{\(least), \"body\": {\"messages\": []}}", "routes[0].body.messages"),
      ("{\(least), \"key\": \"x\"}", "routes[0].key"),
      ("{\(least), \"key_variable\": \"MY KEY\"}", "routes[0].key_variable"),
      ("{\(least), \"use\": \"judge\"}", "routes"), ("{\(least)}, {\(least)}", "routes[1].name"),
      ("5", "routes[0]"),
    ] as [(String, String)])
  func sayWhatIsWrongAndWhere(route: String, path: String) throws {
    let (file, problems) = try read(route)
    #expect(file == nil)
    #expect(problems.contains { $0.path == path }, "\(problems)")
  }

  /// A key that somebody pasted is refused, and no error repeats it.
  @Test(arguments: [
    #""headers": {"Authorization": "Bearer SECRETSECRETSECRET1"}"#,
    #""headers": {"x-api-key": "SECRETSECRETSECRET1"}"#,
    #""headers": {"x-other": "sk-SECRETSECRETSECRET1"}"#, #""key_variable": "sk-SECRETSECRETSECRET1""#,
    #""key_variable": "sk_SECRET-SECRETSECRET1""#, #""body": {"api_key": "SECRETSECRETSECRET1"}"#,
    #""body": {"extra": {"nested": ["sk-or-SECRETSECRETSECRET1"]}}"#, #""rpm": "sk-SECRETSECRETSECRET1""#,
    #""use": "sk-SECRETSECRETSECRET1""#, #""header_variables": {"x-a": "AIzaSECRETSECRETSECRET1"}"#,
    #""catalogue_route": "sk-SECRETSECRETSECRET1""#,
  ])
  func neverHoldOrRepeatAKey(member: String) throws {
    let (file, problems) = try read("{\(Self.least), \(member)}")
    #expect(file == nil)
    #expect(!problems.isEmpty)
    for problem in problems { #expect(!problem.description.contains("SECRET"), "\(problem)") }
  }

  @Test(arguments: ["max_tokens", "sk-1", "task-forcecommandandcontrol", "gpt-5-mini-2026-01-01", "x"])
  func takeOrdinaryTexts(text: String) { #expect(!KeyShapes.looksLikeKey(text)) }

  @Test func areKeptWithTheirRun() throws {
    let (file, _) = try read("{\(Self.least)}")
    let run = RunDescription(
      file: try #require(file), keeping: .full, seed: .max, startedAt: Timestamp(seconds: 1_790_000_000),
      promptsDigest: "d", prompts: 3)
    #expect(try RunDescription(reading: run.text) == run)
    #expect(throws: RecordError.self) { try RunDescription(reading: "{}") }
  }
}

@Suite struct Plans {
  private let prompts = (0..<20).map {
    EvaluationPrompt(id: "p\($0)", messages: [PromptMessage(.user, "q\($0)")])
  }
  private let file = RouteFile(
    routes: ["a", "b", "c"].map { EvaluationRoute(name: $0, baseURL: "http://x", api: .chat, model: "m") }
      + [EvaluationRoute(name: "j", use: .judge, baseURL: "http://x", api: .chat, model: "m")], trials: 2)

  private func order(_ seed: UInt64) -> [String] {
    let plan = EvaluationPlan(prompts: prompts, file: file, seed: seed)
    return plan.places(plan.order).map { "\($0.prompt.id) \($0.route.name) \($0.trial)" }
  }

  /// 20 prompts × 3 candidates × 2 trials; the judge takes none.
  @Test func holdEveryCellOnceAndKeepTheRoutesOfAPromptTogether() {
    let names = order(1)
    #expect(names.count == 120)
    #expect(Set(names).count == 120)
    for start in stride(from: 0, to: 120, by: 3) {
      let block = names[start..<start + 3].map { $0.split(separator: " ") }
      #expect(Set(block.map { $0[0] }).count == 1)
      #expect(Set(block.map { $0[1] }) == ["a", "b", "c"])
    }
    // No route always comes first.
    #expect(Set(stride(from: 0, to: 120, by: 3).map { names[$0].split(separator: " ")[1] }).count == 3)
  }

  @Test func areTheSameForTheSameSeed() {
    #expect(order(5) == order(5))
    #expect(order(5) != order(6))
  }

  @Test func askForJudgesThatAreThere() {
    let judged = EvaluationPrompt(
      id: "x", messages: [PromptMessage(.user, "q")],
      checks: ["j", "a", "z"].map {
        PromptCheck(kind: .judge(route: $0, instructions: "?", pass: ExactDecimal(1)))
      })
    let problems = EvaluationPlan(prompts: [judged], file: file, seed: 0).problems(promptsFile: "p")
    #expect(problems.map(\.path) == ["prompt \"x\", checks[1].route", "prompt \"x\", checks[2].route"])
  }

  /// By hand: 30 bytes are 10 tokens and a message 8; a picture 2,000.
  @Test func estimateTokensOnTheHighSide() {
    let text = EvaluationPrompt(
      id: "x", messages: [PromptMessage(.user, String(repeating: "abcde", count: 6))])
    #expect(CostCeiling.inputTokens(text) == 18)
    let picture = EvaluationPrompt(
      id: "x",
      messages: [PromptMessage(role: .user, parts: [.picture(PromptPicture(file: "a.png", mediaType: .png))])]
    )
    #expect(CostCeiling.inputTokens(picture) == 2008)
  }
}

@Suite struct PicodollarAmounts {
  @Test(
    arguments: [
      ("0", 0), ("1", 1_000_000_000_000), ("0.000000000001", 1), ("0.0000000000001", 1),
      ("0.0000000000010001", 2),
      ("1e20", .max),
    ] as [(String, Int64)])
  func coverTheirDollars(text: String, count: Int64) throws {
    #expect(Picodollars(covering: try ExactDecimal(parsing: text)).count == count)
  }
}

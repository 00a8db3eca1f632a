import Cataloguing
import Facts
import Publishing
import Testing
import TextFormats

@testable import MCPServer

@Suite struct ToolAnswers {
  private func call(_ tool: String, _ arguments: String) throws -> JSONValue {
    try Samples.dispatcher().says(Samples.call(tool, arguments))
  }

  /// Every cell of a document.
  private func cells(_ value: JSONValue) -> [JSONValue] {
    switch value {
    case .object(let object):
      object.members.flatMap { $0.key == "cell" ? [$0.value] : cells($0.value) }
    case .array(let items): items.flatMap(cells)
    default: []
    }
  }

  private static let calls = [
    ("search_models", #"{"query":"rocket"}"#), ("get_model", #"{"id":"rocket-1"}"#),
    ("get_model", #"{"id":"acme/sled-2","detail":"full"}"#),
    ("compare_models", #"{"models":["sled-2","rocket-1"]}"#),
    ("compare_models", #"{"models":["sled-2","rocket-1"],"sections":["specs","sources"],"cached":"30%"}"#),
    ("monthly_cost", #"{"models":["sled-2","rocket-1"],"input_tokens":2000000,"requests":"1k"}"#),
    ("shortlist_models", #"{"context":">=1k","prefer":"cost:2,context","unknown":"keep"}"#),
    ("explain_fact", #"{"model":"rocket-1","field":"context_window"}"#),
    ("explain_fact", #"{"model":"rocket-1","field":"price.input","detail":"full"}"#),
    ("resolve_id", #"{"id":"rocket-1"}"#),
  ]

  /// Every value leads to a record of the answer's list, and the text says the same values.
  @Test(arguments: calls)
  func citeEveryValue(tool: String, arguments: String) throws {
    let result = try #require(try call(tool, arguments)["result"])
    #expect(result["isError"] == .bool(false))
    let document = try #require(result["structuredContent"])
    let numbers = Set(document["citations"]?.array?.compactMap { $0["number"]?.numberText } ?? [])
    let cells = cells(document)
    #expect(!cells.isEmpty && !numbers.isEmpty)
    let words = result["content"]?.array?.first?["text"]?.string?.replacing("\\", with: "") ?? ""
    for cell in cells {
      let cited = cell["citations"]?.array?.compactMap { $0["number"]?.numberText } ?? []
      let needsCitation = ["known", "absent"].contains(cell["state"]?.string)
      #expect(!needsCitation || !cited.isEmpty)
      #expect(numbers.isSuperset(of: cited))
      #expect(words.contains(try #require(cell["display"]?.string)))
    }
  }

  /// 800M × 0.5 + 250M × 1.5 = 400 + 375; 800M × 1 + 250M × 2 = 800 + 500. With 2M in: 1 + 375 and 2 + 500.
  @Test func costsFollowTheTraffic() throws {
    func costs(_ arguments: String) throws -> [String?] {
      let conclusions = try call("monthly_cost", arguments)[
        path: "result", "structuredContent", "conclusions"]
      return ["acme/rocket-1", "acme/sled-2"].map { conclusions?["monthly_cost_usd"]?[$0]?.string }
    }
    #expect(try costs(#"{"models":["rocket-1","sled-2"]}"#) == ["775", "1300"])
    #expect(try costs(#"{"models":["rocket-1","sled-2"],"input_tokens":"2M"}"#) == ["376", "502"])
    #expect(try costs(#"{"models":["rocket-1","sled-2"],"input_tokens":2000000}"#) == ["376", "502"])
  }

  @Test func aShortAnswerNamesWhatItLeavesOut() throws {
    let short = try #require(try call("compare_models", #"{"models":["sled-2","rocket-1"]}"#)["result"])
    let document = try #require(short["structuredContent"])
    let ids = document["sections"]?.array?.compactMap { $0["id"]?.string }
    #expect(ids == ["introduction", "scorecard", "tradeoffs", "monthly-cost", "sources"])
    #expect(document["omitted"]?.array?.contains(.string("specs")) == true)
    #expect(
      short["content"]?.array?.last?["text"]?.string?.hasPrefix("Left out: switch-friction, specs") == true)
    // Whatever is asked for, what the conclusions say is cited.
    let asked = try call("compare_models", #"{"models":["sled-2","rocket-1"],"sections":["specs"]}"#)
    #expect(
      asked[path: "result", "structuredContent", "sections"]?.array?.compactMap { $0["id"]?.string }
        == ["scorecard", "tradeoffs", "monthly-cost", "specs", "sources"])
    let full = try call("compare_models", #"{"models":["sled-2","rocket-1"],"detail":"full"}"#)
    #expect(full[path: "result", "structuredContent", "omitted"] == nil)
    #expect(full[path: "result", "structuredContent", "sections"]?.array?.count == 13)
    #expect(full[path: "result", "content"]?.array?.count == 1)
  }

  /// What is wrong with the arguments is said to the one who asked, with what may have been meant.
  @Test(arguments: [
    ("get_model", #"{"id":"rocket-2"}"#, "did you mean acme/rocket-1"),
    ("get_model", "{}", "get_model needs the argument id"),
    ("get_model", #"{"id":null}"#, "needs the argument id"),
    ("get_model", #"{"ident":"rocket-1"}"#, #"no argument "ident""#),
    ("get_model", #"{"id":5}"#, "id is a text"),
    ("get_model", #"{"id":"  "}"#, "id is a text"),
    ("get_model", #"{"id":"rocket-1","sections":[]}"#, "sections is a list"),
    ("get_model", #"{"id":"rocket-1","sections":["nope"]}"#, "monthly-cost"),
    ("get_model", #"{"id":"rocket-1","detail":"all"}"#, "brief or full"),
    ("get_model", #"{"id":"rocket-1","cached":"130%"}"#, "cached: "),
    (
      "monthly_cost", #"{"models":["rocket-1"],"input_tokens":"lots"}"#,
      #"input_tokens: "lots" is not a whole count"#
    ),
    ("monthly_cost", #"{"models":["rocket-1"],"requests":0}"#, "at least 1 request"),
    ("monthly_cost", #"{"models":[]}"#, "1 to 20"), ("compare_models", #"{"models":["rocket-1"]}"#, "2 to 8"),
    ("compare_models", #"{"models":["rocket-1","acme/rocket-1"]}"#, "the same model"),
    ("compare_models", #"{"models":["rocket-1","sledd-2"]}"#, "acme/sled-2"),
    ("compare_models", #"{"models":"rocket-1,sled-2"}"#, "a list of 2 to 8 texts"),
    ("explain_fact", #"{"model":"rocket-1","field":"colour"}"#, "context_window"),
    ("shortlist_models", #"{"needs":"toolz"}"#, "did you mean tools"),
    ("shortlist_models", #"{"max_cost":"500/day"}"#, "500/month"),
    ("search_models", #"{"query":""}"#, "query is a text"),
    ("search_models", #"{"query":"rocket","limit":51}"#, "from 1 to 50"),
  ])
  func errorsAreResultsWithAHint(tool: String, arguments: String, words: String) throws {
    let answer = try call(tool, arguments)
    #expect(answer[path: "result", "isError"] == .bool(true))
    #expect(answer.words?.contains(words) == true, "\(answer.words ?? "nothing")")
    #expect(answer[path: "result", "structuredContent"] == nil)
  }

  @Test func whatNothingIsFoundForIsAnAnswer() throws {
    let search = try call("search_models", #"{"query":"rokcet-1"}"#)[
      path: "result", "structuredContent", "conclusions"]
    #expect(search?["models"]?.array?.isEmpty == true)
    #expect(search?["did_you_mean"]?.array?.contains(.string("acme/rocket-1")) == true)
    let resolve = try call("resolve_id", #"{"id":"rocket-9"}"#)[
      path: "result", "structuredContent", "conclusions"]
    #expect(resolve?["state"] == .string("unknown"))
    #expect(resolve?["candidates"]?.array?.contains(.string("acme/rocket-1")) == true)
  }

  @Test func modelPagesAreResources() throws {
    let dispatcher = try Samples.dispatcher()
    let templates = try dispatcher.says(#"{"jsonrpc":"2.0","id":1,"method":"resources/templates/list"}"#)
    #expect(
      templates[path: "result", "resourceTemplates"]?.array?.first?["uriTemplate"]
        == .string("llmref://model/{lab}/{model}"))
    func read(_ address: String) throws -> JSONValue {
      try dispatcher.says(
        #"{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"\#(address)"}}"#)
    }
    for address in [
      "llmref://model/acme/rocket-1", "llmref://model/acme%2Frocket-1", "llmref://model/rocket-1",
    ] {
      let contents = try read(address)[path: "result", "contents"]?.array?.first
      #expect(contents?["uri"] == .string(address) && contents?["mimeType"] == .string("text/markdown"))
      #expect(contents?["text"]?.string?.hasPrefix("# Rocket-1\n") == true)
    }
    let missing = try read("llmref://model/acme/rocket-2")
    #expect(missing.errorCode == "-32002")
    #expect(missing[path: "error", "data", "did_you_mean"]?.array?.first == .string("acme/rocket-1"))
    #expect(try read("llmref://model/%zz").errorCode == "-32002")
  }
}

@Suite struct ToolDescriptions {
  /// A section that a page gains must be offered; one that it loses must not.
  @Test func offerTheSectionsThatPagesHave() throws {
    func offered(_ tool: String) -> [String]? {
      let parameter = Tools.all.first { $0.name == tool }?.parameters.first { $0.name == "sections" }
      guard case .choices(let sections)? = parameter?.kind else { return nil }
      return sections
    }
    func sections(_ tool: String, _ arguments: String) throws -> [String]? {
      try Samples.dispatcher().says(Samples.call(tool, arguments))[
        path: "result", "structuredContent", "sections"]?.array?.compactMap { $0["id"]?.string }
    }
    #expect(try sections("get_model", #"{"id":"rocket-1","detail":"full"}"#) == offered("get_model"))
    #expect(
      try sections("compare_models", #"{"models":["rocket-1","sled-2"],"detail":"full"}"#)
        == offered("compare_models"))
  }

  /// Whatever a program may need to choose and to call a tool.
  @Test func saySoThatAProgramCanChoose() throws {
    let list = try Samples.dispatcher().says(#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#)
    for tool in list[path: "result", "tools"]?.array ?? [] {
      let name = tool["name"]?.string ?? ""
      #expect((tool["description"]?.string?.count ?? 0) > 80 && tool["title"]?.string != nil, "\(name)")
      #expect(tool[path: "annotations", "readOnlyHint"] == .bool(true), "\(name)")
      #expect(tool[path: "annotations", "openWorldHint"] == .bool(false), "\(name)")
      let properties = tool[path: "inputSchema", "properties"]?.object
      for required in tool[path: "inputSchema", "required"]?.array ?? [] {
        #expect(properties?[required.string ?? ""] != nil, "\(name)")
      }
      #expect(properties?.members.allSatisfy { $0.value["description"]?.string != nil } == true, "\(name)")
      #expect(tool[path: "outputSchema", "type"] == .string("object"), "\(name)")
    }
  }
}

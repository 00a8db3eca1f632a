import Testing
import TextFormats

@testable import MCPServer

@Suite struct Handshakes {
  /// A revision of the handshakes is agreed on; for any other the newest of them is offered.
  @Test(arguments: [
    ("2024-11-05", "2024-11-05"), ("2025-03-26", "2025-03-26"), ("2025-06-18", "2025-06-18"),
    ("2025-11-25", "2025-11-25"), ("2026-07-28", "2025-11-25"), ("1999-01-01", "2025-11-25"),
    ("", "2025-11-25"),
  ])
  func agreeOnARevision(asked: String, agreed: String) throws {
    let dispatcher = try Samples.dispatcher()
    let message =
      #"{"jsonrpc":"2.0","id":"a","method":"initialize","params":{"protocolVersion":"\#(asked)","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}"#
    let answer = try dispatcher.says(message)
    #expect(answer["id"] == .string("a"))
    #expect(answer[path: "result", "protocolVersion"] == .string(agreed))
    #expect(answer[path: "result", "serverInfo", "version"] == .string("9.9"))
    #expect(answer[path: "result", "capabilities", "tools"] != nil)
    #expect(dispatcher.answer(Array(message.utf8), over: .stream(agreed: nil)).agreed?.rawValue == agreed)
  }

  @Test func pingsAndListsNeedNoHandshake() throws {
    let dispatcher = try Samples.dispatcher()
    #expect(
      try dispatcher.says(#"{"jsonrpc":"2.0","id":7,"method":"ping"}"#)["result"]?.object?.members.isEmpty
        == true)
    let list = try dispatcher.says(#"{"jsonrpc":"2.0","id":7,"method":"tools/list"}"#)
    #expect(
      list[path: "result", "tools"]?.array?.compactMap { $0["name"]?.string } == [
        "search_models", "get_model", "compare_models", "monthly_cost", "shortlist_models", "explain_fact",
        "resolve_id",
      ])
    // What belongs to the requests of 2026-07-28 alone.
    #expect(list[path: "result", "resultType"] == nil && list[path: "result", "_meta"] == nil)
  }

  @Test(arguments: ["notifications/initialized", "notifications/cancelled", "notifications/made-up"])
  func notificationsGetNoAnswer(method: String) throws {
    let message = Array(#"{"jsonrpc":"2.0","method":"\#(method)","params":{"requestId":1}}"#.utf8)
    let dispatcher = try Samples.dispatcher()
    for carrier in [Dispatcher.Carrier.stream(agreed: nil), .http(RoutingHeaders())] {
      let reply = dispatcher.answer(message, over: carrier)
      #expect(reply.body == nil && reply.status == 202)
    }
  }

  /// An id comes back as it was, whatever stands in it.
  @Test(arguments: [
    "0", "-3", "9223372036854775808", #""a""#, #""""#, #""\u0000\"\\\u202e\ud83d\ude00""#, #""é<&>""#,
  ])
  func idsComeBackAsTheyCame(id: String) throws {
    let answer = try Samples.dispatcher().says(#"{"jsonrpc":"2.0","id":\#(id),"method":"ping"}"#)
    let expected = try JSONReader.read(Array(id.utf8))
    #expect(answer["id"] == expected)
  }
}

@Suite struct StatelessRequests {
  @Test func discoveryNamesEveryRevisionAndTheServer() throws {
    let answer = try Samples.dispatcher().says(
      Samples.stateless("server/discover"), over: .http(Samples.headers("server/discover")))
    let result = try #require(answer["result"])
    #expect(
      result["supportedVersions"]?.array?.compactMap(\.string) == [
        "2026-07-28", "2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05",
      ])
    #expect(result["resultType"] == .string("complete") && result["cacheScope"] == .string("public"))
    #expect(result["ttlMs"]?.numberText == "300000")
    #expect(result[path: "_meta", "io.modelcontextprotocol/serverInfo", "name"] == .string("llmref"))
    #expect(result["instructions"]?.string?.contains("as of 2026-11-01") == true)
  }

  @Test func resultsAreMarkedWhole() throws {
    let dispatcher = try Samples.dispatcher()
    let call = try dispatcher.says(
      Samples.stateless("tools/call", #""name":"resolve_id","arguments":{"id":"rocket-1"}"#))
    #expect(call[path: "result", "resultType"] == .string("complete"))
    #expect(call[path: "result", "structuredContent", "conclusions", "model"] == .string("acme/rocket-1"))
    #expect(try dispatcher.says(Samples.stateless("tools/list"))[path: "result", "ttlMs"] != nil)
  }

  /// What a request says of itself is checked, then what its headers say of it, then whether the revision is spoken.
  @Test(arguments: [
    (#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#, "-32602", 400),
    (#"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{}}}"#, "-32602", 400),
    (
      #"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}"#,
      "-32602", 400
    ),
    (
      #"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":1,"io.modelcontextprotocol/clientCapabilities":{}}}}"#,
      "-32602", 400
    ),
    (
      #"{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":[]}}}"#,
      "-32602", 400
    ), (Samples.stateless("tools/call", #""name":"get_model""#), "-32020", 400),
    (Samples.stateless("tools/list", revision: "2025-11-25"), "-32020", 400),
    (Samples.stateless("made/up"), "-32020", 400),
  ])
  func sayWhatTheirHeadersSay(message: String, code: String, status: Int) throws {
    let dispatcher = try Samples.dispatcher()
    let headers = Samples.headers("tools/list")
    #expect(try dispatcher.says(message, over: .http(headers)).errorCode == code)
    #expect(dispatcher.answer(Array(message.utf8), over: .http(headers)).status == status)
  }

  @Test func aMethodThatDoesNotExistIs404OverHTTP() throws {
    for method in ["made/up", "ping", "initialize", "subscriptions/listen"] {
      let reply = try Samples.dispatcher().answer(
        Array(Samples.stateless(method).utf8), over: .http(Samples.headers(method)))
      let body = try JSONReader.read(try #require(reply.body))
      #expect(reply.status == 404 && body.errorCode == "-32601", "\(method)")
    }
  }

  @Test func anUnknownRevisionIsNamedWithThoseSpoken() throws {
    let dispatcher = try Samples.dispatcher()
    let message = Samples.stateless("tools/list", revision: "2027-01-01")
    let carriers: [Dispatcher.Carrier] = [
      .stream(agreed: nil), .http(Samples.headers("tools/list", revision: "2027-01-01")),
    ]
    for carrier in carriers {
      let answer = try dispatcher.says(message, over: carrier)
      #expect(answer.errorCode == "-32022")
      #expect(answer[path: "error", "data", "requested"] == .string("2027-01-01"))
      #expect(answer[path: "error", "data", "supported"]?.array?.contains(.string("2026-07-28")) == true)
    }
    // A handshake's request under a header that nobody knows, and a notification under it.
    for plain in [
      #"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#,
      #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
    ] {
      let reply = dispatcher.answer(
        Array(plain.utf8), over: .http(Samples.headers("tools/list", revision: "not-a-version")))
      let answer = try JSONReader.read(reply.body ?? [])
      #expect(reply.status == 400 && answer.errorCode == "-32022")
    }
  }

  @Test(arguments: ["MCP-Protocol-Version", "Mcp-Method", "Mcp-Name"])
  func aHeaderStandsOnce(name: String) throws {
    var headers = Samples.headers("tools/call", name: "resolve_id")
    switch name {
    case "Mcp-Method": headers.methods.append("tools/call")
    case "Mcp-Name": headers.names.append("resolve_id")
    default: headers.versions.append("2026-07-28")
    }
    let answer = try Samples.dispatcher().says(
      Samples.stateless("tools/call", #""name":"resolve_id","arguments":{"id":"rocket-1"}"#),
      over: .http(headers))
    #expect(answer.errorCode == "-32020" && answer[path: "error", "message"]?.string?.contains(name) == true)
  }

  /// Frames around base64, by hand: "é" is C3 A9, which is w6k=; "a" is YQ==, "ab" YWI=, "abc" YWJj. YR== has bits left over
  /// that are not zero; w6k is not padded; /w== is the byte FF, which is no UTF-8.
  @Test(
    arguments: [
      ("plain", "plain"), ("=?base64?w6k=?=", "é"), ("=?base64?YQ==?=", "a"), ("=?base64?YWI=?=", "ab"),
      ("=?base64?YWJj?=", "abc"), ("=?base64??=", ""), ("=?base64?YR==?=", nil), ("=?base64?w6k?=", nil),
      ("=?base64?/w==?=", nil), ("=?base64?Y Q=?=", nil), ("=?base64?====?=", nil),
      ("=?base64?=", "=?base64?="),
    ] as [(String, String?)])
  func headersMayHoldWhatHeadersCannot(header: String, text: String?) {
    #expect(RoutingHeaders.decoded(header) == text)
  }
}

@Suite struct BadMessages {
  /// Nothing that comes is taken for something else, and the id is given back where it can be read.
  @Test(arguments: [
    ("", "-32700", "null"), ("{", "-32700", "null"), ("nonsense", "-32700", "null"),
    ("\u{FEFF}{}", "-32700", "null"),
    (#"{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}"#, "-32700", "null"),
    (String(repeating: "[", count: 100), "-32700", "null"),
    (#"{"jsonrpc":"2.0","id":1,"method":"ping"} x"#, "-32700", "null"), ("null", "-32600", "null"),
    ("1", "-32600", "null"), (#""ping""#, "-32600", "null"), ("{}", "-32600", "null"),
    (#"{"id":5,"method":"ping"}"#, "-32600", "5"),
    (#"{"jsonrpc":"1.0","id":5,"method":"ping"}"#, "-32600", "5"),
    (#"{"jsonrpc":"2.0","id":5}"#, "-32600", "5"), (#"{"jsonrpc":"2.0","id":5,"method":7}"#, "-32600", "5"),
    (#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, "-32600", "null"),
    (#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, "-32600", "null"),
    (#"{"jsonrpc":"2.0","id":1e3,"method":"ping"}"#, "-32600", "null"),
    (#"{"jsonrpc":"2.0","id":[1],"method":"ping"}"#, "-32600", "null"),
    (#"{"jsonrpc":"2.0","id":5,"method":"ping","params":[1]}"#, "-32602", "5"),
    (#"{"jsonrpc":"2.0","id":5,"method":"made/up"}"#, "-32601", "5"),
    (#"{"jsonrpc":"2.0","id":5,"method":"server/discover"}"#, "-32602", "5"),
    (#"{"jsonrpc":"2.0","id":5,"method":"initialize"}"#, "-32602", "5"),
    (#"{"jsonrpc":"2.0","id":5,"method":"initialize","params":{"protocolVersion":3}}"#, "-32602", "5"),
    (#"{"jsonrpc":"2.0","id":5,"method":"tools/list","params":{"cursor":"x"}}"#, "-32602", "5"),
    (#"{"jsonrpc":"2.0","id":5,"method":"tools/call"}"#, "-32602", "5"),
    (#"{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"get_modle"}}"#, "-32602", "5"),
    (
      #"{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"get_model","arguments":[]}}"#,
      "-32602", "5"
    ),
    (#"{"jsonrpc":"2.0","id":5,"method":"resources/read"}"#, "-32602", "5"),
    (
      #"{"jsonrpc":"2.0","id":5,"method":"resources/read","params":{"uri":"file:///etc/passwd"}}"#, "-32002",
      "5"
    ),
  ])
  func areRefused(message: String, code: String, id: String) throws {
    let answer = try Samples.dispatcher().says(message)
    let expected = try JSONReader.read(Array(id.utf8))
    #expect(answer.errorCode == code && answer["id"] == expected)
    #expect(answer["jsonrpc"] == .string("2.0") && answer["result"] == nil)
  }

  @Test func brokenTextAndLongMessagesAreRefused() throws {
    let dispatcher = try Samples.dispatcher()
    let broken = Array(#"{"jsonrpc":"2.0","id":1,"method":""#.utf8) + [0xFF] + Array(#""}"#.utf8)
    #expect(
      try JSONReader.read(dispatcher.answer(broken, over: .stream(agreed: nil)).body ?? []).errorCode
        == "-32700")
    let long =
      #"{"jsonrpc":"2.0","id":1,"method":"ping"}"# + String(repeating: " ", count: Dispatcher.longestMessage)
    #expect(try dispatcher.says(long).errorCode == "-32700")
    #expect(try JSONReader.read(dispatcher.tooLong.body ?? []).errorCode == "-32600")
  }

  /// Answers to questions that were never asked.
  @Test func answersAreTakenInSilence() throws {
    let message = Array(#"{"jsonrpc":"2.0","id":1,"result":{}}"#.utf8)
    #expect(try Samples.dispatcher().answer(message, over: .stream(agreed: nil)).body == nil)
  }
}

@Suite struct Batches {
  private static let two =
    #"[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"x"},{"jsonrpc":"2.0","id":2,"method":"y"}]"#

  @Test func oneRevisionTakesThem() throws {
    let dispatcher = try Samples.dispatcher()
    for carrier in [Dispatcher.Carrier.stream(agreed: .march2025), .http(RoutingHeaders())] {
      let answers = try #require(try dispatcher.says(Self.two, over: carrier).array)
      #expect(answers.map { $0["id"]?.numberText } == ["1", "2"])
      #expect(answers[0]["result"] != nil && answers[1].errorCode == "-32601")
    }
    for revision in [nil, Revision.november2024, .june2025, .november2025, .july2026] {
      #expect(try dispatcher.says(Self.two, over: .stream(agreed: revision)).errorCode == "-32600")
    }
  }

  @Test func theyAreBounded() throws {
    let dispatcher = try Samples.dispatcher()
    let carrier = Dispatcher.Carrier.stream(agreed: .march2025)
    func list(_ count: Int, _ message: String = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#) -> String {
      "[" + Array(repeating: message, count: count).joined(separator: ",") + "]"
    }
    #expect(try dispatcher.says(list(0), over: carrier).errorCode == "-32600")
    #expect(try dispatcher.says(list(32), over: carrier).array?.count == 32)
    #expect(try dispatcher.says(list(33), over: carrier).errorCode == "-32600")
    #expect(
      dispatcher.answer(Array(list(2, #"{"jsonrpc":"2.0","method":"x"}"#).utf8), over: carrier).body == nil)
    let nested = try dispatcher.says("[[],1]", over: carrier)
    #expect(nested.array?.map(\.errorCode) == ["-32600", "-32600"])
    let handshake = try dispatcher.says(
      #"[{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-03-26"}}]"#,
      over: carrier)
    #expect(handshake.array?.map(\.errorCode) == ["-32600"])
  }
}

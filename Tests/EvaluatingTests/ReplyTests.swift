import Testing
import TextFormats

@testable import Evaluating

@Suite struct RepliesAre {
  /// Feeds events one a read, the first at 10 ms, then one each 10 ms.
  private static func read(
    _ api: APIKind, _ events: [String], end: ReplyReading.End = .inOrder, asked: Int64? = 100
  ) -> ReplyOutcome {
    var reading = ReplyReading(api: api, contentType: "text/event-stream; charset=utf-8")
    for (place, event) in events.enumerated() {
      reading.feed(Array("data: \(event)\n\n".utf8), at: Int64(place + 1) * 10_000_000)
    }
    return reading.finish(end, at: Int64(events.count + 1) * 10_000_000, asked: asked)
  }

  private static let chat = [
    #"{"id":"c1","model":"m-1","system_fingerprint":"fp","choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}"#,
    #"{"id":"c1","model":"m-1","choices":[{"index":0,"delta":{"reasoning_content":"hm"}}]}"#,
    #"{"id":"c1","model":"m-1","choices":[{"index":0,"delta":{"content":"Hel"}}]}"#,
    #"{"id":"c1","model":"m-1","choices":[{"index":0,"delta":{"content":"lo"},"finish_reason":null}]}"#,
    #"{"id":"c1","model":"m-1","provider":"P","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"#,
    #"{"id":"c1","choices":[],"usage":{"prompt_tokens":20,"completion_tokens":3,"total_tokens":23,"prompt_tokens_details":{"cached_tokens":15},"completion_tokens_details":{"reasoning_tokens":1}},"timings":{"predicted_n":3}}"#,
    "[DONE]",
  ]

  private static let responses = [
    #"{"type":"response.created","response":{"id":"r1","status":"in_progress","model":"m-1"}}"#,
    #"{"type":"response.reasoning_summary_text.delta","delta":"hm"}"#,
    #"{"type":"response.output_text.delta","item_id":"i","delta":"Hel"}"#,
    #"{"type":"response.output_text.delta","item_id":"i","delta":"lo"}"#,
    #"{"type":"response.completed","response":{"id":"r1","status":"completed","model":"m-1","output":[{"type":"message","content":[{"type":"output_text","text":"Hello"}]}],"usage":{"input_tokens":20,"output_tokens":3,"total_tokens":23,"input_tokens_details":{"cached_tokens":15},"output_tokens_details":{"reasoning_tokens":1}}}}"#,
  ]

  private static let messages = [
    #"{"type":"message_start","message":{"id":"g1","role":"assistant","model":"m-1","content":[],"usage":{"input_tokens":5,"cache_read_input_tokens":15,"output_tokens":1}}}"#,
    #"{"type":"ping"}"#,
    #"{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}"#,
    #"{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Hel"}}"#,
    #"{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"lo"}}"#,
    #"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":3,"output_tokens_details":{"thinking_tokens":1}}}"#,
    #"{"type":"message_stop"}"#,
  ]

  private static func events(_ api: APIKind) -> [String] {
    switch api {
    case .chat: chat
    case .responses: responses
    case .messages: messages
    }
  }

  /// 20 tokens of prompt, 15 of them cached: 5 fresh. A cumulative count is set: 3 tokens, not 1 + 3.
  @Test(arguments: APIKind.allCases)
  func readInEveryKindAlike(api: APIKind) throws {
    let outcome = Self.read(api, Self.events(api))
    #expect(outcome.failure == nil)
    #expect(outcome.draft.text == "Hello" && outcome.draft.reasoning == "hm")
    #expect(outcome.draft.model == "m-1")
    let usage = try #require(outcome.usage)
    #expect(
      [usage.fresh, usage.cacheRead, usage.output, usage.reasoning, usage.input] == [5, 15, 3, 1, 20])
  }

  /// The role comes at 10 ms, reasoning at 20, text at 30 and 40: two gaps of 10 ms between three chunks. Three deltas of three
  /// tokens: the first chunk holds one.
  @Test func stampedByContentNotByRole() {
    let outcome = Self.read(.chat, Self.chat)
    #expect(outcome.stamps.firstDelta == 20_000_000)
    #expect(outcome.stamps.firstAnswerDelta == 30_000_000)
    #expect(outcome.stamps.lastContent == 40_000_000)
    #expect(outcome.stamps.gaps.count == 2 && outcome.stamps.gaps.largest == 10_000_000)
    #expect(outcome.stamps.firstChunkTokens == 1)
    #expect(outcome.draft.timings?["predicted_n"]?.integer == 3)
    #expect(outcome.draft.fingerprint == "fp" && outcome.draft.provider == "P")
  }

  /// Several events that leave the socket together are one chunk: no gap lies between them.
  @Test func chunksAreReadsNotEvents() {
    var reading = ReplyReading(api: .chat, contentType: "text/event-stream")
    reading.feed(Array((Self.chat[2...3].map { "data: \($0)\n\n" }).joined().utf8), at: 5)
    reading.feed(Array("data: \(Self.chat[4])\n\ndata: \(Self.chat[5])\n\ndata: [DONE]\n\n".utf8), at: 9)
    let outcome = reading.finish(.inOrder, at: 10, asked: 100)
    #expect(outcome.failure == nil)
    #expect(outcome.stamps.firstDelta == 5 && outcome.stamps.lastContent == 5)
    #expect(outcome.stamps.gaps.count == 0)
  }

  @Test(arguments: APIKind.allCases)
  func truncatedWithoutAReasonForEnding(api: APIKind) {
    let cut = Array(Self.events(api).prefix(4))
    #expect(Self.read(api, cut).failure == .truncated)
    #expect(Self.read(api, cut, end: .dropped).failure == .dropped)
    #expect(Self.read(api, cut, end: .timeout).failure == .timeout)
    // A reply that said why it ended is whole, though its connection broke.
    #expect(Self.read(api, Self.events(api), end: .dropped).failure == nil)
  }

  @Test(
    arguments: APIKind.allCases,
    [
      (#"{"choices":[{"#, FailureClass.malformed), ("garbage", .malformed), ("[1]", .malformed),
      (#"{"error":{"type":"overloaded_error","message":"busy"}}"#, .errorInStream),
      (#"{"type":"error","error":{"type":"overloaded_error","message":"busy"}}"#, .errorInStream),
    ])
  func brokenByAnEventThatIsNone(api: APIKind, row: (String, FailureClass)) {
    var events = Self.events(api)
    events.insert(row.0, at: 3)
    #expect(Self.read(api, events).failure == row.1)
  }

  @Test func emptyOnesAreMalformed() {
    for api in APIKind.allCases { #expect(Self.read(api, []).failure == .malformed) }
    var reading = ReplyReading(api: .chat, contentType: "text/html")
    reading.feed(Array("<html>no</html>".utf8), at: 1)
    #expect(reading.finish(.inOrder, at: 2, asked: nil).failure == .malformed)
  }

  @Test func boundedInSize() {
    var limits = ReplyReading.Limits()
    limits.reply = 1000
    var reading = ReplyReading(api: .chat, contentType: "text/event-stream", limits: limits)
    for time in 0..<1000 { reading.feed(Array("data: \(Self.chat[2])\n\n".utf8), at: Int64(time)) }
    #expect(reading.finish(.inOrder, at: 2000, asked: nil).failure == .oversize)
  }

  /// -3 is no count; 25 cached of 20 cannot be; 0 tokens of "Hello" neither; 5 bytes hold no 900 tokens where 100 were allowed.
  @Test(
    arguments: [
      #"{"prompt_tokens":20,"completion_tokens":-3}"#, #"{"prompt_tokens":"many","completion_tokens":3}"#,
      #"{"prompt_tokens":20,"completion_tokens":3,"prompt_tokens_details":{"cached_tokens":25}}"#,
      #"{"prompt_tokens":20,"completion_tokens":0}"#, #"{"prompt_tokens":20,"completion_tokens":900}"#,
      #"{"prompt_tokens":20,"completion_tokens":3,"completion_tokens_details":{"reasoning_tokens":4}}"#,
      #"{"prompt_tokens":99999999999999999999,"completion_tokens":3}"#,
    ])
  func contradictoryWhenUsageCannotBe(usage: String) {
    var events = Self.chat
    events[5] = #"{"id":"c1","choices":[],"usage":\#(usage)}"#
    #expect(Self.read(.chat, events).failure == .contradictory)
  }

  @Test func puttingToolCallsTogether() {
    let chat = Self.read(
      .chat,
      [
        #"{"id":"c","choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"t1","type":"function","function":{"name":"look","arguments":""}}]}}]}"#,
        #"{"id":"c","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\":"}}]}}]}"#,
        #"{"id":"c","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"t2","function":{"name":"walk","arguments":"{}"}},{"index":0,"function":{"arguments":"1}"}}]}}]}"#,
        #"{"id":"c","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"#, "[DONE]",
      ])
    let responses = Self.read(
      .responses,
      [
        #"{"type":"response.output_item.added","output_index":0,"item":{"type":"function_call","id":"f1","call_id":"t1","name":"look","arguments":""}}"#,
        #"{"type":"response.function_call_arguments.delta","item_id":"f1","delta":"{\"a\":"}"#,
        #"{"type":"response.function_call_arguments.delta","item_id":"f1","delta":"1}"}"#,
        #"{"type":"response.function_call_arguments.done","item_id":"f1","arguments":"{\"a\":1}"}"#,
        #"{"type":"response.output_item.done","item":{"type":"function_call","id":"f2","call_id":"t2","name":"walk","arguments":"{}"}}"#,
        #"{"type":"response.completed","response":{"id":"r","status":"completed","output":[]}}"#,
      ])
    let messages = Self.read(
      .messages,
      [
        #"{"type":"message_start","message":{"id":"g","role":"assistant","usage":{"input_tokens":1,"output_tokens":1}}}"#,
        #"{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t1","name":"look","input":{}}}"#,
        #"{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"a\":"}}"#,
        #"{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"1}"}}"#,
        #"{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"t2","name":"walk","input":{}}}"#,
        #"{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{}"}}"#,
        #"{"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":9}}"#,
        #"{"type":"message_stop"}"#,
      ])
    for outcome in [chat, responses, messages] {
      #expect(outcome.failure == nil)
      #expect(outcome.draft.toolCalls.map(\.name) == ["look", "walk"])
      #expect(outcome.draft.toolCalls.map(\.arguments) == [#"{"a":1}"#, "{}"])
      #expect(outcome.draft.toolCalls.map(\.id) == ["t1", "t2"])
      #expect(outcome.stamps.firstDelta == (outcome.draft.id == "g" ? 20_000_000 : 10_000_000))
    }
  }

  @Test(
    arguments: [
      (
        APIKind.chat,
        #"{"id":"c","model":"m","choices":[{"message":{"role":"assistant","content":"Hi","refusal":null},"finish_reason":"stop"}],"usage":{"prompt_tokens":4,"completion_tokens":1}}"#
      ),
      (
        .responses,
        #"{"id":"r","model":"m","status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"Hi"}]}],"usage":{"input_tokens":4,"output_tokens":1}}"#
      ),
      (
        .messages,
        #"{"id":"g","model":"m","type":"message","role":"assistant","content":[{"type":"text","text":"Hi"}],"stop_reason":"end_turn","usage":{"input_tokens":4,"output_tokens":1}}"#
      ),
    ])
  func readWholeWhereNothingStreams(api: APIKind, body: String) {
    var reading = ReplyReading(api: api, contentType: "application/json")
    reading.feed(Array(body.utf8.prefix(9)), at: 1)
    reading.feed(Array(body.utf8.dropFirst(9)), at: 7)
    let outcome = reading.finish(.inOrder, at: 8, asked: 10)
    #expect(outcome.failure == nil)
    #expect(outcome.draft.text == "Hi" && outcome.usage?.output == 1 && outcome.usage?.fresh == 4)
    // No first delta is known of a reply that came as a whole.
    #expect(outcome.stamps.firstDelta == nil && outcome.stamps.lastContent == 8)
  }

  /// A stream that repeats one event with other texts is read by its bytes; escapes, quotes, another order, another finish and a
  /// text that also stands elsewhere must give what parsing gives.
  @Test(arguments: APIKind.allCases)
  func readAlikeWhereEventsRepeat(api: APIKind) {
    let texts = ["a", " b", "m", "\u{e9}😀", #"\n"#, #"\""#, #"\u00e9"#, "c", "", " d}", #"{"#, "text", "e"]
    func event(_ text: String) -> String {
      switch api {
      case .chat: #"{"id":"c","model":"m","choices":[{"index":0,"delta":{"content":"\#(text)"}}]}"#
      case .responses: #"{"type":"response.output_text.delta","item_id":"m","delta":"\#(text)"}"#
      case .messages:
        #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\#(text)"}}"#
      }
    }
    let outcome = Self.read(api, texts.map(event) + [Self.events(api)[0]] + texts.map(event))
    let once = "a bm\u{e9}😀\n\"\u{e9}c d}{texte"
    #expect(outcome.draft.text == once + once)
    // Twelve texts of thirteen are not empty.
    #expect(outcome.stamps.deltas == 24)
    #expect(outcome.failure == .truncated)
    // The same prefix and suffix around bytes that are no text of JSON is no event.
    #expect(Self.read(api, [event("a"), event("b"), event(#"x","y":"#)]).failure == .malformed)
  }
}

import Facts
import Metering
import Testing

/// Each format's sample read to rows worked out by hand. Counts are written as canonical rows have them: input holds what a
/// cache read or wrote, output holds reasoning.
@Suite struct Formats {
  struct Expected: Sendable {
    let fixture: String
    let format: String
    /// Time, provider, model, counts; then what else the row says.
    let rows: [String]
    var problems: [String] = []
    var skipped = 0
  }

  static let samples: [Expected] = [
    Expected(
      fixture: "synthetic-rows.jsonl", format: "rows",
      rows: [
        "2026-06-01T10:00:00Z acme rocket-1 input=1000 output=200 cache_read=400 reasoning=50 $0.0012 key=team-a id=r1 team=search",
        // 11:00 two hours ahead of UTC is 09:00.
        "2026-06-01T09:00:00Z - rocket-1 input=500 output=100 cache_write=200 cache_write_1h=150 web_searches=1 x2 batch id=r2",
      ]),
    Expected(
      // prompt_tokens 2006 hold the 1920 cached ones, completion_tokens 300 the 128 of reasoning; one web_search_call that searches.
      fixture: "synthetic-openai-chat.jsonl", format: "openai",
      rows: [
        "2026-06-01T10:00:00Z - rocket-1 input=2006 output=300 cache_read=1920 reasoning=128 standard id=chatcmpl-1",
        "2026-06-01T11:00:00Z - rocket-1 input=328 output=52 cache_read=100 cache_write=28 reasoning=12 web_searches=1 flex id=resp_1",
        "2026-06-01T12:00:00Z - rocket-1 input=1000 output=500 batch id=chatcmpl-2",
      ]),
    Expected(
      // Audio: 300 uncached and 100 cached are 400 of audio, 100 of them from cache. The costs result is no usage; the last result
      // names no model.
      fixture: "synthetic-openai-usage.json", format: "openai-usage",
      rows: [
        "2026-06-01T00:00:00Z openai rocket-1 input=10000 output=2000 cache_read=4000 cache_write=500 input_audio=400 cache_read_audio=100 x5 priority key=key_a project_id=proj_a",
        "2026-06-01T00:00:00Z openai rocket-1 input=600 output=60 x2 batch",
      ], problems: ["1 unknown_model"], skipped: 1),
    Expected(
      fixture: "synthetic-openai-usage.csv", format: "openai-usage",
      rows: [
        "2026-06-01T00:00:00Z openai rocket-1 input=8000 output=800 cache_read=2000 x4 standard key=key_a project_id=proj_a"
      ]),
    Expected(
      // 12 + 2000 written + 5000 read = 7012; of the written ones 500 for an hour. The errored result has no message.
      fixture: "synthetic-anthropic-messages.jsonl", format: "anthropic",
      rows: [
        "2026-06-01T10:00:00Z anthropic claude-rocket-1 input=7012 output=300 cache_read=5000 cache_write=2000 cache_write_1h=500 reasoning=80 web_searches=2 standard id=msg_01",
        "- anthropic claude-rocket-1 input=100 output=40 batch id=msg_02",
      ], skipped: 1),
    Expected(
      // 1500 + 200 + (1000 + 500) = 3200, one request at least. 450,000 of class 0-200k are at least 3 requests.
      fixture: "synthetic-anthropic-usage.json", format: "anthropic-usage",
      rows: [
        "2026-06-01T00:00:00Z anthropic claude-rocket-1 input=3200 output=500 cache_read=200 cache_write=1500 cache_write_1h=1000 web_searches=10 standard key=apikey_a context_window=0-200k workspace_id=wrkspc_a",
        "2026-06-01T00:00:00Z anthropic claude-rocket-1 input=450000 output=9 x3 batch context_window=0-200k",
      ]),
    Expected(
      // 1200 of prompt, cached ones in it, + 40 of tool results = 1240; 150 + 350 thoughts = 500.
      fixture: "synthetic-gemini.jsonl", format: "gemini",
      rows: [
        "2026-06-01T10:00:00Z google rocket-1 input=1240 output=500 cache_read=800 reasoning=350 input_audio=300 cache_read_audio=100 id=g1",
        "- google-vertex rocket-1 input=10 output=5 flex id=g2",
      ]),
    Expected(
      fixture: "synthetic-openrouter.csv", format: "openrouter",
      rows: [
        "2026-06-01T18:54:30Z openrouter acme/rocket-1 input=1500 output=400 cache_read=1000 reasoning=100 $0.0012345 key=laptop id=gen-1 upstream=Fireworks",
        "2026-06-01T18:55:00Z openrouter acme/rocket-1:free input=200 output=20 $0 key=laptop id=gen-2 upstream=Chutes",
      ]),
    Expected(
      fixture: "synthetic-openrouter-activity.json", format: "openrouter",
      rows: [
        "2026-06-01T00:00:00Z openrouter acme/rocket-1 input=5000 output=1250 cache_read=1000 reasoning=250 x5 $0.015 upstream=Fireworks"
      ]),
    Expected(
      // 0.00031500000000000003 is how binary floating point writes 0.000315. l2 came from the proxy's cache, l3 failed.
      fixture: "synthetic-litellm.jsonl", format: "litellm",
      rows: [
        "2026-06-01T10:00:00Z acme rocket-1 input=6000 output=120 cache_read=4000 cache_write=1000 reasoning=20 $0.000315 key=ci id=l1 beta=true model_group=fast team=search user=u1",
        "2026-06-01T10:01:00Z acme rocket-1  $0 key=k id=l2 cache_hit=true",
      ], skipped: 1),
    Expected(
      fixture: "synthetic-litellm.csv", format: "litellm",
      rows: [
        "2026-06-01T10:00:00Z acme rocket-1 input=1000 output=100 cache_read=600 $0.5 key=k id=l4 a=true"
      ]),
    Expected(
      // o1: its total 1100 is the sum of all types, so they stand side by side: 100 + 900 and 30 + 70. o2: its total is input and
      // output alone, so the 900 are in the 1000.
      fixture: "synthetic-langfuse.jsonl", format: "langfuse",
      rows: [
        "2026-06-01T13:46:19Z - rocket-1 input=1000 output=100 cache_read=900 reasoning=70 $0.3 key=u1 id=o1 a=true environment=production",
        "2026-06-01T13:47:00Z - rocket-1 input=1000 output=100 cache_read=900 key=u1 id=o2",
      ], skipped: 1),
    Expected(
      // Without a total: 10 + 40 + 50 = 100.
      fixture: "synthetic-langfuse.csv", format: "langfuse",
      rows: [
        "2026-06-01T13:46:19Z - rocket-1 input=100 output=5 cache_read=40 cache_write=50 key=u2 id=o4 name=answer"
      ]),
    Expected(
      // h1: 1100 = 1000 + 100, the 600 are in the prompt. h2: 800 = 10 + 600 + 90 + 100, they are not: 700.
      fixture: "synthetic-helicone.jsonl", format: "helicone",
      rows: [
        "2026-06-01T10:00:00Z OPENAI rocket-1 input=1000 output=100 cache_read=600 reasoning=40 $0.002 key=u1 id=h1 feature=chat",
        "2026-06-01T10:01:00Z ANTHROPIC claude-rocket-1 input=700 output=100 cache_read=600 cache_write=90 $0.004 id=h2",
      ]),
    Expected(
      // The agent's span repeats its model's. The last span's 900 cached tokens cannot be in its 10: 910.
      fixture: "synthetic-otel-flat.jsonl", format: "otel",
      rows: [
        "2026-06-01T10:00:00Z google rocket-1 input=100 output=180 cache_read=50 cache_write=25 reasoning=30 standard id=x1 operation=chat",
        "2026-06-01T10:00:01Z anthropic claude-rocket-1 input=910 output=20 cache_read=900 id=0xaa/0xbb",
      ], skipped: 1),
    Expected(
      fixture: "synthetic-otlp.json", format: "otel",
      rows: [
        "2026-06-01T10:00:00Z amazon-bedrock rocket-1 input=700 output=70 id=5b8efff798038103d269b633813fc60c/eee19b7ec3c1b174 operation=chat service=shop"
      ], skipped: 1),
    Expected(
      // m1 stands in two lines: 10 + 5 + 100 = 115 once; m2: 2 + 50; m3: 3 + 150. The error used nothing. 9 lines are no responses.
      fixture: "claude-code-cctrail.jsonl", format: "claude-code",
      rows: [
        "2026-01-01T00:00:02Z anthropic claude-sonnet-5 input=115 output=20 cache_read=100 cache_write=5 key=s-main-1 id=m1 branch=main project=/repo",
        "2026-01-01T00:00:04Z anthropic claude-sonnet-5 input=52 output=5 cache_read=50 key=s-main-1 id=m2 branch=main project=/repo",
        "2026-01-01T00:00:10Z anthropic claude-sonnet-5 input=153 output=8 cache_read=150 key=s-main-1 id=m3 branch=main project=/repo",
      ], skipped: 9),
    Expected(
      // 4 + 4756 written + 12008 read = 16768.
      fixture: "claude-code-recorded.jsonl", format: "claude-code",
      rows: [
        "2025-09-29T17:07:50Z anthropic claude-opus-4-1-20250805 input=16768 output=2 cache_read=12008 cache_write=4756 standard key=b25638d7-b104-4f06-a797-70ac33d069ed id=msg_01NtyE53hx2q89rMBGuw6qKD branch=main project=/Users/dain/workspace/danieldemmel.me-next"
      ]),
    Expected(
      // The last line is cut off: `{"type": "assistant", "broken":`.
      fixture: "claude-code-agent-session.jsonl", format: "claude-code",
      rows: [
        "2026-08-01T10:00:01Z anthropic claude-opus-5-20260601 input=120 output=45 standard key=cc-session-001 id=msg_1 project=/repo",
        "2026-08-01T10:00:03Z anthropic claude-opus-5-20260601 input=300 output=18 cache_read=120 standard key=cc-session-001 id=msg_2 project=/repo",
      ], problems: ["8 malformed"], skipped: 5),
    Expected(
      // Totals 100/60/20/5, 300/210/50/15, 350/230/60/17: the differences. 13 lines are no counts.
      fixture: "codex-cctrail-main.jsonl", format: "codex",
      rows: [
        "2026-01-03T10:00:04Z openai gpt-5.4 input=100 output=20 cache_read=60 reasoning=5 key=codex-main-1 id=codex-main-1:100-60-0-20-5 project=/repo",
        "2026-01-03T10:00:07Z openai gpt-5.4 input=200 output=30 cache_read=150 reasoning=10 key=codex-main-1 id=codex-main-1:300-210-0-50-15 project=/repo",
        "2026-01-03T10:00:10Z openai gpt-5.4 input=50 output=10 cache_read=20 reasoning=2 key=codex-main-1 id=codex-main-1:350-230-0-60-17 project=/repo",
      ], skipped: 13),
  ]

  /// 10 + 5 written + 100 read = 115, in a table as Anthropic's Console exports it.
  @Test func theTableOfAnthropicsConsoleIsRead() throws {
    let text = """
      usage_date_utc,model_version,api_key,usage_input_tokens_no_cache,usage_input_tokens_cache_write_5m,usage_input_tokens_cache_write_1h,usage_input_tokens_cache_read,usage_output_tokens,web_search_count
      2026-06-01 15:01,claude-rocket-1,ci,10,2,3,100,7,1
      """
    let reading = try SampleLog.read(text)
    #expect(reading.format == "anthropic-usage")
    #expect(
      reading.rows.map(described) == [
        "2026-06-01T15:01:00Z anthropic claude-rocket-1 input=115 output=7 cache_read=100 cache_write=5 cache_write_1h=3 web_searches=1 key=ci"
      ])
  }

  /// A path of keys, and blank lines before a header.
  @Test func aColumnMapReachesIntoJSONLines() throws {
    var options = UsageLogReader.Options()
    options.columns = try ColumnMap(parsing: "model=meta.model,input=usage.prompt,output=out")
    let lines = try SampleLog.read(#"{"meta":{"model":"rocket-1"},"usage":{"prompt":3},"out":4}"#, options)
    #expect(lines.rows.map(\.counts) == ["input=3 output=4"])
    let table = try SampleLog.read("\n\nmodel,input\n\nrocket-1,3\n")
    #expect(table.rows.map(\.counts) == ["input=3"] && table.rows.first?.place.line == 5)
  }

  /// Without totals the last usage counts: 10 and 5, then 7 and 2.
  @Test func codexEventsWithoutTotalsCountTheLastUsage() throws {
    let lines = [
      #"{"type":"turn_context","payload":{"model":"gpt-5.4"}}"#,
      #"{"type":"event_msg","payload":{"type":"token_count","info":{"last_token_usage":{"input_tokens":10,"output_tokens":5}}}}"#,
      #"{"type":"event_msg","payload":{"type":"token_count","info":{"last_token_usage":{"input_tokens":7,"output_tokens":2}}}}"#,
    ]
    let reading = try SampleLog.read(lines.joined(separator: "\n"))
    #expect(reading.rows.map(\.counts) == ["input=10 output=5", "input=7 output=2"])
  }

  @Test func oldObservationsAreReadToo() throws {
    let text =
      #"{"id":"o1","traceId":"t1","type":"GENERATION","model":"rocket-1","usage":{"input":4,"output":1,"total":5,"unit":"TOKENS"},"usageDetails":{}}"#
    #expect(try SampleLog.read(text).rows.map(\.counts) == ["input=4 output=1"])
  }

  /// The input of an observation inside a trace: 4 + 6.
  @Test func observationsInsideATraceAreRead() throws {
    let text =
      #"[{"id":"t1","name":"trace","observations":[{"id":"o1","traceId":"t1","type":"GENERATION","startTime":"2026-06-01T10:00:00Z","model":"rocket-1","usageDetails":{"input":4,"input_cached_tokens":6,"output":1}},{"id":"o2","traceId":"t1","type":"SPAN","usageDetails":{}}]}]"#
    let reading = try SampleLog.read(text)
    #expect(reading.format == "langfuse" && reading.rows.map(\.counts) == ["input=10 output=1 cache_read=6"])
  }

  @Test(arguments: samples)
  func readsItsSample(expected: Expected) throws {
    let reading = try SampleLog.fixture(expected.fixture)
    #expect(reading.format == expected.format)
    #expect(reading.rows.map(described) == expected.rows)
    #expect(reading.problems.map { "\($0.place.line) \($0.reason.rawValue)" } == expected.problems)
    #expect(reading.notes.skipped == expected.skipped)
  }

  /// The same rows however the bytes are cut into pieces.
  @Test(arguments: samples)
  func readsInPiecesOfAnySize(expected: Expected) throws {
    let bytes = try SampleLog.bytes(expected.fixture)
    let whole = try SampleLog.read(bytes, piece: bytes.count)
    for piece in [1, 13, 1024] {
      #expect(try SampleLog.read(bytes, piece: piece).rows == whole.rows)
    }
  }

  /// What is written as canonical rows reads back to the same rows.
  @Test(arguments: samples)
  func becomesCanonicalRowsThatReadBack(expected: Expected) throws {
    let rows = try SampleLog.fixture(expected.fixture).rows
    let lines: [UInt8] = rows.flatMap { (row: UsageRow) -> [UInt8] in CanonicalRow.line(row) + [0x0A] }
    var options = UsageLogReader.Options()
    options.format = "rows"
    let back = try SampleLog.read(lines, options)
    #expect(back.rows.map(described) == rows.map(described))
    #expect(back.problems.isEmpty)
  }

  /// ts in milliseconds; 12:00 without a zone, where the reader says +02:00, is 10:00.
  @Test func aTableIsReadByItsColumnMap() throws {
    var options = UsageLogReader.Options()
    options.columns = try ColumnMap(
      parsing:
        "time=ts,model=model_name,input=prompt_tokens,cache_read=cached,output=completion_tokens,requests=calls,charged_usd=usd,tag:team=team"
    )
    options.offset = 120
    let reading = try SampleLog.fixture("synthetic-columns.csv", options)
    #expect(
      reading.rows.map(described) == [
        "2026-06-01T10:00:00Z - rocket-1 input=1000 output=100 cache_read=250 x4 $0.25 team=search",
        #"2026-06-01T10:00:00Z - rocket-1 input=10 output=1 team=a;b "c""#,
      ])
    #expect(reading.notes.otherZones == 1 && reading.notes.untoldZones == 1)
  }

  /// 1000 of prompt beside 250 cached are 1250.
  @Test func theReaderChoosesTheCacheConventionOfATable() throws {
    var options = UsageLogReader.Options()
    options.columns = try ColumnMap(
      parsing: "model=model_name,input=prompt_tokens,cache_read=cached,output=completion_tokens")
    options.isCacheExcluded = true
    let rows = try SampleLog.fixture("synthetic-columns.csv", options).rows
    #expect(rows.first?.counts == "input=1250 output=100 cache_read=250")
  }

  @Test(arguments: [
    "input", "inputs=a,model=m", "input=a", "model=m,input=a,input=b", "model=m,tag:=x", "model=",
  ])
  func aColumnMapMustMakeSense(text: String) {
    #expect(throws: UsageLogError.self) { try ColumnMap(parsing: text) }
  }

  /// An agent's log begins with its parent's three events under the parent's id, and counts 15/5/5/1 of its own; a fork repeats one, then
  /// 120/65/25/6 less 100/60/20/5 are its own.
  @Test func forksOfASessionCountOnlyWhatIsTheirs() throws {
    let seen = DuplicateFilter()
    var rows: [String] = []
    for name in ["main", "agent", "fork"] {
      let file = "codex-cctrail-\(name).jsonl"
      let reading = try SampleLog.read(SampleLog.bytes(file), file: file, seen: seen)
      rows += reading.rows.map(\.counts)
      #expect(reading.problems.isEmpty)
    }
    #expect(rows.count == 5)
    #expect(
      rows.suffix(2) == [
        "input=15 output=5 cache_read=5 reasoning=1", "input=20 output=5 cache_read=5 reasoning=1",
      ])
  }

  /// A line between two totals is lost: the difference still holds what it told. 300 − 100 = 200 and 350 − 300 = 50 become 250.
  @Test func codexTotalsBridgeALostLine() throws {
    let lines = String(decoding: try SampleLog.bytes("codex-cctrail-main.jsonl"), as: UTF8.self).split(
      separator: "\n"
    ).map(String.init)
    var cut = lines
    let middle = try #require(cut.firstIndex { $0.contains("\"total_tokens\":350") })
    cut[middle] = String(cut[middle].prefix(60))
    let reading = try SampleLog.read(cut.joined(separator: "\n"))
    #expect(reading.rows.map(\.counts).last == "input=250 output=40 cache_read=170 reasoning=12")
    #expect(reading.problems.map(\.place.line) == [middle + 1])
  }

  /// What a compaction used is in no other field: 10 + 4 of input, 5 + 2 of output, in two requests.
  @Test func compactionsOfAClaudeSessionCount() throws {
    let line =
      #"{"type":"message","id":"m","model":"claude-rocket-1","usage":{"input_tokens":10,"output_tokens":5,"iterations":[{"type":"message","input_tokens":10,"output_tokens":5},{"type":"compaction","input_tokens":4,"output_tokens":2}]}}"#
    let row = try #require(try SampleLog.read(line).rows.first)
    #expect(row.counts == "input=14 output=7" && row.requests == 2)
  }

  /// A total of prompt, answer and reasoning says that the answer leaves reasoning out: 20 + 30.
  @Test func aServersTotalTellsWhetherItsAnswerHoldsReasoning() throws {
    let line =
      #"{"object":"chat.completion","model":"m","usage":{"prompt_tokens":10,"completion_tokens":20,"total_tokens":60,"completion_tokens_details":{"reasoning_tokens":30}}}"#
    #expect(try SampleLog.read(line).rows.first?.counts == "input=10 output=50 reasoning=30")
  }

  private func described(_ row: UsageRow) -> String { row.described }
}

extension UsageRow {
  var described: String {
    var words = [time?.text ?? "-", provider ?? "-", model, counts]
    if requests != 1 { words.append("x\(requests)") }
    if let mode { words.append(mode.rawValue) }
    if let charged { words.append("$" + charged.text) }
    if let key { words.append("key=" + key) }
    if let requestID { words.append("id=" + requestID) }
    words += tags.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return words.joined(separator: " ")
  }
}

import Facts
import Testing
import TextFormats

@testable import Evaluating

@Suite struct Records {
  private static let key = CellKeyParts(
    EvaluationPrompt(id: "p", messages: [PromptMessage(.user, "Hi")]),
    through: EvaluationRoute(name: "r", baseURL: "https://example.org/v1", api: .chat, model: "m"), trial: 2,
    maxTokens: 16
  ).key

  static func full() throws -> CellRecord {
    var gaps = ChunkGaps()
    for gap in [0, 3_999, 4_000, 900_000_000] as [Int64] { gaps.add(gap) }
    return CellRecord(
      cell: Cell(key: key, run: "run-1", prompt: "p", route: "r", trial: 2),
      attempts: [
        Attempt(
          number: 1, status: 429, failure: .rateLimited, note: "slow down",
          startedAt: Timestamp(seconds: 1_790_000_000),
          duration: 12_000_000, requestID: "req_1", limitHeaders: ["retry-after": "2"], retryAfter: 2000),
        Attempt(
          number: 2, failure: .lost, startedAt: Timestamp(seconds: 1_790_000_003), duration: 0,
          possibleCost: try ExactDecimal(parsing: "0.00125")),
        Attempt(number: 3, status: 200, startedAt: Timestamp(seconds: 1_790_000_009), duration: 800_000_000),
      ],
      stamps: Stamps(
        dispatched: 1, connected: 2, headers: 3, firstDelta: 4, firstAnswerDelta: 5, lastContent: 6,
        streamEnd: 7,
        gaps: gaps, firstChunkTokens: 1),
      wall: 9_000_000_000,
      usage: TokenUsage(
        fresh: 10, cacheRead: 3, cacheWrite: 0, output: 8, reasoning: 2,
        verbatim: try JSONReader.read(Array(#"{"prompt_tokens":13,"x":1.50}"#.utf8))),
      finishReason: "stop", served: CellRecord.Served(model: "m-1", provider: "Azure", fingerprint: "fp_1"),
      answer: .full(
        text: "4\u{1}\"é", toolCalls: [StoredAnswer.ToolCall(name: "add", arguments: "{\"a\":1")]),
      checks: [
        CheckResult(name: "c", kind: "contains", passed: true),
        CheckResult(
          name: "j", kind: "judge", passed: nil, score: try ExactDecimal(parsing: "0.5"), note: "unsure"),
      ],
      costByCatalogue: .known(
        try ExactDecimal(parsing: "0.000123"), priceDate: try CalendarDate(parsing: "2026-11-01")),
      costByProvider: try ExactDecimal(parsing: "0.000124"), withheldLatency: "the client waited",
      endedAt: Timestamp(seconds: 1_790_000_010))
  }

  /// The least that a record holds: an attempt that never got an answer.
  static let bare = CellRecord(
    cell: Cell(key: key, run: "run-1", prompt: "p", route: "r", trial: 1), attempts: [], failure: .cancelled,
    wall: 0, costByCatalogue: .unknown(reason: "the route has no price", knownPart: nil),
    endedAt: Timestamp(seconds: 0))

  @Test func readBackEqual() throws {
    for record in [try Self.full(), Self.bare] {
      #expect(try RecordCodec.read(RecordCodec.bytes(record)) == record)
    }
  }

  /// What is unknown is absent from the bytes: no null, no zero that stands for it.
  @Test func leaveOutWhatIsUnknown() {
    let text = String(decoding: RecordCodec.bytes(Self.bare), as: UTF8.self)
    #expect(!text.contains("null"))
    for key in ["usage", "stamps_ns", "cost_by_provider_usd", "known_part_usd", "served_model"] {
      #expect(!text.contains(key))
    }
  }

  @Test func keepTheDigitsOfTheServersUsage() throws {
    let text = String(decoding: RecordCodec.bytes(try Self.full()), as: UTF8.self)
    #expect(text.contains(#""verbatim":{"prompt_tokens":13,"x":1.50}"#))
  }

  /// Every cut and every single changed byte reads as a record or throws; none crashes.
  @Test func surviveCutAndChangedBytes() throws {
    let bytes = RecordCodec.bytes(try Self.full())
    for end in bytes.indices {
      #expect(throws: RecordError.self) { try RecordCodec.read(Array(bytes[..<end])) }
    }
    for place in bytes.indices {
      for byte in [0x22, 0x30, 0x2D, 0x5D, 0xFF] as [UInt8] {
        var changed = bytes
        changed[place] = byte
        _ = try? RecordCodec.read(changed)
      }
    }
  }

  @Test(arguments: ["\"version\":2", "\"version\":1.5", "\"version\":\"1\""])
  func refuseAnotherVersion(_ version: String) throws {
    let text = String(decoding: RecordCodec.bytes(Self.bare), as: UTF8.self)
      .replacing("\"version\":1", with: version)
    #expect(throws: RecordError.self) { try RecordCodec.read(Array(text.utf8)) }
  }

  @Test func passOnlyWithAnAnswerAndNoFailedCheck() {
    func record(_ failure: FailureClass?, _ passed: [Bool?]) -> CellRecord {
      CellRecord(
        cell: Self.bare.cell, attempts: [], failure: failure, wall: 0,
        checks: passed.map { CheckResult(name: "c", kind: "exact", passed: $0) },
        costByCatalogue: .unknown(reason: "x", knownPart: nil), endedAt: Timestamp(seconds: 0))
    }
    #expect(record(nil, []).passes == true)
    #expect(record(nil, [true, true]).passes == true)
    #expect(record(nil, [true, nil]).passes == nil)
    #expect(record(nil, [nil, false]).passes == false)
    #expect(record(.timeout, [true]).passes == false)
  }

  @Test func keepOnlyAsMuchOfAnAnswerAsIsWanted() {
    // printf 'abc' | sha256sum
    let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    #expect(StoredAnswer(text: "abc", keeping: .none) == .none)
    #expect(StoredAnswer(text: "abc", keeping: .hash) == .hash(sha256: digest, characters: 3))
    #expect(StoredAnswer(text: "abc", keeping: .full) == .full(text: "abc", toolCalls: []))
  }
}

@Suite struct Gaps {
  /// By hand: below 4 µs a class a microsecond; from 4 µs four classes an octave: 4, 5, 6, 7, 8, 10, 12, 14, 16, 20 … µs.
  @Test(
    arguments: [
      (0, 0), (999, 0), (1_000, 1), (3_999, 3), (4_000, 4), (7_999, 7), (8_000, 8), (9_999, 8), (10_000, 9),
      (15_999, 11), (16_000, 12), (19_999, 12), (20_000, 13),
    ] as [(Int64, Int)])
  func haveFourClassesAnOctave(gap: Int64, place: Int) {
    #expect(ChunkGaps.place(gap) == place)
  }

  @Test func classesBeginWhereTheOneBeforeEnds() {
    for place in 0..<200 {
      let start = ChunkGaps.start(of: place)
      #expect(ChunkGaps.place(start) == place)
      if place > 0 { #expect(ChunkGaps.place(start - 1) == place - 1) }
    }
    #expect(ChunkGaps.place(.max) < ChunkGaps.classes)
  }

  @Test func keepTheLargestExactlyAndNeverOverflow() {
    var gaps = ChunkGaps()
    for gap in [5, .max, .max, -3] as [Int64] { gaps.add(gap) }
    #expect(gaps.count == 4)
    #expect(gaps.largest == .max)
    #expect(gaps.total == .max)
  }
}

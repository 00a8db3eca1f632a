import Facts
import Metering
import Testing

/// What is wrong in a log is reported with its line and the reason; the rest is read.
@Suite struct BadInput {
  private func problems(_ reading: SampleLog.Reading) -> [String] {
    reading.problems.map { "\($0.place.line) \($0.reason.rawValue)" }
  }

  private let good = #"{"time":"2026-06-01T10:00:00Z","model":"rocket-1","input":10,"output":1,"id":"a"}"#

  @Test(arguments: [
    (#"{"time":"2026-06-01T10:00:00Z","model":"rocket-1","input":-1,"output":1}"#, "bad_count"),
    (#"{"model":"rocket-1","input":1.5}"#, "bad_count"),
    (#"{"model":"rocket-1","input":"many"}"#, "bad_count"),
    (#"{"model":"rocket-1","input":1e30}"#, "bad_count"),
    (#"{"model":"rocket-1","input":99999999999999999999999}"#, "bad_count"),
    // A thousand million tokens in one request are the most that is believed.
    (#"{"model":"rocket-1","input":1000000001}"#, "bad_count"),
    // Parts that exceed their whole.
    (#"{"model":"rocket-1","input":10,"cache_read":11}"#, "bad_count"),
    (#"{"model":"rocket-1","output":10,"reasoning":11}"#, "bad_count"),
    (#"{"model":"","input":10}"#, "unknown_model"), (#"{"input":10}"#, "unknown_model"),
    (#"{"model":"rocket-1","input":10,"time":"yesterday"}"#, "bad_time"),
    (#"{"model":"rocket-1","input":10,"time":"06/01/2026"}"#, "bad_time"),
    (#"{"model":"rocket-1","input":10,"time":"2026-02-30T00:00:00Z"}"#, "bad_time"),
    // Seconds of 1970, as a broken clock gives them.
    (#"{"model":"rocket-1","input":10,"time":12345}"#, "bad_time"),
    (#"{"model":"rocket-1","input":10,"time":"2027-01-01T00:00:01Z"}"#, "bad_time"),
    (#"{"model":"rocket-1","input":10,"mode":"turbo"}"#, "malformed"),
    (#"{"model":"rocket-1","input":10,"charged_usd":"a lot"}"#, "malformed"),
    (#"{"model":"rocket-1","input":10,"model":"rocket-2"}"#, "malformed"), ("[1,2]", "malformed"),
    ("7", "malformed"),
    (#"{"model":"rocket-1","inp"#, "malformed"), (#"{"model":"rocket-1"#, "malformed"), ("}", "malformed"),
  ])
  func aBadRowIsReportedAndTheOthersAreRead(row: String, reason: String) throws {
    var options = UsageLogReader.Options()
    options.latest = try Timestamp(parsing: "2027-01-01T00:00:00Z")
    let other = good.replacing("\"a\"", with: "\"b\"")
    for text in ["\(good)\n\(row)\n\(other)\n", "\(good)\r\n\(row)\r\n\(other)"] {
      let reading = try SampleLog.read(text, options)
      #expect(problems(reading) == (row == "[1,2]" ? ["2 malformed", "2 malformed"] : ["2 \(reason)"]))
      #expect(reading.rows.map(\.requestID) == ["a", "b"])
    }
  }

  @Test func aLogCutInItsLastLineGivesTheLinesBefore() throws {
    for cut in 1..<good.utf8.count - 1 {
      let reading = try SampleLog.read(
        good + "\n" + String(decoding: Array(good.utf8)[..<cut], as: UTF8.self))
      #expect(reading.rows.count == 1 && problems(reading) == ["2 malformed"], "cut at \(cut)")
    }
  }

  @Test func aLogCutAtItsHeadGivesTheLinesAfter() throws {
    let reading = try SampleLog.read("rocket-1\",\"input\":3}\n\(good)\n")
    #expect(reading.rows.count == 1 && problems(reading) == ["1 malformed"])
  }

  /// The bucket before the cut is whole.
  @Test func aDocumentThatIsCutGivesTheRecordsBefore() throws {
    let whole = try SampleLog.bytes("synthetic-openai-usage.json")
    let text = String(decoding: whole, as: UTF8.self)
    let twice = text.replacing(
      "    }\n  ],\n  \"has_more\"", with: "    },\n    {\"object\":\"bucket\",\"results\":[{\"object\"")
    let reading = try SampleLog.read(twice)
    #expect(reading.rows.count == 2 && reading.problems.map(\.reason) == [.unknownModel, .malformed])
    #expect(reading.problems.last?.place.line == 2)
  }

  @Test func bytesThatAreNoUTF8AreReportedWithTheirLine() throws {
    // é in Latin-1 is 0xE9.
    let latin =
      Array(#"{"model":"rocket-1","input":5,"tags":{"town":"Orl"#.utf8) + [0xE9] + Array("ans\"}}\n".utf8)
    let reading = try SampleLog.read(Array((good + "\n").utf8) + latin + Array(good.utf8))
    #expect(problems(reading) == ["2 encoding", "3 duplicate"])
    let table =
      Array("model,input,team\nrocket-1,5,a\nrocket-1,6,".utf8) + [0xE9] + Array("\nrocket-1,7,b\n".utf8)
    let rows = try SampleLog.read(table)
    #expect(problems(rows) == ["3 encoding"] && rows.rows.map(\.counts) == ["input=5", "input=7"])
  }

  @Test func marksAndUTF16AreRead() throws {
    let lines = good + "\n" + good.replacing("\"a\"", with: "\"é😀\"") + "\n"
    let marked = try SampleLog.read([0xEF, 0xBB, 0xBF] + Array(lines.utf8))
    #expect(
      marked.rows.map(\.requestID) == ["a", "é😀"] && marked.problems.isEmpty && marked.notes.encoding == nil)
    let units = Array(lines.utf16)
    let little = units.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    for (bytes, name) in [
      ([0xFF, 0xFE] + little, "UTF-16LE"), (little, "UTF-16LE"), ([0xFE, 0xFF] + big, "UTF-16BE"),
      (big, "UTF-16BE"),
    ] {
      let reading = try SampleLog.read(bytes)
      #expect(reading.rows.map(\.requestID) == ["a", "é😀"] && reading.problems.isEmpty)
      #expect(reading.notes.encoding == name)
    }
    // A lone half of a pair, and a file that ends inside a character.
    let line: [UInt8] = Array((good + "\n").utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let broken = line + [0x00, 0xD8, 0x41, 0x00, 0x0A, 0x00, 0x42]
    #expect(problems(try SampleLog.read(broken)) == ["2 encoding", "3 encoding"])
  }

  @Test func rowsThatComeTwiceCountOnce() throws {
    let bare = #"{"time":"2026-06-01T10:00:00Z","model":"rocket-1","input":10,"output":1}"#
    let text = [good, bare, good, bare, bare.replacing("10,", with: "11,")].joined(separator: "\n")
    let seen = DuplicateFilter()
    let first = try SampleLog.read(Array(text.utf8), file: "one", seen: seen)
    #expect(first.rows.count == 3 && problems(first) == ["3 duplicate", "4 duplicate"])
    // Other words for the same request are the same request.
    let again = try SampleLog.read(
      Array((good.replacing("10,", with: "12,") + "\n" + bare).utf8), file: "two", seen: seen)
    #expect(again.rows.isEmpty && problems(again) == ["1 duplicate", "2 duplicate"])
    var options = UsageLogReader.Options()
    options.keepsDuplicates = true
    #expect(try SampleLog.read(text, options).rows.count == 5)
  }

  /// All are 2026-06-01T10:00:00 UTC.
  @Test(arguments: [
    "\"2026-06-01T12:00:00+02:00\"", "\"2026-06-01T19:30:00+0930\"", "\"2026-06-01 05:00:00-05\"",
    "1780308000",
    "1780308000.9", "1780308000123", "\"1780308000123456\"", "1780308000123456789", "1.780308e9",
    "\"2026-06-01 10:00:00 UTC\"", "\"2026-06-01 12:00:00.5 +0200\"", "\"2026-06-01T10:00:00\"",
  ])
  func timesOfOtherClocksAreReadAsUTC(time: String) throws {
    let reading = try SampleLog.read(#"{"model":"rocket-1","input":1,"time":\#(time)}"#)
    #expect(reading.rows.first?.time?.text == "2026-06-01T10:00:00Z")
    let isLocal = time == "\"2026-06-01T10:00:00\""
    let isUTC = time.hasSuffix("UTC\"")
    #expect(reading.notes.untoldZones == (isLocal ? 1 : 0))
    #expect(reading.notes.otherZones == (isLocal || isUTC ? 0 : 1))
  }

  @Test func tablesWithBrokenRecordsKeepTheirOtherRows() throws {
    let text = """
      model,input,team
      rocket-1,1,a
      rocket-1,2
      rocket-1,3,"open
      rocket-1,4,b
      rocket-1,5,"c ""d"", e"
      rocket-1,6,"two
      lines"
      rocket-1,7,"cut
      """
    let reading = try SampleLog.read(text)
    // Line 4 opens a quote that the one of line 6 would close: it is broken alone.
    #expect(problems(reading) == ["3 malformed", "4 malformed", "9 malformed"])
    #expect(reading.rows.map(\.counts) == ["input=1", "input=4", "input=5", "input=6"])
  }

  @Test func linesBeyondTheLimitAreReportedAndPassedOver() throws {
    let long = "{\"model\":\"" + String(repeating: "x", count: 17 * 1024 * 1024) + "\"}"
    let bytes = Array("\(good)\n\(long)\n\(good.replacing("\"a\"", with: "\"b\""))\n".utf8)
    let reading = try SampleLog.read(bytes, piece: 1_000_000)
    #expect(reading.rows.count == 2 && problems(reading) == ["2 malformed"])
  }

  @Test func theFormatMustBePlain() throws {
    // Input and output alone: OpenAI's Responses and Anthropic's Messages both count so.
    let either = #"{"model":"rocket-1","usage":{"input_tokens":5,"output_tokens":6}}"#
    #expect(throws: UsageLogError.ambiguousFormat(file: "log", candidates: ["openai", "anthropic"])) {
      try SampleLog.read(either)
    }
    var options = UsageLogReader.Options()
    options.format = "anthropic"
    #expect(try SampleLog.read(either, options).rows.count == 1)
    options.format = "excel"
    #expect(throws: UsageLogError.noSuchFormat("excel")) { try SampleLog.read(either, options) }
    #expect(throws: UsageLogError.unknownFormat(file: "log", columns: ["a", "b"])) {
      try SampleLog.read("a,b\n1,2\n")
    }
    #expect(throws: UsageLogError.self) { try SampleLog.read(#"{"hello":"world"}"#) }
    #expect(throws: UsageLogError.self) { try SampleLog.read([0x89, 0x50, 0x4E, 0x47, 0x00, 0x01]) }
    var columns = UsageLogReader.Options()
    columns.columns = try ColumnMap(parsing: "model=m,input=n")
    #expect(throws: UsageLogError.missingColumns(file: "log", ["n"], columns: ["m", "x"])) {
      try SampleLog.read("m,x\na,1\n", columns)
    }
    #expect(try SampleLog.read("").rows.isEmpty)
    #expect(try SampleLog.read("\n\n  \n").rows.isEmpty)
  }

  /// Every cut and every changed byte of a log either reads or is reported; nothing crashes.
  @Test(arguments: [
    "synthetic-litellm.jsonl", "synthetic-litellm.csv", "synthetic-otlp.json", "codex-cctrail-fork.jsonl",
  ])
  func survivesCutAndChangedBytes(fixture: String) throws {
    let bytes = try SampleLog.bytes(fixture)
    for place in stride(from: 0, to: bytes.count, by: 11) {
      _ = try? SampleLog.read(Array(bytes[..<place]), piece: 4096)
      for byte in [0, 0x22, 0x0A, 0x2C, 0x7B, 0xFF] as [UInt8] {
        var changed = bytes
        changed[place] = byte
        _ = try? SampleLog.read(changed, piece: 4096)
      }
    }
  }
}

import Facts
import Testing

@testable import Metering

/// What a scanner takes, and what it leaves to the reader of the format.
@Suite struct Scanners {
  /// The counts, times and texts that a scanner read; nil for lines that it leaves.
  private func scan(_ lines: [String], keys: RowKeys = RowKeys(.rows, labels: ["team"])) -> [String?] {
    let text = lines.joined(separator: "\n") + "\n"
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: text.utf8.count + ScanLimits.padding)
    defer { memory.deallocate() }
    memory.initialize(repeating: 0, count: text.utf8.count + ScanLimits.padding)
    for (place, byte) in text.utf8.enumerated() { memory[place] = byte }
    var scanner = JSONRowScanner(keys: keys, longest: text.utf8.count)
    var row = ScannedRow()
    var found: [String?] = []
    var place = UnsafePointer(memory)
    let end = place + text.utf8.count
    while place < end {
      if let next = scanner.scan(place, into: &row) {
        var words: [String] = []
        for field in [RowField.input, .output, .cacheRead, .reasoning] where row.has(field) {
          words.append("\(field) \(row[field])")
        }
        if row.has(.time) { words.append("at \(row.seconds)") }
        for field in [RowField.provider, .model, .key, .id, .label0] {
          if let text = row.text(field) { words.append("\(field) \(text.string)") }
        }
        if row.has(.charged) { words.append("charged \(row.charged)") }
        found.append(words.joined(separator: ", "))
        place = next
      } else {
        found.append(nil)
        place = UnsafePointer(LogChunk.lineEnd(place)) + 1
      }
    }
    return found
  }

  @Test(arguments: [
    (#"{"model":"m","input":1}"#, "input 1, model m"),
    (#"{ "input" : 12345678 , "model":"m" }"#, "input 12345678, model m"),
    (#"{"model":"m","input":1234567890123}"#, "input 1234567890123, model m"),
    (#"{"model":"m","input":0,"output":-0}"#, "input 0, output 0, model m"),
    (#"{"model":"m","input":1.50e2,"output":2E0}"#, "input 150, output 2, model m"),
    (#"{"model":"\u006d\ud83d\ude80\n\\","input":"7"}"#, "input 7, model m🚀\n\\"),
    (#"{"\u006dodel":"é","input":1}"#, "input 1, model é"),
    (#"{"model":5,"key":-1.5e3}"#, "model 5, key -1.5e3"),
    (#"{"model":"m","input":null,"cache_read":3}"#, "cacheRead 3, model m"),
    (#"{"x":{"a":[1,{"b":[]},"]}"]},"model":"m","y":[],"z":{}}"#, "model m"),
    (#"{"model":"m","tags":{"team":"t","x":{"team":"u"}},"team":"v"}"#, "model m, label0 t"),
    (#"{"model":"m","charged_usd":0.000000000000001}"#, "model m, charged 1000"),
    (#"{"model":"m","charged_usd":1.25e-7}"#, "model m, charged 125000000000"),
    (#"{"model":"m","charged_usd":12345678.5}"#, "model m, charged 12345678500000000000000000"),
    (#"{"model":"m","time":"1970-01-02T00:00:01Z"}"#, "at 86401, model m"),
    (#"{"model":"m","time":"1970-01-02 00:00:01.999999999"}"#, "at 86401, model m"),
    (#"{"model":"m","time":"1970-01-02T01:00:01+01:00"}"#, "at 86401, model m"),
    (#"{"model":"m","time":86401.9}"#, "at 86401, model m"), ("{\"model\":\"m\"}\r", "model m"), (#"{}"#, ""),
  ])
  func readOddButValidRows(line: String, row: String) {
    // Once with nothing known of the form, once along a known path.
    #expect(scan([line, line]) == [row, row])
  }

  @Test(arguments: [
    #"{"model":"m""#, #"{"model":"m"}}"#, #"{"model":"m",}"#, #"{"model" "m"}"#, #"{model:"m"}"#,
    #"{"model":'m'}"#,
    #"{"model":"m"} {"#, #"{"model":"m\x"}"#, #"{"model":"\ud800"}"#, #"{"model":"\ud800\u0041"}"#,
    "{\"model\":\"a\u{1}\"}",
    #"{"input":01}"#, #"{"input":1.}"#, #"{"input":.5}"#, #"{"input":+1}"#, #"{"input":1e}"#,
    #"{"input":1.5}"#,
    #"{"input":-1}"#, #"{"input":1e16}"#, #"{"input":NaN}"#, #"{"input":true}"#, #"{"input":[1]}"#,
    #"{"input":"x"}"#,
    #"{"input":1,"input":1}"#, #"{"a":1,"a":2}"#, #"{"\u0061":1,"a":2}"#, #"{"x":[1,]}"#, #"{"x":{"a"}}"#,
    #"{"x":[}"#,
    #"{"x":tru}"#, #"{"x":nul}"#, "[1]", "7", "\"x\"", "", "null", #"{"mode":"turbo"}"#,
    #"{"input_image":5}"#,
    #"{"time":"2026-13-01T00:00:00Z"}"#, #"{"time":"2026-02-29T00:00:00Z"}"#, #"{"time":"soon"}"#,
    #"{"time":"2026-02-01T24:00:00Z"}"#, #"{"charged_usd":"much"}"#,
    "{\"x\":" + String(repeating: "[", count: 80) + String(repeating: "]", count: 80) + "}",
  ])
  func leaveAllElseToTheReaderOfTheFormat(line: String) {
    let good = #"{"model":"m"}"#
    #expect(scan([good, line, good]) == ["model m", nil, "model m"])
  }

  @Test func bytesAreCountedAtEveryLengthAndPlace() {
    // Every third byte is a quote; 5,000 are more than one lane of a word of sixteen counts to.
    let bytes = (0..<5000).map { $0 % 3 == 0 ? JSONScan.quote : UInt8(ascii: "a") }
    bytes.withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return }
      for length in [0, 1, 15, 16, 17, 33, 4079, 4080, 4081, 5000] {
        // 0, 3, 6 … below the length: a third of it, rounded up.
        #expect(ByteWords.count(start, length, of: JSONScan.quote) == (length + 2) / 3)
      }
      // From the second byte on the quotes stand at 2, 5, 8 …
      #expect(ByteWords.count(start + 1, 4996, of: JSONScan.quote) == 1665)
    }
    let alike = [UInt8](repeating: JSONScan.quote, count: 9000)
    alike.withUnsafeBufferPointer { alike in
      #expect(alike.baseAddress.map { ByteWords.count($0, 9000, of: JSONScan.quote) } == 9000)
    }
  }

  /// Bytes that are no UTF-8, in a text that matters and in one that does not.
  @Test func bytesThatAreNoTextAreLeft() {
    for bytes: [UInt8] in [
      [0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82],
    ] {
      for key in ["model", "note"] {
        var scanner = JSONRowScanner(keys: RowKeys(.rows), longest: 100)
        var row = ScannedRow()
        let line =
          Array("{\"\(key)\":\"a".utf8) + bytes + Array("\"}\n".utf8) + [UInt8](repeating: 0, count: 64)
        line.withUnsafeBufferPointer { line in
          guard let start = line.baseAddress else { return }
          let isRead = scanner.scan(start, into: &row) != nil
          #expect(!isRead, "\(bytes) in \(key)")
        }
      }
    }
  }

  /// Twelve keys in every second order: more forms than are kept.
  @Test func aLogWithoutAFormIsReadAllTheSame() {
    var dice = Dice(9)
    let names = (0..<12).map { "k\($0)" }
    let lines = (0..<600).map { number in
      var members = names.map { "\"\($0)\":\(number)" } + ["\"input\":\(number)", "\"model\":\"m\""]
      members.shuffle(using: &dice)
      return "{" + members.joined(separator: ",") + "}"
    }
    #expect(scan(lines) == (0..<600).map { "input \($0), model m" })
    // A key that stands twice is seen even where no form is kept.
    #expect(scan(lines + [lines[3].replacing("\"k5\"", with: "\"k6\"")]).last == .some(nil))
  }

  /// One key before values of every kind, in every order: none hides the others, and none is left to the slow way.
  @Test func valuesOfOtherKindsThanBeforeAreRead() {
    let values = [
      (
        "tags",
        [
          ("null", ""), (#"{"team":"a"}"#, ", label0 a"), ("{}", ""), (#"{"x":1}"#, ""),
          (#"{"team":null}"#, ""),
        ]
      ),
      ("key", [("7", ", key 7"), (#""k""#, ", key k"), ("null", ""), (#""\u006b""#, ", key k")]),
      ("note", [("null", ""), ("1.5", ""), (#""n""#, ""), ("[1]", ""), ("{}", ""), ("false", "")]),
      ("output", [("null", ""), ("3", "output 3, "), (#""3""#, "output 3, ")]),
      (
        "charged_usd",
        [("null", ""), ("1", ", charged 1000000000000000000"), (#""1""#, ", charged 1000000000000000000")]
      ),
      ("mode", [("null", ""), (#""batch""#, "")]),
    ]
    var dice = Dice(3)
    for (key, forms) in values {
      var chosen = forms + forms.reversed()
      for _ in 0..<30 { chosen.append(dice.pick(forms)) }
      let found = scan(chosen.map { #"{"\#(key)":\#($0.0),"model":"m"}"# })
      #expect(found == chosen.map { $0.1.hasPrefix(",") ? "model m" + $0.1 : $0.1 + "model m" }, "\(key)")
    }
  }

  /// Responses with their usage inside; what changes its meaning is left to the format.
  @Test func usageObjectsAreRead() {
    let rows = scan(
      [
        #"{"id":"r","object":"chat.completion","created":100,"model":"m","choices":[{"x":1}],"usage":{"prompt_tokens":9,"completion_tokens":5,"total_tokens":14,"prompt_tokens_details":{"cached_tokens":4,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":2}}}"#,
        #"{"model":"m","usage":{"input_tokens":9,"input_tokens_details":{"cached_tokens":4},"output_tokens":5}}"#,
        #"{"model":"m","usage":{"prompt_tokens":9,"prompt_cache_hit_tokens":4}}"#,
        #"{"model":"m","usage":{"prompt_tokens":9,"input_tokens":9}}"#,
        #"{"response":{"body":{"model":"m"}}}"#,
      ], keys: RowKeys(.responses))
    #expect(
      rows == [
        "input 9, output 5, cacheRead 4, reasoning 2, at 100, model m, id r",
        "input 9, output 5, cacheRead 4, model m", nil,
        nil, nil,
      ])
  }
}

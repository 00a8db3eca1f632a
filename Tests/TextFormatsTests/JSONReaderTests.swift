import Testing
import TextFormats

@Suite struct JSONReading {
  private func read(_ text: String, limits: JSONReader.Limits = .init()) throws -> JSONValue {
    try JSONReader.read(Array(text.utf8), limits: limits)
  }

  @Test func keepsNumbersAsWrittenAndObjectsInOrder() throws {
    let value = try read(#"{"b": 7.50e-08, "a": [1, -0, "x\u00e9\ud83d\ude00\n"]}"#)
    #expect(value["b"] == .number("7.50e-08"))
    #expect(value.object?.members.map(\.key) == ["b", "a"])
    #expect(value["a"]?.array?.last == .string("xé😀\n"))
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "NaN", "Infinity", "-", "01", "1.", ".5", "1e",
    "\"unterminated", "\"bad \\x escape\"",
    "\"control \u{1}\"", "tru", "1 2", "{'a':1}", "{\"a\" 1}", "\"\\ud83d\\u0041\"",
  ])
  func refusesWhatIsNoJSON(text: String) {
    #expect(throws: JSONError.self) { try read(text) }
  }

  @Test func namesPlaceRuleAndHint() {
    let error = #expect(throws: JSONError.self) { try read("{\n  \"price\": 0.5,\n  \"price\": 0.6\n}") }
    #expect(
      error?.description
        == #"a key stands once in an object; "price" stands twice; at line 3, column 15. hint: remove one of the two"#
    )
  }

  @Test func boundsDepthSizeAndTextLength() {
    let deep = String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)
    #expect(throws: JSONError.self) { try read(deep) }
    var limits = JSONReader.Limits()
    limits.stringLength = 10
    #expect(throws: JSONError.self) {
      try read("\"" + String(repeating: "a", count: 11) + "\"", limits: limits)
    }
    limits.size = 5
    #expect(throws: JSONError.self) { try read("[1,2,3]", limits: limits) }
  }

  /// Every prefix of a document and every single changed byte either reads or throws; none crashes.
  @Test func survivesCutAndChangedBytes() throws {
    let document = Array(#"{"models":[{"id":"a/b","x":[true,null,-1.5e+3,"é\u00e9"]}]}"#.utf8)
    for end in document.indices { _ = try? JSONReader.read(Array(document[..<end])) }
    for place in document.indices {
      for byte in [0, 0x22, 0x5C, 0x7B, 0xFF] as [UInt8] {
        var changed = document
        changed[place] = byte
        _ = try? JSONReader.read(changed)
      }
    }
  }
}

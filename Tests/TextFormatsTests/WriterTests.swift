import Testing
import TextFormats

@Suite struct JSONWriting {
  private func read(_ text: String) throws -> JSONValue { try JSONReader.read(Array(text.utf8)) }

  @Test(arguments: [
    #"{"b":7.50e-08,"a":[1,-0,true,null,"é\"\\\n\u0001"],"":{}}"#, "[]", "\"\"", "1.0",
  ])
  func givesBackWhatWasRead(text: String) throws {
    #expect(try read(text).text == text)
  }

  /// Keys by their bytes at every depth: "B" (42) before "a" (61) before "é" (C3 A9).
  @Test func sortsKeysForCanonicalBytes() throws {
    let value = try read(#"{"é":1,"a":[{"z":1,"y":2}],"B":1.0}"#)
    #expect(String(decoding: value.canonicalBytes, as: UTF8.self) == #"{"B":1.0,"a":[{"y":2,"z":1}],"é":1}"#)
  }

  @Test func leavesOutMembersWithoutAValue() {
    #expect(JSONValue.members(["a": nil, "b": .number(3), "b": .null]).text == #"{"b":3}"#)
  }

  @Test(
    arguments: [("3", 3), ("3.0", 3), ("-0", 0), ("9223372036854775807", Int64.max)] as [(String, Int64)])
  func givesWholeNumbers(text: String, number: Int64) throws {
    #expect(try read(text).integer == number)
  }

  @Test(arguments: ["3.5", "\"3\"", "1e40", "null"])
  func givesNoWholeNumberForAnythingElse(text: String) throws {
    #expect(try read(text).integer == nil)
  }
}

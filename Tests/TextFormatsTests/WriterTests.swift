import Foundation
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

@Suite struct JSONTexts {
  private func written(_ text: String, _ escapes: JSONText.Escapes) -> String {
    var bytes: [UInt8] = []
    JSONText.string(text, escapes: escapes, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func eachWayOfEscapingWritesTheSameTextInItsOwnWords() {
    let text = "a\"\\\n\t\u{1}<&>é\u{202E}😀\u{E0001}"
    #expect(written(text, .controls) == #""a\"\\\n\u0009\u0001<&>é"# + "\u{202E}😀\u{E0001}\"")
    #expect(written(text, .numberedControls) == #""a\"\\\u000a\u0009\u0001<&>é"# + "\u{202E}😀\u{E0001}\"")
    // U+202E turns the order of text round, U+E0001 shows nothing: neither reaches a terminal.
    #expect(written(text, .harmless) == #""a\"\\\n\t\u0001\u003c\u0026\u003eé\u202e😀\ufffd""#)
  }

  @Test func indentsAndShortListsAreWrittenForPeople() {
    let value = JSONValue.map([
      ("a", .array([.number(1), .string("b")])), ("c", .map([])), ("d", .array([])),
      ("e", .array([.map([("f", .null)])])), ("g", .array((0..<13).map { .number($0) })),
    ])
    let numbers = (0..<13).map { "    \($0)" }.joined(separator: ",\n")
    #expect(
      String(decoding: JSONText.write(value), as: UTF8.self) == """
        {
          "a": [1, "b"],
          "c": {},
          "d": [],
          "e": [
            {
              "f": null
            }
          ],
          "g": [
        \(numbers)
          ]
        }

        """)
    #expect(
      String(
        decoding: JSONText.file(.map([("a", .array([.bool(true), .number("1e3")])), ("b", .array([]))])),
        as: UTF8.self)
        == "{\n \"a\": [\n  true,\n  1e3\n ],\n \"b\": []\n}\n")
    #expect(String(decoding: JSONText.line(.texts(["a", "b"])), as: UTF8.self) == "[\"a\",\"b\"]\n")
  }

  /// Every text of three scalars from a set of hostile ones is read back by Foundation and by the reader here. (U+FEFF is left out:
  /// Foundation drops it.)
  @Test func whatIsWrittenIsReadBackByFoundation() throws {
    let scalars: [Unicode.Scalar] = [
      "\u{0}", "\u{8}", "\n", "\u{1F}", "\"", "\\", "/", "<", "\u{7F}", "\u{80}", "é", "\u{2028}",
      "😀",
    ]
    for first in scalars {
      for second in scalars {
        for third in scalars {
          let text = String(String.UnicodeScalarView([first, second, third]))
          for escapes in [JSONText.Escapes.controls, .numberedControls] {
            let bytes = Array(written(text, escapes).utf8)
            #expect(try JSONReader.read(bytes) == .string(text))
            let read = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
            #expect((read as? String)?.unicodeScalars.elementsEqual(text.unicodeScalars) == true, "\(bytes)")
          }
        }
      }
    }
  }
}

@Suite struct JSONObjects {
  /// Small objects are searched, large ones indexed: both find the same, and refuse a key that stands there.
  @Test(arguments: [1, 15, 16, 17, 18, 100])
  func membersAreFoundByKeyInObjectsOfAnySize(count: Int) {
    let pairs = (0..<count).map { ("k\($0)", JSONValue.number($0)) }
    var inserted = JSONObject()
    for (key, value) in pairs {
      let isNew = inserted.insert(key, value)
      #expect(isNew)
    }
    let made = JSONObject(unique: pairs)
    for object in [inserted, made] {
      #expect(object.members.map(\.key) == pairs.map(\.0))
      #expect(pairs.allSatisfy { object[$0.0] == $0.1 })
      #expect(object["k\(count)"] == nil)
      var changed = object
      let stands = changed.insert("k\(count - 1)", .null)
      let isNew = changed.insert("k\(count)", .null)
      #expect(!stands && isNew && changed["k\(count)"] == .null)
    }
    #expect(inserted == made)
  }
}

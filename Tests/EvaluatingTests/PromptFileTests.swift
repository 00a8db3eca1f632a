import Facts
import Testing
import TextFormats

@testable import Evaluating

@Suite struct PromptFiles {
  private func read(_ text: String) -> PromptFile { PromptFile(Array(text.utf8), file: "p.jsonl") }

  @Test func readTextsMessagesAndPassOverComments() throws {
    let file = read(
      """
      # a comment

      {"id": "a", "system": "Be brief.", "input": "2+2?", "max_tokens": 8, "temperature": 0.5, "stop": "x"}
      {"id": "b", "messages": [{"role": "user", "content": [{"type": "text", "text": "see"}, {"type": "image", "file": "img/cat.PNG"}]}], "cluster": "c"}
      """)
    #expect(file.problems.isEmpty)
    #expect(file.prompts.map(\.id) == ["a", "b"])
    #expect(file.prompts[0].messages == [PromptMessage(.system, "Be brief."), PromptMessage(.user, "2+2?")])
    #expect(file.prompts[0].temperature?.text == "0.5")
    #expect(file.prompts[0].stop == ["x"])
    #expect(file.prompts[1].pictures == [PromptPicture(file: "img/cat.PNG", mediaType: .png)])
  }

  /// What is written reads back equal, with every kind of part, tool and check.
  @Test func readBackWhatTheyWrite() throws {
    let text = #"""
      {"id":"t","messages":[{"role":"user","content":"w?"},{"role":"assistant","content":[{"type":"tool_call","id":"c1","name":"look","arguments":{"q":"x"}}]},{"role":"tool","content":[{"type":"tool_result","id":"c1","text":"y"}]}],"tools":[{"name":"look","description":"d","parameters":{"type":"object"},"strict":true}],"tool_choice":{"name":"look"},"response_format":{"type":"json_schema","name":"n","schema":{"type":"object"},"strict":false},"checks":[{"type":"exact","value":"a"},{"type":"contains","value":"b","ignore_case":true},{"type":"lacks","value":"c"},{"type":"regex","value":"^d+$","name":"own"},{"type":"json"},{"type":"json","schema":{"type":"object"}},{"type":"tool_call","tool":"look","arguments":{"q":"x"}},{"type":"number","value":4.5,"tolerance":0.1},{"type":"length","min":1,"max":9},{"type":"command","command":["./check","-v"],"timeout_seconds":5},{"type":"judge","route":"j","instructions":"Is it good?","pass":0.7}],"cluster":"c","max_tokens":9,"temperature":0.2,"top_p":1,"seed":7,"stop":["s","t"]}
      """#
    let file = read(text)
    #expect(file.problems == [])
    let prompt = try #require(file.prompts.first)
    #expect(prompt.checks.count == 11)
    #expect(try PromptCodec.read(PromptCodec.line(prompt).bytes) == prompt)
  }

  @Test func takeTheFormsOfChatCompletions() throws {
    let file = read(
      #"{"id":"a","input":"x","tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],"tool_choice":{"type":"function","function":{"name":"f"}},"response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{}}}}"#
    )
    #expect(file.problems == [])
    #expect(file.prompts.first?.tools.map(\.name) == ["f"])
    #expect(file.prompts.first?.toolChoice == .named("f"))
    #expect(
      file.prompts.first?.responseFormat
        == .jsonSchema(name: "n", schema: .object(JSONObject()), isStrict: nil))
  }

  /// The line and the place, and no prompt, for every way to be wrong.
  @Test(
    arguments: [
      (#"{"id": "x", "input": }"#, ""), ("[1]", ""), (#"{"input": "x"}"#, "id"),
      (#"{"id": "", "input": "x"}"#, "id"),
      (#"{"id": 5, "input": "x"}"#, "id"), (#"{"id": "x"}"#, ""), (#"{"id": "x", "input": 5}"#, "input"),
      (#"{"id": "x", "input": "y", "messages": []}"#, "messages"),
      (#"{"id": "x", "messages": []}"#, "messages"),
      (#"{"id": "x", "messages": [{"role": "robot", "content": "y"}]}"#, "messages[0].role"),
      (#"{"id": "x", "messages": [{"content": "y"}]}"#, "messages[0].role"),
      (#"{"id": "x", "messages": [{"role": "user"}]}"#, "messages[0].content"),
      (#"{"id": "x", "messages": ["y"]}"#, "messages[0]"),
      (#"{"id": "x", "messages": [{"role": "tool", "content": "y"}]}"#, "messages[0].content[0]"),
      (
        #"{"id": "x", "messages": [{"role": "user", "content": [{"type": "sound"}]}]}"#,
        "messages[0].content[0].type"
      ),
      (
        #"{"id": "x", "messages": [{"role": "user", "content": [{"type": "image", "file": "../secret.png"}]}]}"#,
        "messages[0].content[0].file"
      ),
      (
        #"{"id": "x", "messages": [{"role": "user", "content": [{"type": "image", "file": "/etc/a.png"}]}]}"#,
        "messages[0].content[0].file"
      ),
      (
        #"{"id": "x", "messages": [{"role": "user", "content": [{"type": "image", "file": "passwd"}]}]}"#,
        "messages[0].content[0].media_type"
      ),
      (#"{"id": "x", "input": "y", "max_tokens": 0}"#, "max_tokens"),
      (#"{"id": "x", "input": "y", "max_tokens": 1.5}"#, "max_tokens"),
      (#"{"id": "x", "input": "y", "temperature": 3}"#, "temperature"),
      (#"{"id": "x", "input": "y", "temperature": "hot"}"#, "temperature"),
      (#"{"id": "x", "input": "y", "maxtokens": 5}"#, "maxtokens"),
      (#"{"id": "x", "input": "y", "checks": [{"type": "vibes"}]}"#, "checks[0].type"),
      (#"{"id": "x", "input": "y", "checks": [{"type": "contains"}]}"#, "checks[0].value"),
      (#"{"id": "x", "input": "y", "checks": [{"type": "contains", "value": ""}]}"#, "checks[0].value"),
      (#"{"id": "x", "input": "y", "checks": [{"type": "regex", "value": "("}]}"#, "checks[0].value"),
      (#"{"id": "x", "input": "y", "checks": [{"type": "length"}]}"#, "checks[0]"),
      (#"{"id": "x", "input": "y", "checks": [{"type": "length", "min": 5, "max": 2}]}"#, "checks[0].max"),
      (#"{"id": "x", "input": "y", "checks": [{"type": "judge", "instructions": "z"}]}"#, "checks[0].route"),
      (#"{"id": "x", "input": "y", "checks": [{"type": "command", "command": []}]}"#, "checks[0].command"),
      (#"{"id": "x", "input": "y", "tools": [{"parameters": {}}]}"#, "tools[0].name"),
      (#"{"id": "x", "input": "y", "tools": [{"name": "a b"}]}"#, "tools[0].name"),
      (#"{"id": "x", "input": "y", "tool_choice": {"name": "f"}}"#, "tool_choice"),
      (#"{"id": "x", "input": "y", "response_format": {"type": "xml"}}"#, "response_format"),
      (#"{"id": "x", "id": "z", "input": "y"}"#, ""),
    ] as [(String, String)])
  func sayWhatIsWrongAndWhere(line: String, path: String) {
    let file = read("{\"id\": \"good\", \"input\": \"x\"}\n" + line + "\n")
    #expect(file.problems.contains { $0.line == 2 && $0.path == path }, "\(file.problems)")
    #expect(file.problems.allSatisfy { !$0.rule.isEmpty && !$0.hint.isEmpty && $0.line == 2 })
    #expect(file.prompts.map(\.id) == ["good"])
  }

  @Test func nameBothLinesOfAnIDThatStandsTwice() {
    let file = read("{\"id\": \"a\", \"input\": \"x\"}\n\n{\"id\": \"a\", \"input\": \"y\"}")
    #expect(file.problems.first?.description.contains("p.jsonl line 3, id") == true)
    #expect(file.problems.first?.description.contains("line 1 already") == true)
  }

  @Test func areNotEmptyAndAreUTF8() {
    #expect(read("\n# nothing\n").problems.count == 1)
    let file = PromptFile(Array("{\"id\": \"a\", \"input\": \"".utf8) + [0xFF] + Array("\"}".utf8), file: "p")
    #expect(file.problems.first?.rule == "a line is UTF-8")
  }

  /// A file that is wrong throughout ends with some problems, not with a million.
  @Test func boundTheProblems() {
    #expect(read(String(repeating: "x\n", count: 5000)).problems.count <= PromptFile.mostProblems)
  }

  @Test func surviveCutAndChangedBytes() {
    let bytes = Array(
      #"{"id":"t","messages":[{"role":"user","content":[{"type":"text","text":"é\n"}]}],"checks":[{"type":"number","value":4.5}],"tools":[{"name":"f","parameters":{}}]}"#
        .utf8)
    for end in bytes.indices { _ = PromptFile(Array(bytes[..<end]), file: "p") }
    for place in bytes.indices {
      for byte in [0x22, 0x30, 0x5B, 0x7D, 0xC3] as [UInt8] {
        var changed = bytes
        changed[place] = byte
        _ = PromptFile(changed, file: "p")
      }
    }
  }
}

@Suite struct Pictures {
  @Test(
    arguments: [
      ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], .png), ([0xFF, 0xD8, 0xFF, 0xE0], .jpeg),
      (Array("GIF89a".utf8), .gif), (Array("RIFF\u{4}\u{0}\u{0}\u{0}WEBPVP8 ".utf8), .webp),
      (Array("<svg>".utf8), nil),
      ([], nil),
    ] as [([UInt8], PromptPicture.MediaType?)])
  func areToldByTheirFirstBytes(bytes: [UInt8], type: PromptPicture.MediaType?) {
    #expect(PromptPicture.MediaType(signature: bytes) == type)
  }
}

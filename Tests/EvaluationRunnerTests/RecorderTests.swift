import Testing

@testable import EvaluationRunner

@Suite struct Recorders {
  @Test(
    arguments: [
      (#"data: {"a":1}"# + "\n\n", false), (#"data: {"a":"# + "\n\n", true), (#"data: {"a":"#, false),
      ("event: x\n" + #"data: {"a":"# + "\n\n", true), ("data: [DONE]\n\n", false),
      (#"data: {"a":1}"# + "\n\n" + #"data: {"b"# + "\n\n", true),
      // Data of several lines are one document.
      ("data: {\ndata: {\n\n", false), ("data: {\ndata: \"a\": {\n\n", false), (": hello, world\n\n", false),
    ])
  func seeAnEventThatIsCut(text: String, expected: Bool) {
    #expect(ReplyRecorder.endsBroken(Array(text.utf8)) == expected)
  }
}

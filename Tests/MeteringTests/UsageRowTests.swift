import Metering
import Testing

@Suite struct RowProblems {
  @Test func messagesOfHostileRowsAreShortAndHarmless() {
    let problem = RowProblem(
      place: RowPlace(file: "log.jsonl", line: 3), reason: .malformed,
      message: "\u{1B}[31m" + String(repeating: "x", count: 10_000))
    #expect(problem.message.unicodeScalars.count <= 121)
    #expect(!problem.message.contains("\u{1B}"))
  }
}

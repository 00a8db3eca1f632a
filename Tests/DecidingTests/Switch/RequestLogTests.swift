import Deciding
import Facts
import Foundation
import Reports
import Testing

/// `Fixtures/requests.jsonl` was written by hand: 100 calls to gpt-4o, every other one under `request`, and 5 to gpt-3.5-turbo; one line
/// is no JSON and one no request.
@Suite struct RequestLogs {
  private func log() throws -> RequestLog {
    let path = try #require(
      Bundle.module.path(forResource: "requests", ofType: "jsonl", inDirectory: "Fixtures"))
    var log = RequestLog()
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
      log.read(line: Array(line.utf8))
    }
    return log
  }

  @Test func countsWhatCallsSet() throws {
    let log = try log()
    #expect(log.total == 105 && log.unread == 2)
    // 7 with 0.2, 3 with 1.0, and the 5 of the other model; two set null, which sets nothing.
    #expect(log.count { $0.parameters["temperature"] != nil } == 15)
    #expect(log.count { $0.parameters["max_tokens"] != nil } == 40)
    #expect(log.count { $0.parameters["max_completion_tokens"] != nil } == 5)
    // Calls 0 and 50.
    #expect(log.count { $0.parameters["logit_bias"] != nil } == 2)
    #expect(log.count(\.hasSystem) == 25 && log.count(\.hasTools) == 6 && log.count(\.hasImages) == 1)
    #expect(log.count(\.forcesTool) == 1 && log.count(\.hasBegunAnswer) == 1)
  }

  @Test(arguments: [
    (7, 100, "7%"), (1, 3, "33.3%"), (2, 3, "66.7%"), (1, 5000, "less than 0.1%"), (0, 9, "0%"),
    (1, 2000, "0.1%"), (9, 9, "100%"), (0, 0, "0%"),
  ])
  func shareIsRoundedHalfUpAndNeverToAZeroThatIsNone(calls: Int, of: Int, text: String) {
    #expect(SwitchLine.Share(calls: calls, of: of).text == text)
  }

  @Test(arguments: [
    #"{"contents":[{"parts":[{"inlineData":{"data":"x"}}],"role":"user"}],"generationConfig":{"temperature":0.5,"maxOutputTokens":9},"systemInstruction":{}}"#,
    #"{"body":{"modelId":"x","messages":[{"role":"user","content":[{"image":{}}]}],"system":[{"text":"s"}],"inferenceConfig":{"temperature":0.5,"max_output_tokens":9}}}"#,
  ])
  func readsTheFormsOfOtherAPIs(line: String) throws {
    var log = RequestLog()
    log.read(line: Array(line.utf8))
    let call = try #require(log.calls.keys.first)
    #expect(call.parameters["temperature"] == "0.5" && call.parameters["max_output_tokens"] == "9")
    #expect(call.hasSystem && call.hasImages && !call.hasTools)
  }
}

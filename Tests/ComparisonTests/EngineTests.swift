import Platform
import Testing

@testable import CLI

@Suite struct EngineAddresses {
  /// What stands among a program's arguments is seen by everybody on the machine.
  @Test func keepPasswordsApart() {
    let url = EngineURL("postgres://me%40home:s%3Acret@db:5432/logs?sslmode=require")
    #expect(url.scheme == "postgres" && url.user == "me@home" && url.password == "s:cret")
    #expect(url.withoutPassword == "postgres://me%40home@db:5432/logs?sslmode=require")
    #expect(url.withoutUser == "postgres://db:5432/logs?sslmode=require")
  }

  @Test(arguments: [
    ("http://host:8123/", "http://host:8123/"), ("https://u@host/?database=a", "https://host/?database=a"),
    ("HTTP://u:p@[::1]:8123", "http://[::1]:8123"),
  ]) func areTakenApart(_ text: String, _ rest: String) {
    #expect(EngineURL(text).withoutUser == rest)
  }

  @Test func ofOtherEnginesAreRefused() {
    #expect(throws: CommandProblem.self) { try EngineClient(.postgres, url: "http://host") }
    #expect(throws: CommandProblem.self) { try EngineClient(.clickhouse, url: "postgres://host/db") }
    #expect(throws: CommandProblem.self) { try EngineClient(.postgres, url: nil) }
  }
}

@Suite struct EngineAnswers {
  @Test func ofClientsAreReadAsCSV() throws {
    let text = "day,model\r\n2026-01-01,\"a \"\"b\"\", c\nd\"\n,\\N\n\"\",x"
    #expect(
      try EngineAnswer.rows(Array(text.utf8)) == [
        ["day", "model"], ["2026-01-01", "a \"b\", c\nd"], [nil, nil], ["", "x"],
      ])
    #expect(throws: CommandProblem.self) { try EngineAnswer.rows(Array("\"open".utf8)) }
  }

  @Test func unknownCostsMakeNoTotal() throws {
    let report = EngineReport(
      keys: [.model], units: [.input], hasCharged: false,
      rows: [
        ["a", "2", "2", "0", "0", "0", "0", "10", "0.500000000000000000", "0.500000000000000000"],
        [nil, "1", "0", "0", "1", "0", "0", "7", "0.000000000000000000", nil],
      ], catalogue: nil)
    #expect(try !report.isComplete())
    let text = try report.text()
    #expect(text.contains("2 of 3 rows priced; cost unknown, known part $0.5"))
    #expect(text.contains("1 of 3: no known route"))
  }
}

@Suite struct ClientPrograms {
  @Test func readWhatTheyAreGivenAndNothingOfAShell() throws {
    let answer = try ClientProgram.run("cat", [], input: Array("a; $(b) `c`".utf8))
    #expect(String(decoding: answer, as: UTF8.self) == "a; $(b) `c`")
    let words = try ClientProgram.run("printf", ["%s|", "$HOME; ls", "*"], input: [])
    #expect(String(decoding: words, as: UTF8.self) == "$HOME; ls|*|")
  }

  @Test func failWithoutTheirSecrets() throws {
    let problem = #expect(throws: ClientProblem.self) {
      try ClientProgram.run(
        "sh", ["-c", "echo \"wrong $PGPASSWORD\" >&2; exit 3"], input: [],
        environment: ["PGPASSWORD": "hunter2"], secrets: ["hunter2"])
    }
    let words = try #require(problem).description
    #expect(words.contains("wrong …") && !words.contains("hunter2"))
  }

  @Test func thatAreMissingSaySo() {
    #expect(throws: ClientProblem.self) { try ClientProgram.run("no-such-client", [], input: []) }
    #expect(!ClientProgram.exists("no-such-client"))
  }

  /// More than a pipe holds, both ways: 8 MB of input come back.
  @Test func takeAndGiveMoreThanAPipeHolds() throws {
    let input = [UInt8](repeating: 97, count: 8_000_000)
    #expect(try ClientProgram.run("cat", [], input: input) == input)
  }
}

import Evaluating
import Testing

@testable import EvaluationRunner

@Suite struct OwnCommands {
  private static func run(_ script: String, input: String = "answer", seconds: Int64 = 3600) async
    -> CommandCheck.Outcome
  {
    await OwnCommand.run(["sh", "-c", script], input: input, seconds: seconds)
  }

  @Test func readTheAnswerAndPassByExitCode() async {
    #expect(await Self.run(#"test "$(cat)" = answer"#) == .exited(0))
    #expect(await Self.run("exit 3") == .exited(3))
    #expect(await Self.run("kill -TERM $$") == .signalled(15))
    #expect(await OwnCommand.run(["no-such-program-at-all"], input: "", seconds: 1) == .exited(127))
  }

  /// More than a pipe holds, to a program that reads all of it and to one that reads nothing.
  @Test func takeLongAnswersAndProgramsThatDoNotRead() async {
    let long = String(repeating: "x", count: 1_000_000)
    #expect(await Self.run(#"test "$(wc -c)" -eq 1000000"#, input: long) == .exited(0))
    #expect(await Self.run("exit 0", input: long) == .exited(0))
  }

  @Test func stopAtTheirTimeLimitWithAllThatTheyStarted() async {
    let start = MonotonicClock.now()
    #expect(await Self.run("sleep 3600 & sleep 3600", seconds: 1) == .timedOut)
    // Far less than the programs would take, on a machine that is busy with everything else.
    #expect(MonotonicClock.now() - start < 600_000_000_000)
  }

  /// Keys of the environment are not handed on.
  @Test func seeNoKey() async {
    #expect(
      await Self.run(#"test -z "$(env | grep -v -E '^(PATH|HOME|LANG|LC_ALL|TMPDIR|USER|PWD|SHLVL|_)=')""#)
        == .exited(0))
  }
}

/// Reads what a check's own program came to. Whoever has a clock and processes runs it: the answer goes to its stdin, and it is
/// stopped at its time limit.
///
/// Such a program has all rights of the person who starts the evaluation, and its input comes from a model. Only who trusts the
/// author of the prompts file should allow it.
package enum CommandCheck {
  package enum Outcome: Hashable, Sendable {
    case exited(Int32)
    /// Killed by a signal, not by the time limit.
    case signalled(Int32)
    case timedOut
    /// It could not be started, or was not allowed.
    case notRun(String)
  }

  /// Passes by exit code 0 and fails by any other; what did not end by itself is undecided. 126 and 127 are the shell's words for
  /// “cannot be run” and “not found” (POSIX.1-2017, XCU 2.8.2).
  package static func result(_ check: PromptCheck, _ outcome: Outcome) -> CheckResult {
    let (passed, note): (Bool?, String?) =
      switch outcome {
      case .exited(0): (true, nil)
      case .exited(126), .exited(127): (nil, "the program could not be run")
      case .exited(let code): (false, "exit code \(code)")
      case .signalled(let signal): (nil, "ended by signal \(signal)")
      case .timedOut: (nil, "stopped at its time limit")
      case .notRun(let reason): (nil, reason)
      }
    return CheckResult(name: check.name, kind: check.kind.name, passed: passed, note: note)
  }
}

import ArgumentParser

/// How a worker runs.
struct EvaluationRunOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp("Time after which nothing more is sent: 90s, 30m, 2h.", valueName: "TIME"))
  var deadline: String?
  @Flag(
    name: .customLong("allow-commands"),
    help:
      "Run programs that checks of the prompts file name, with your rights and the model's answer on their stdin."
  )
  var allowCommands = false
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Seconds for which cells are held at a time where workers share a run.", valueName: "60"))
  var lease: Int64 = 60
  @Flag(name: .long, help: "Write JSON: Schemas/evaluation-run-1.schema.json.") var json = false

  /// The options once they are right.
  struct Checked {
    let secondsLeft: Int64?
    let allowsCommands: Bool
    /// Milliseconds.
    let lease: Int64
    let json: Bool
  }

  func checked() throws -> Checked {
    guard (1...86_400).contains(lease) else {
      throw CommandProblem("--lease is from 1 to 86400 seconds", hint: "write --lease 60")
    }
    return Checked(
      secondsLeft: try deadline.map(Self.seconds), allowsCommands: allowCommands, lease: lease * 1000,
      json: json)
  }

  private static func seconds(_ text: String) throws -> Int64 {
    let factors: [Character: Int64] = ["s": 1, "m": 60, "h": 3600]
    if let unit = text.last, let factor = factors[unit], let count = Int64(text.dropLast()),
      (1...1_000_000).contains(count)
    {
      return count * factor
    }
    throw CommandProblem("--deadline \(text.bounded) is no time", hint: "write 90s, 30m or 2h")
  }
}

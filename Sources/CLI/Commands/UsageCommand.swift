import ArgumentParser

struct UsageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "usage", abstract: "Read usage logs: import them, and sum what they hold.",
    subcommands: [UsageImportCommand.self, UsageReportCommand.self])
}

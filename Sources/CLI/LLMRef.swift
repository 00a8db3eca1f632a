import ArgumentParser
import Cataloguing
import Documents
import Facts
import Platform

/// The program. Exit codes: 0 done, 1 findings, 2 could not run.
public struct LLMRef: AsyncParsableCommand {
  public static let programVersion = "0.1.0"

  public static let configuration = CommandConfiguration(
    commandName: "llmref",
    abstract: "A reference of large language models that you own: every fact with its source.",
    discussion: """
      Examples:
        llmref compare gpt-5.3-codex-spark ling-2.6-1t
        llmref compare claude-sonnet-4.5 gpt-5.2 --input-tokens 2B --output-tokens 300M --format markdown
        llmref explain inclusionai/ling-2.6-1t license
        llmref resolve us.anthropic.claude-sonnet-4-5-20250929-v1:0
      """,
    subcommands: [
      CompareCommand.self, ShortlistCommand.self, DecideCommand.self, SwitchCommand.self, ModelCommand.self,
      ProviderCommand.self, SearchCommand.self, ResolveCommand.self, ExplainCommand.self, CostCommand.self,
      UsageCommand.self, RepriceCommand.self, EvalCommand.self, AuditCommand.self, ExportCommand.self,
      ServeCommand.self, SiteCommand.self, MCPCommand.self, SyncCommand.self, ChangesCommand.self,
      CatalogueCommand.self,
    ])

  @Flag(name: .long, help: "Print the program's version and the catalogue's date and digest.") var version =
    false

  public init() {}

  public func run() async throws {
    guard version else { throw CleanExit.helpRequest(self) }
    let catalogue = try CatalogueStore.open(.usual, settings: .current())
    Output.line("llmref \(Self.programVersion)")
    Output.line("catalogue \(catalogue.date?.text ?? Display.unknown) sha256 \(catalogue.digest ?? "none")")
  }

  /// Runs the arguments of the process and gives its exit code.
  public static func start(_ arguments: [String]) async -> Int32 {
    do {
      var command = try parseAsRoot(arguments)
      if var waiting = command as? any AsyncParsableCommand {
        try await waiting.run()
      } else {
        try command.run()
      }
      return 0
    } catch let code as ExitCode {
      return code.rawValue
    } catch {
      let isHelp = exitCode(for: error) == .success
      let message = fullMessage(for: error)
      if isHelp {
        Output.line(message)
      } else {
        Output.talk(message.hasPrefix("Error: ") ? "llmref: " + message.dropFirst(7) : message)
      }
      return isHelp ? 0 : 2
    }
  }
}

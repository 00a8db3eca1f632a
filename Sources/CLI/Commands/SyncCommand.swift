import ArgumentParser
import Cataloguing
import Documents
import Facts
import Fetching
import Importing
import Platform
import Rendering

struct SyncCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync", abstract: "Fetch newer snapshots of the sources into your own catalogue.",
    discussion: """
      Fetches the sources that are published in a format an importer reads: \(Importers.requests.map(\.id.rawValue).joined(separator: ", ")). All of them are fetched,
      checked and read before anything changes; any fault changes nothing. A source that lost more than a tenth of its records,
      or that is older than the one kept, is refused. What a source no longer lists stays as a tombstone. The catalogue, the
      snapshots and the history of changes are kept under LLMREF_HOME, else $XDG_DATA_HOME/llmref.

      Examples:
        llmref sync
        llmref sync --source litellm
        llmref sync --from /media/stick     reads DIR/litellm.json and so on, without a network
        llmref sync --source models-dev --address models-dev=https://mirror.example/api.json
      """)

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("A source to sync; all when left out.", valueName: "ID"))
  var source: [String] = []
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("Another address of a source.", valueName: "ID=URL"))
  var address: [String] = []
  @Option(name: .long, help: ArgumentHelp("Read files named by source from a folder.", valueName: "DIR"))
  var from: String?
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("Take a loss or an older file of this source.", valueName: "ID"))
  var accept: [String] = []
  @Option(name: .long, help: ArgumentHelp("Seconds until an answer must have ended.", valueName: "N"))
  var timeout = 120
  @Option(name: .long, help: ArgumentHelp("Attempts for each source.", valueName: "N")) var attempts = 3
  @Option(name: .long, help: ArgumentHelp("Changes of each source that are printed.", valueName: "N"))
  var most = 20
  @Flag(name: .long, help: "Print JSON.") var json = false

  func run() async throws {
    guard (1...3600).contains(timeout), (1...10).contains(attempts), most >= 0 else {
      throw CommandProblem("--timeout is 1 to 3600 seconds, --attempts 1 to 10", hint: "leave them out")
    }
    var bounds = Fetcher.Bounds()
    bounds.seconds = timeout
    bounds.attempts = attempts
    let run = SyncRun(
      settings: .current(), sources: try sources(), folder: from,
      accepted: Set(try accept.map { try request($0).id }),
      bounds: bounds, now: Clock.now())
    if let from, !run.sources.contains(where: { Files.exists("\(from)/\($0.request.id).json") }) {
      throw CommandProblem(
        "\(from.bounded) has no file of a source",
        hint: "files are named \(run.sources.map { "\($0.request.id).json" }.joined(separator: ", "))")
    }
    let outcome = try await run.run()
    if json {
      Output.write(JSONText.write(data(outcome)))
      return
    }
    for id in outcome.unchanged { Output.line("\(id): unchanged") }
    for source in outcome.sync?.sources ?? [] {
      Output.line(ChangeText.summary(source))
      for change in source.changes.prefix(most) { Output.line("  " + ChangeText.line(change)) }
      if source.changes.count > most {
        Output.line("  and \(source.changes.count - most) more; llmref changes lists all")
      }
    }
  }

  private func request(_ id: String) throws -> SourceRequest {
    if let request = Importers.requests.first(where: { $0.id.rawValue == id }) { return request }
    throw CommandProblem(
      "no source that can be fetched is called \"\(id.bounded)\"",
      hint: "they are \(Importers.requests.map(\.id.rawValue).joined(separator: ", "))")
  }

  private func sources() throws -> [(request: SourceRequest, address: String)] {
    var addresses: [SourceID: String] = [:]
    for text in address {
      let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2 else {
        throw CommandProblem(
          "\"\(text.bounded)\" names no source and address", hint: "write litellm=https://…")
      }
      addresses[try request(sides[0]).id] = sides[1]
    }
    let requests = try source.isEmpty ? Importers.requests : source.map(request)
    return requests.map { ($0, addresses[$0.id] ?? $0.address) }
  }

  private func data(_ outcome: SyncRun.Outcome) -> DataValue {
    .map([
      ("schema", .text("llmref/sync/1")), ("unchanged", .texts(outcome.unchanged.map(\.rawValue))),
      ("syncs", .list(outcome.sync.map { [SyncHistory.data($0)] } ?? [])),
    ])
  }
}

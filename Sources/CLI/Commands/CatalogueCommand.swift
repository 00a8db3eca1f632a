import ArgumentParser
import Cataloguing
import Deciding
import Documents
import Facts
import Importing
import Platform
import Rendering
import TextFormats

struct CatalogueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalogue",
    abstract: "Build a catalogue, count what it holds, list what is wrong in its data.",
    subcommands: [CatalogueBuild.self, CatalogueStats.self, CatalogueFindings.self, CatalogueCheck.self])
}

struct CatalogueBuild: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Build a catalogue from fetched sources, the curated layer and the policy.",
    discussion: """
      Same inputs give the same bytes; the SHA-256 is printed. A fault in a curated file stops the build.

      Example:
        bin/fetch-sources && llmref catalogue build --data Data --output Data/catalogue/catalogue.llmref
      """)

  @Option(name: .long, help: ArgumentHelp("Folder with policy/, curated/ and sources/.", valueName: "DIR"))
  var data = "Data"

  @Option(
    name: .long,
    help: ArgumentHelp("File to write; a header with its digest is written beside it.", valueName: "FILE"))
  var output = "Data/catalogue/catalogue.llmref"

  @Option(name: .long, parsing: .singleValue, help: .hidden) var untaught: [String] = []

  @Flag(name: .long, help: "Write JSON.") var json = false

  func run() throws {
    var contents = try SourceFolder(root: data).build(untaught: Set(untaught.map { SourceID($0) })) {
      Output.progress("reading \($0)")
    }
    if untaught.isEmpty, let day = contents.frame.date {
      try CuratedFiles.refuseFaults(
        in: data, against: Catalogue(contents: contents), asOf: day, today: Clock.today())
    }
    if untaught.isEmpty, let day = contents.frame.date {
      Output.progress("choosing neighbours")
      try Neighbourhood.complete(&contents, asOf: day)
    }
    let bytes = try SnapshotFormat.write(contents)
    try refuseLoss(contents)
    let digest = Digest.sha256(bytes)
    try Files.write(bytes, to: output)
    let folder = output.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
      separator: "/")
    let header = "// Written by `llmref catalogue build`.\n#define LLMREF_CATALOGUE_DIGEST \"\(digest)\"\n"
    try Files.write(Array(header.utf8), to: (folder.isEmpty ? "." : folder) + "/catalogue-digest.h")
    let routes = contents.models.map(\.routes.count).reduce(0, +)
    if json {
      Output.write(
        JSONText.write(
          .map([
            ("schema", .text("llmref/build/1")), ("digest", .text(digest)), ("bytes", .integer(bytes.count)),
            ("models", .integer(contents.models.count)),
            ("routes", .integer(routes)), ("import_findings", .integer(contents.findings.count)),
          ])))
    } else {
      Output.line("sha256 \(digest)")
      Output.line(
        "\(contents.models.count) models, \(routes) routes, \(contents.findings.count) import findings, \(bytes.count) bytes"
      )
    }
  }

  /// A build that loses more than a tenth of the models of the catalogue it replaces is refused.
  private func refuseLoss(_ contents: CatalogueContents) throws {
    guard Files.exists(output), let old = try? Files.read(output), !old.isEmpty,
      let catalogue = try? Catalogue(snapshot: SnapshotFile(bytes: old, digest: "")),
      let before = try? catalogue.summaries()
    else { return }
    let known = Set(contents.models.map(\.id))
    let lost = before.filter { !known.contains($0.id) }
    guard untaught.isEmpty, lost.count * 10 > before.count else { return }
    throw CommandProblem(
      "the new catalogue loses \(lost.count) of \(before.count) models; at most a tenth may go in one step",
      hint: "check the sources, or remove \(output) first when the loss is meant")
  }
}

struct CatalogueStats: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "Count models, routes and facts, and what share of each field is known.")

  @Flag(name: .long, help: "Write JSON.") var json = false
  @OptionGroup var options: CatalogueOptions

  func run() throws {
    let catalogue = try options.open()
    let stats = try CatalogueStatistics(
      catalogue, asOf: options.givenDay() ?? catalogue.date ?? Clock.today())
    if json {
      Output.write(JSONText.write(StatisticsText.data(stats, catalogue)))
    } else {
      Output.line(StatisticsText.text(stats, catalogue))
    }
  }
}

struct CatalogueFindings: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "findings", abstract: "List what is wrong in the data, by rule.",
    discussion: """
      Exit code 1 when there are findings.

      Examples:
        llmref catalogue findings
        llmref catalogue findings --rule price-outlier
      """)

  @Option(name: .long, help: ArgumentHelp("Only findings of this rule.", valueName: "RULE")) var rule: String?
  @Option(name: .long, help: ArgumentHelp("Findings shown a rule without --rule.", valueName: "N")) var most =
    5
  @Flag(name: .long, help: "Write JSON, every finding.") var json = false
  @OptionGroup var options: CatalogueOptions

  func run() throws {
    let catalogue = try options.open()
    var findings = try catalogue.findings(
      asOf: options.asOf == nil ? catalogue.date ?? Clock.today() : options.day())
    if let rule {
      guard Lints.rules.contains(where: { $0.rule == rule }) || findings.contains(where: { $0.rule == rule })
      else {
        throw CommandProblem(
          "no rule is called \"\(rule.bounded)\"", hint: Lints.rules.map(\.rule).joined(separator: ", "))
      }
      findings = findings.filter { $0.rule == rule }
    }
    if json {
      Output.write(JSONText.write(FindingsText.data(findings)))
    } else {
      Output.line(FindingsText.text(findings, most: rule == nil ? most : .max))
    }
    if !findings.isEmpty { throw ExitCode(1) }
  }
}

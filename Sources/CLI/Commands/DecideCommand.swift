import ArgumentParser
import Documents
import Facts
import Pages
import Platform
import Rendering
import Reports
import TextFormats

struct DecideCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decide",
    abstract: "Record a decision between two models with every claim, and recheck it later.",
    discussion: """
      A record holds every claim about the two models and their routes with its citations, the conclusions that follow for
      your traffic, and a digest of each line. A recheck reads the same from the catalogue of the day and says, claim by claim,
      what changed and whether each conclusion still stands. Exit code 1 when something changed or was edited by hand.

      Examples:
        llmref decide gpt-5.2 claude-sonnet-4.5 --record decision.md
        llmref decide gpt-5.2 claude-sonnet-4.5 --input-tokens 2B --record decision.json
        llmref decide --recheck decision.md
      """)

  @Argument(help: "Two models.") var models: [String] = []
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Where to write the record; the ending chooses .md, .html or .json.", valueName: "FILE"))
  var record: String?
  @Option(name: .long, help: ArgumentHelp("A record to check against the catalogue.", valueName: "FILE"))
  var recheck: String?
  @OptionGroup var document: DocumentOptions
  @OptionGroup var traffic: WorkloadOptions
  @OptionGroup var options: CatalogueOptions

  func run() throws {
    if let recheck {
      guard models.isEmpty, record == nil else {
        throw CommandProblem(
          "--recheck takes models and traffic from the record", hint: "give the file alone")
      }
      return try check(recheck)
    }
    guard models.count == 2 else {
      throw CommandProblem(
        "a decision is between 2 models, not \(models.count)", hint: "llmref decide A B --record FILE")
    }
    let format = try record.map(DecisionFile.format)
    let traffic = try traffic.stated()
    let day = try options.day()
    let catalogue = try options.open()
    let ids = try models.map { try catalogue.requireID($0, asOf: day) }
    guard ids[0] != ids[1] else {
      throw CommandProblem("both ids are \(ids[0].rawValue.bounded)", hint: "name two models")
    }
    guard let made = try DecisionRecord(ids, on: Shelf(catalogue, asOf: day), traffic: traffic) else {
      throw CommandProblem("a model of the decision is not in the catalogue")
    }
    if let record, let format { try Files.write(DecisionFile.bytes(made, as: format), to: record) }
    if document.json {
      Output.write(JSONText.write(made.data))
    } else if let record {
      for conclusion in made.conclusions { Output.line(conclusion.statement) }
      Output.talk(
        "\(Display.counted(made.claims.count, "claim")) and \(Display.counted(made.conclusions.count, "conclusion")) written to \(record.bounded)"
      )
    } else {
      document.write(DecisionFile.document(made))
    }
  }

  private func check(_ path: String) throws {
    let file = try DecisionFile(reading: path)
    let day = try options.day()
    let shelf = Shelf(try options.open(), asOf: day)
    let ids = file.record.models.map(\.id)
    guard let current = try DecisionRecord(again: file.record, on: shelf) else {
      throw CommandProblem(
        "the catalogue no longer has \(Display.listed(ids.map(\.rawValue.bounded), "or"))",
        hint: "`llmref resolve ID` says what an id stands for now")
    }
    let result = DecisionRecheck(file.record, edited: file.edited, against: current)
    document.write(result.document)
    for line in file.edited { Output.warn("\(line.id): \(line.problem)") }
    if result.hasFindings { throw ExitCode(1) }
  }
}

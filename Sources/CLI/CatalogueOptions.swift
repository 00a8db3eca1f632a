import ArgumentParser
import Cataloguing
import Facts
import Platform

/// The options that say which catalogue a command reads, and as of which day.
struct CatalogueOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Catalogue: embedded, none (facts files alone), or a file built by `llmref catalogue build`.",
      valueName: "embedded|none|FILE"))
  var catalogue: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "Plain facts to layer on the catalogue; may be given several times.", valueName: "FILE"))
  var facts: [String] = []

  @Option(
    name: .customLong("as-of"),
    help: ArgumentHelp("The day to resolve prices, retirements and aliases at.", valueName: "YYYY-MM-DD"))
  var asOf: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Read these sources alone, separated by commas.", valueName: "NAMES"))
  var sources: String?

  var choice: CatalogueStore.Choice {
    switch catalogue {
    case nil: .usual
    case "embedded": .embedded
    case "none": .none
    case .some(let path): .file(path)
    }
  }

  func day() throws -> CalendarDate { try givenDay() ?? Clock.today() }

  /// The day that the person gave, if any.
  func givenDay() throws -> CalendarDate? {
    guard let asOf else { return nil }
    let date = try CalendarDate(parsing: asOf)
    guard date.day != nil else {
      throw CommandProblem("--as-of \(asOf.bounded) is no day", hint: "write --as-of 2026-06-15")
    }
    return date
  }

  /// The day as of which something is published: the catalogue's own unless told, so that two servers say the same;
  /// `today` follows the clock.
  func publishedDay(of catalogue: Catalogue) throws -> CalendarDate {
    if asOf == "today" { return Clock.today() }
    return try givenDay() ?? catalogue.date ?? Clock.today()
  }

  /// The catalogue with its facts files; what is wrong with single records of those goes to stderr.
  func open() throws -> Catalogue {
    let (catalogue, findings) = try CatalogueStore.layer(
      facts, on: CatalogueStore.open(choice, settings: .current()), today: Clock.today())
    for finding in findings {
      Output.warn(
        "\(finding.rule): \(finding.message) (\(finding.source?.rawValue ?? "facts"), \(finding.place))")
    }
    guard let sources else { return catalogue }
    let names = sources.split(separator: ",").map { SourceID($0.filter { $0 != " " }) }
    guard !names.isEmpty, let limited = catalogue.reading(names) else {
      throw CommandProblem(
        "--sources \(sources.bounded) names a source that the catalogue has not",
        hint: "the sources are \(catalogue.frame.sources.map(\.id.rawValue).joined(separator: ", "))")
    }
    return limited
  }
}

/// What a command cannot do, for the person who asked: the rule, the value, a hint. Exit code 2.
struct CommandProblem: Error, CustomStringConvertible {
  let description: String

  init(_ rule: String, hint: String? = nil) {
    description = hint.map { "\(rule). hint: \($0)" } ?? rule
  }
}

extension Catalogue {
  /// The canonical id that a person's id stands for: of a release where the id names one of several.
  ///
  /// - Throws: `CommandProblem` with the candidates when it is ambiguous or unknown.
  func requireID(_ raw: String, asOf: CalendarDate) throws -> ModelID {
    switch try resolvePage(raw, asOf: asOf) {
    case .resolved(let id): return id.model
    case .ambiguous(let candidates):
      throw CommandProblem(
        "\"\(raw.bounded)\" could mean \(candidates.map(\.rawValue).joined(separator: ", "))",
        hint: "give one of these ids")
    case .unknown(let nearest):
      let hint =
        nearest.isEmpty
        ? "try `llmref search WORDS`" : "did you mean \(nearest.map(\.rawValue).joined(separator: ", "))?"
      throw CommandProblem("no model is known as \"\(raw.bounded)\"", hint: hint)
    }
  }

  func requireModel(_ raw: String, asOf: CalendarDate) throws -> Model {
    let id = try requireID(raw, asOf: asOf)
    guard let model = try model(id, asOf: asOf) else {
      throw CommandProblem("no model is known as \"\(raw.bounded)\"")
    }
    return model
  }
}

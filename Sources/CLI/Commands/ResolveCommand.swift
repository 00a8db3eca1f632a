import ArgumentParser
import Cataloguing
import Documents
import Facts
import Rendering

struct ResolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resolve", abstract: "Say which model an id stands for, and what it says of the route.",
    discussion: """
      Examples:
        llmref resolve us.anthropic.claude-sonnet-4-5-20250929-v1:0
        llmref resolve accounts/fireworks/models/glm-4p6 --source fireworks --json
      """)

  @Argument(
    help:
      "An id as any provider writes it; - reads one a line from stdin, a tab and a provider may follow, and writes a line of JSON each."
  )
  var id: String

  @Option(name: .long, help: ArgumentHelp("The provider or source whose id it is.", valueName: "NAME"))
  var source: String?

  @Flag(name: .long, help: "Write JSON.") var json = false

  @OptionGroup var options: CatalogueOptions

  func run() throws {
    let catalogue = try options.open()
    if id == "-" { return try resolveLines(catalogue) }
    let day = try options.day()
    let (resolution, page) = try resolved(id, source, catalogue, day)
    if json {
      Output.write(JSONText.write(Self.data(resolution, id: id, page: page)))
    } else {
      try Output.line(text(resolution, catalogue, page: page))
    }
    if case .resolved = resolution { return }
    throw ExitCode(2)
  }

  private func resolveLines(_ catalogue: Catalogue) throws {
    let day = try options.day()
    while let line = readLine() {
      let parts = line.split(separator: "\t", maxSplits: 1).map(String.init)
      guard let raw = parts.first else { continue }
      let (resolution, page) = try resolved(raw, parts.count > 1 ? parts[1] : source, catalogue, day)
      Output.write(JSONText.line(Self.data(resolution, id: raw, page: page)))
    }
  }

  /// What an id stands for, and the page of the release that it names; nil where that is the model's own.
  private func resolved(_ id: String, _ provider: String?, _ catalogue: Catalogue, _ day: CalendarDate) throws
    -> (IDResolution, page: ModelID?)
  {
    let paged = try catalogue.resolvePage(id, provider: provider, asOf: day)
    guard case .resolved(let found) = paged else { return (paged, nil) }
    return (
      try catalogue.resolve(id, provider: provider, asOf: day),
      found.model.release == nil ? nil : found.model
    )
  }

  static func data(_ resolution: IDResolution, id: String, page: ModelID? = nil) -> DataValue {
    var members: [(String, DataValue)] = [("schema", .text("llmref/resolve/1")), ("id", .text(id))]
    switch resolution {
    case .resolved(let resolved):
      members += [
        ("state", .text("known")), ("model", .text(resolved.model.rawValue)), ("rule", .text(resolved.rule)),
        ("route", .map(resolved.attributes.parts.map { ($0.name, .text($0.value)) })),
        ("candidates", .texts([resolved.model.rawValue])),
      ]
      if let page { members.append(("page", .text(page.rawValue))) }
      if let alias = resolved.alias {
        var evidence: [(String, DataValue)] = [
          ("alias", .text(alias.alias)), ("kind", .text(alias.kind.rawValue)),
        ]
        if let from = alias.from { evidence.append(("from", .text(from.text))) }
        if let until = alias.until { evidence.append(("until", .text(until.text))) }
        if let url = alias.url { evidence.append(("url", .text(url))) }
        if let seen = alias.seen { evidence.append(("seen", .text(seen.text))) }
        if let mark = alias.mark { evidence.append(("mark", .text(mark))) }
        members.append(("alias", .map(evidence)))
      }
    case .ambiguous(let candidates):
      members += [
        ("state", .text("ambiguous")), ("route", .object([])),
        ("candidates", .texts(candidates.map(\.rawValue))),
      ]
    case .unknown(let nearest):
      members += [
        ("state", .text("unknown")), ("route", .object([])), ("candidates", .texts(nearest.map(\.rawValue))),
      ]
    }
    return .map(members)
  }

  private func text(_ resolution: IDResolution, _ catalogue: Catalogue, page: ModelID?) throws -> String {
    switch resolution {
    case .resolved(let resolved):
      var lines = ["\(resolved.model)", "  found by  \(resolved.rule)"]
      for part in resolved.attributes.parts {
        lines.append("  route     \(part.name) \(Display.harmless(part.value))")
      }
      if let page { lines.append("  release   \(page)") }
      if let alias = resolved.alias {
        let days = [alias.from.map { "from \($0.text)" }, alias.until.map { "until \($0.text)" }].compactMap(
          \.self)
        lines.append(
          "  alias     \(alias.kind.rawValue)\(days.isEmpty ? "" : ", " + days.joined(separator: " "))")
        lines.append(
          "  source    \(alias.url ?? alias.mark ?? "curated")\(alias.seen.map { ", seen \($0.text)" } ?? "")"
        )
      }
      return lines.joined(separator: "\n")
    case .ambiguous(let candidates):
      Output.talk("llmref: \"\(id.bounded)\" is ambiguous. hint: give one of these ids")
      return candidates.map(\.rawValue).joined(separator: "\n")
    case .unknown(let nearest):
      Output.talk(
        "llmref: no model is known as \"\(id.bounded)\"" + (nearest.isEmpty ? "" : ". did you mean:"))
      return nearest.map(\.rawValue).joined(separator: "\n")
    }
  }
}

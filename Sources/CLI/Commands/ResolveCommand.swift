import ArgumentParser
import Cataloguing
import Documents
import Facts
import Pages
import Platform
import Rendering
import TextFormats

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
      "An id as any provider writes it; - reads one a line from stdin, a tab and a provider may follow, and writes a line of JSON each, without the model's life."
  )
  var id: String

  @Option(name: .long, help: ArgumentHelp("The provider or source whose id it is.", valueName: "NAME"))
  var source: String?

  @OptionGroup var document: DocumentOptions
  @OptionGroup var options: CatalogueOptions

  func run() throws {
    let shelf = Shelf(try options.open(), asOf: try options.day())
    if id == "-" { return try resolveLines(shelf) }
    let record = try IDRecord(id, provider: source, on: shelf)
    if document.isJSON {
      Output.write(JSONText.write(record.data))
    } else {
      document.write(try ResolvePage(shelf, id: id, provider: source ?? "", isOnSite: false).document())
    }
    if !record.isKnown { throw ExitCode(2) }
  }

  private func resolveLines(_ shelf: Shelf) throws {
    var lines = try LineReader("-", longest: Self.longestLine)
    var hasFailed = false
    while let line = try lines.next() {
      guard case .bytes(let bytes) = line else {
        Output.warn("line \(lines.number) has more than \(Self.longestLine) bytes")
        hasFailed = true
        continue
      }
      let parts = String(decoding: bytes, as: UTF8.self).split(separator: "\t", maxSplits: 1).map(String.init)
      guard let raw = parts.first else { continue }
      let provider = parts.count > 1 ? parts[1] : source
      Output.write(JSONText.line(try IDRecord(raw, provider: provider, on: shelf, saysLife: false).data))
    }
    if hasFailed { throw ExitCode(1) }
  }

  /// Bytes of a line of stdin.
  private static let longestLine = 1 << 16
}

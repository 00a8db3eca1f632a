import Cataloguing
import Facts
import Testing

@testable import Platform

@Suite struct CuratedChecks {
  private func catalogue() throws -> Catalogue {
    var frame = CatalogueFrame()
    frame.identity.families = ["gpt": "openai"]
    let today = try CalendarDate(parsing: "2026-11-01")
    var builder = CatalogueBuilder(frame: frame, asOf: today)
    builder.add(
      source: SourceDescription(
        id: "dev", title: "dev", version: "1", licence: "MIT", homepage: nil, observed: today, digest: "00",
        lineage: "dev", correction: "dev"),
      records: ["gpt-4o", "gpt-5"].map {
        SourceRecord(key: $0, subject: .route(provider: "openai", apiID: $0), claims: [])
      } + [SourceRecord(key: "g", subject: .route(provider: "groq", apiID: "llama-9"), claims: [])])
    return Catalogue(contents: builder.build().finished(asOf: today))
  }

  private func faults(_ name: String, _ text: String) throws -> [CuratedFault] {
    try CuratedCheck(against: catalogue(), asOf: CalendarDate(parsing: "2026-11-01")).faults(
      in: [(name, "curated/" + name, Array(text.utf8))])
  }

  private static let citation = """
        source: https://example.org/page
        seen: "2026-11-01"
        mark: "As it stands there."
    """

  @Test func takeARightFile() throws {
    let facts = "facts:\n  - field: license\n    value: \"MIT\"\n\(Self.citation)\n"
    #expect(try faults("models/openai/gpt-4o.yaml", facts).isEmpty)
    let aliases = "aliases:\n  - alias: \"gpt-four-o\"\n    model: \"openai/gpt-4o\"\n\(Self.citation)\n"
    #expect(try faults("aliases.yaml", aliases).isEmpty)
  }

  // a file, the line of its one fault, a word of the message, and a word of the hint
  @Test(arguments: [
    ("facts:\n  - feild: license\n    value: \"MIT\"\n", 2, "\"feild\"", "field"),
    ("facts:\n  - field: licence_of\n    value: \"MIT\"\n", 2, "known field", "help explain"),
    ("facts:\n  - field: released\n    value: \"soon\"\n", 2, "", ""),
  ])
  func nameTheLineOfAFact(text: String, line: Int, message: String, hint: String) throws {
    let faults = try faults("models/openai/gpt-4o.yaml", text + Self.citation + "\n")
    let found = faults.contains {
      $0.line == line && (message.isEmpty || $0.message.contains(message))
        && (hint.isEmpty || $0.hint.contains(hint))
    }
    #expect(found, "\(faults)")
  }

  @Test func nameTheLineOfABrokenFile() throws {
    let faults = try faults("models/openai/gpt-4o.yaml", "facts:\n  - field: [license\n")
    #expect(faults.count == 1)
    #expect(faults.first?.line != nil)
  }

  @Test func refuseAFactWithoutItsPage() throws {
    let faults = try faults(
      "models/openai/gpt-4o.yaml",
      "facts:\n  - field: license\n    value: \"MIT\"\n    seen: \"2026-11-01\"\n")
    #expect(faults.map(\.line) == [2])
    #expect(faults.first?.hint.contains("source") ?? false)
  }

  @Test func refuseADayThatIsNone() throws {
    let text =
      "facts:\n  - field: license\n    value: \"MIT\"\n    source: https://example.org\n    seen: \"2026-13-01\"\n    mark: \"x\"\n"
    #expect(
      try faults("models/openai/gpt-4o.yaml", text).contains { $0.line == 5 && $0.message.contains("seen") })
  }

  @Test func findADeadTarget() throws {
    let text = "aliases:\n- alias: \"four\"\n  model: \"openai/gpt-4oo\"\n\(Self.citation)\n"
    let faults = try faults("aliases.yaml", text.replacingIndent())
    #expect(faults.map(\.line) == [3])
    #expect(faults.first?.hint.contains("openai/gpt-4o") ?? false)
  }

  @Test func findAnAliasThatShadowsAModel() throws {
    let text = "aliases:\n- alias: \"gpt-5\"\n  model: \"openai/gpt-4o\"\n\(Self.citation)\n"
    let faults = try faults("aliases.yaml", text.replacingIndent())
    #expect(faults.map(\.line) == [2])
    #expect(faults.first?.message.contains("openai/gpt-5") ?? false)
    // A provider may call another model so, unless it sells the one of that name.
    func own(_ provider: String) -> String {
      "aliases:\n- alias: \"gpt-5\"\n  provider: \"\(provider)\"\n  model: \"openai/gpt-4o\"\n\(Self.citation)\n"
        .replacingIndent()
    }
    #expect(try self.faults("aliases.yaml", own("groq")).isEmpty)
    #expect(try !self.faults("aliases.yaml", own("openai")).isEmpty)
    // Nobody is called so.
    #expect(try self.faults("aliases.yaml", own("opneai")).first?.hint.contains("openai") ?? false)
  }

  @Test func refuseAFileThatNobodyReads() throws {
    #expect(try faults("notes.yaml", "facts:\n").first?.message.contains("not a curated file") ?? false)
  }
}

extension String {
  /// The citation's four blanks as the two of a list that begins at the margin.
  fileprivate func replacingIndent() -> String {
    split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("    ") ? "  " + line.drop { $0 == " " } : String(line)
    }.joined(separator: "\n")
  }
}

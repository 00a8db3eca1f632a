import Auditing
import Cataloguing
import Facts
import Testing

/// What an audit says of ids that ended, as frameworks write them. The days are those of the platforms' own tables.
@Suite struct SpelledEnds {
  private func findings(_ text: String) throws -> [AuditFinding] {
    let catalogue = try Catalogue(snapshot: .embedded())
    let day = try CalendarDate(parsing: "2026-11-29")
    var scanner = FileScanner(try IDIndex(catalogue), in: catalogue, asOf: day)
    var auditor = Auditor(catalogue, asOf: day, since: day, near: day)
    return try Array(text.utf8).withUnsafeBytes { scanner.scan($0) }.flatMap { try auditor.findings(of: $0) }
      .filter { $0.rule == .retired }
  }

  @Test(arguments: [
    // LangChain, Pydantic AI: the Gemini API's day, and not Vertex's.
    ("model: google_genai:text-embedding-004", "2026-01-14", "Google"),
    ("model: google_genai:gemini-2.5-pro-preview-05-06", "2025-12-02", "Google"),
    // Vertex's days, and not Google's or Anthropic's.
    ("model=\"vertex:claude-3-opus\"", "2025-08-01", "Vertex"),
    ("model=\"google_vertexai:gemini-1.5-pro-002\"", "2025-09-24", "Vertex"),
    ("const m = vertex('jamba-1.5-large')", "2026-02-27", "Vertex"),
    ("const m = groq('llama-3.3-70b-versatile');", "2026-08-16", "Groq"),
    ("llm = ChatGroq(model=\"llama-3.3-70b-versatile\")", "2026-08-16", "Groq"),
    ("model=\"openrouter/openai/gpt-4-32k\"", "2025-06-06", "OpenAI"),
    ("model: gpt-35-turbo-0301", "2024-09-13", "OpenAI"),
    ("model=\"text-davinci-003\"", "2024-01-04", "OpenAI"),
  ])
  func areThoseOfWhoServes(text: String, end: String, place: String) throws {
    let found = try findings(text)
    #expect(found.count == 1)
    let finding = try #require(found.first)
    #expect(finding.level == .error)
    #expect(finding.message.contains(end) && finding.message.contains("at " + place), "\(finding.message)")
  }

  @Test func nameWhatFollowsASuccessorThatEnded() throws {
    // OpenAI's page names gpt-3.5-turbo-instruct, which it ends on 2026-09-28.
    let finding = try #require(try findings("model=\"text-davinci-003\"").first)
    #expect(finding.successor == "gpt-3.5-turbo-instruct")
    #expect(
      finding.message.contains(
        "gpt-3.5-turbo-instruct as the one to move to, which ended on 2026-09-28; after it"))
    #expect(finding.moveTo != nil && finding.moveTo != "openai/gpt-3.5-turbo-instruct")
  }

  @Test(arguments: [
    "# we moved from gpt-4-32k to something", "x = 1  # model=\"gpt-4-32k\"", "// was gpt-4-32k",
    "We moved from gpt-4-32k to another model.", " * uses gpt-4-32k here",
  ])
  func areNotesInProse(text: String) throws {
    let found = try findings(text)
    #expect(found.map(\.level) == [.note])
  }

  @Test(arguments: [
    "model: gpt-4-32k # the big one", "url = 'https://x.y'; model = 'gpt-4-32k'", "MODEL=gpt-4-32k",
  ])
  func areErrorsWhereTheyAreCalled(text: String) throws {
    #expect(try findings(text).map(\.level) == [.error])
  }
}

import Auditing
import Cataloguing
import Facts
import Testing

@Suite struct Scanner {
  private func ids(_ text: String) throws -> [String] {
    let catalogue = try Catalogue(snapshot: .embedded())
    var scanner = FileScanner(
      try IDIndex(catalogue), in: catalogue, asOf: try CalendarDate(parsing: "2026-11-25"))
    return Array(text.utf8).withUnsafeBytes { scanner.scan($0) }.map(\.id)
  }

  @Test(arguments: [
    ("model: gpt-4o", ["gpt-4o"]), ("client.create(model=\"o1\")", ["o1"]),
    ("MODEL=claude-3-opus-20240229", ["claude-3-opus-20240229"]),
    ("--model openrouter/anthropic/claude-3.5-sonnet:beta", ["openrouter/anthropic/claude-3.5-sonnet:beta"]),
    ("we moved from gpt-4-turbo to `o3`.", ["gpt-4-turbo", "o3"]), ("\"model\": \"command\"", ["command"]),
    ("models = [\"gpt-4o\", \"o1\", \"o3-mini\"]", ["gpt-4o", "o1", "o3-mini"]),
    ("{\\\"model\\\": \\\"gpt-4o-mini\\\"}", ["gpt-4o-mini"]),
    (
      "POST https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent",
      ["gemini-2.5-flash"]
    ),
    ("model = \"gpt-4o-nonexistent-9\"", ["gpt-4o-nonexistent-9"]),
    ("\"text\\ngpt-4o\"", ["gpt-4o"]),
    (
      "modelId: \"us.anthropic.claude-sonnet-4-5-20250929-v1:0\"",
      ["us.anthropic.claude-sonnet-4-5-20250929-v1:0"]
    ),
  ])
  func findsIDsWhereTheyBelong(text: String, expected: [String]) throws { #expect(try ids(text) == expected) }

  @Test(arguments: [
    "Run the command, then ask Claude; o1 is a variable.", "let o1 = o3 + 1",
    "GPT-4 Turbo and Claude 3 Opus are models.",
    "pip install llama-index langchain-openai", "see gpt-4o-notes.md",
    "https://platform.openai.com/docs/models/gpt-4o",
    "if model.startswith(\"gpt-4o\"):", "x = \"gpt-4o\" in name", "gcc -O3 -o1",
    "def gpt_4o(): claude_3_opus", "$gpt-4o #gpt-4o",
    "step-3 of the text-to-speech guide", "{\"command\": \"run\", \"chat\": 1}", "mygpt-4ox gpt-4o2x",
    "überclaude-3-opus",
  ])
  func findsNoneInProseAndCode(text: String) throws { #expect(try ids(text) == []) }

  @Test func findsNoneInABinaryFile() throws { #expect(try ids("\u{0}model: gpt-4o") == []) }

  @Test func countsLinesAndColumnsFromOne() throws {
    let catalogue = try Catalogue(snapshot: .embedded())
    var scanner = FileScanner(
      try IDIndex(catalogue), in: catalogue, asOf: try CalendarDate(parsing: "2026-11-25"))
    let mentions = Array("a\nmodel: gpt-4o\nü: gpt-4o\n".utf8).withUnsafeBytes { scanner.scan($0) }
    // Seven letters stand before the first id, three before the second, of which ü has two bytes: 2 + 14 + 4 is 20.
    #expect(mentions.map(\.line) == [2, 3] && mentions.map(\.column) == [8, 4])
    #expect(mentions.map(\.offset) == [9, 20])
  }
}

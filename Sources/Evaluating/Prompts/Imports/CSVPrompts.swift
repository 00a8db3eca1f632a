import Facts
import TextFormats

/// A table of prompts: a header line, then a prompt a line.
///
/// Columns: `input`, `prompt` or `question`; `id`; `system`; `expected`, `ideal` or `answer`, which the answer must contain;
/// `cluster`; `max_tokens`; and the columns of promptfoo, `__expected`, `__expected1` …, `__description`, `__prefix` and
/// `__suffix`, as https://www.promptfoo.dev/docs/configuration/test-cases/ defines them.
package enum CSVPrompts {
  private static let inputs = ["input", "prompt", "question"]
  private static let answers = ["expected", "ideal", "answer"]

  package static func read(_ bytes: [UInt8], file: String) -> ImportedPrompts {
    var imported = ImportedPrompts(file: file)
    guard String(validating: bytes, as: UTF8.self) != nil else {
      imported.report("a table is UTF-8", "save the file as UTF-8")
      return imported
    }
    guard let rows = rows(bytes, into: &imported) else { return imported }
    guard let header = rows.first?.fields.map({ $0.text.trimmed.lowercased() }),
      Set(header).count == header.count
    else {
      imported.report(line: 1, "a table has a header line with different names", "write id,input,expected")
      return imported
    }
    guard let input = inputs.first(where: header.contains) else {
      imported.report(
        line: 1,
        "a table has a column input, prompt or question; found \(header.joined(separator: ", ").bounded)",
        "name the column of the prompts so")
      return imported
    }
    let known = Set(
      [input, "id", "system", "cluster", "max_tokens", "__description", "__prefix", "__suffix"] + answers)
    for name in header where !known.contains(name) && !isExpected(name) {
      imported.report(line: 1, path: name.bounded, "this column is not imported", "its cells are left out")
    }
    for row in rows.dropFirst() {
      guard row.fields.count == header.count else {
        imported.report(
          line: row.line,
          "a line has as many fields as the header, \(header.count); this one has \(row.fields.count)",
          "put fields with commas or line ends in double quotes")
        continue
      }
      let cells = Dictionary(zip(header, row.fields.map(\.text))) { first, _ in first }
      read(cells, header: header, input: input, line: row.line, into: &imported)
    }
    if imported.prompts.isEmpty, imported.problems.isEmpty {
      imported.report("a table has a prompt; this one has none", "add a line")
    }
    return imported
  }

  /// nil where a quote is open at the end, which is reported.
  private static func rows(_ bytes: [UInt8], into imported: inout ImportedPrompts) -> [(
    line: Int, fields: [CSVReader.Field]
  )]? {
    var dialect = CSVReader.Dialect()
    dialect.endsAtCarriageReturn = true
    do { return try CSVText.read(bytes, dialect) } catch {
      guard case .openQuote(let line) = error else { return nil }
      imported.report(
        line: line, "a quote that opens a field closes it", "close it, or double quotes inside quotes")
      return nil
    }
  }

  private static func read(
    _ cells: [String: String], header: [String], input: String, line: Int,
    into imported: inout ImportedPrompts
  ) {
    let text = cells[input] ?? ""
    guard !text.trimmed.isEmpty else {
      imported.report(line: line, path: input, "a prompt is not empty", "write it")
      return
    }
    var checks: [PromptCheck] = []
    for name in answers {
      if let answer = cells[name].map(\.trimmed), !answer.isEmpty {
        checks.append(PromptCheck(name: name, kind: .contains(answer, ignoresCase: false)))
      }
    }
    for name in header where isExpected(name) {
      guard let expected = cells[name].map(\.trimmed), !expected.isEmpty else { continue }
      switch PromptfooAssertion.read(column: expected) {
      case .checks(let more): checks += more
      case .problem(let rule, let hint): imported.report(line: line, path: name, rule, hint)
      }
    }
    var maxTokens: Int64?
    if let digits = cells["max_tokens"].map(\.trimmed), !digits.isEmpty {
      guard let count = Int64(digits), (1...10_000_000).contains(count) else {
        imported.report(
          line: line, path: "max_tokens", "max_tokens is a whole number above 0; found \(digits.bounded)",
          "change it")
        return
      }
      maxTokens = count
    }
    let system = cells["system"].map(\.trimmed).flatMap { $0.isEmpty ? nil : PromptMessage(.system, $0) }
    let whole = (cells["__prefix"] ?? "") + text + (cells["__suffix"] ?? "")
    let id = [cells["id"], cells["__description"]].compactMap { $0.map(\.trimmed) }.first { !$0.isEmpty }
    let cluster = cells["cluster"].map(\.trimmed).flatMap { $0.isEmpty ? nil : $0 }
    imported.add(
      id: id ?? "line-\(line)", messages: [system, PromptMessage(.user, whole)].compactMap { $0 },
      checks: checks,
      cluster: cluster, maxTokens: maxTokens)
  }

  /// `__expected`, `__expected1`, `__expected2` …
  private static func isExpected(_ name: String) -> Bool {
    name.hasPrefix("__expected") && name.dropFirst(10).allSatisfy { $0.isASCII && $0.isNumber }
  }
}

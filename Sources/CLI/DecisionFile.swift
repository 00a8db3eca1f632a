import Documents
import Facts
import Pages
import Platform
import Pricing
import Rendering
import Reports
import TextFormats

/// A decision record in a file: JSON, or a page in Markdown or HTML that holds the same JSON on one line.
struct DecisionFile {
  let record: DecisionRecord
  /// Lines that are not what the program wrote, by their ids.
  let edited: [(id: String, problem: String)]

  private static let start = #"{"schema":"\#(DecisionRecord.schema)""#

  /// The form that a file's name asks for.
  static func format(of path: String) throws -> OutputFormat {
    let name = path.lowercased()
    if name.hasSuffix(".json") { return .json }
    if name.hasSuffix(".md") || name.hasSuffix(".markdown") { return .markdown }
    if name.hasSuffix(".html") || name.hasSuffix(".htm") { return .html }
    throw CommandProblem(
      "\(path.bounded) does not say which form the record takes", hint: "end it in .md, .html or .json")
  }

  /// The bytes of a record's file.
  static func bytes(_ record: DecisionRecord, as format: OutputFormat) -> [UInt8] {
    format == .json ? JSONText.write(record.data) : format.render(document(record))
  }

  static func document(_ record: DecisionRecord) -> Document {
    let data = record.data
    return record.document(data: data, text: String(decoding: JSONText.compact(data), as: UTF8.self))
  }

  /// - Throws: `CommandProblem` for what is no decision record, `DecisionProblem` for one that lacks a part.
  init(reading path: String) throws {
    let bytes = try Files.read(path)
    let text = String(decoding: bytes, as: UTF8.self)
    let isJSON = text.first { !$0.isWhitespace } == "{"
    let json = isJSON ? bytes : Array(try Self.line(in: text, of: path).utf8)
    let value = try JSONReader.read(json, file: path)
    guard value["schema"]?.string == DecisionRecord.schema else {
      throw CommandProblem(
        "\(path.bounded) is no decision record", hint: "make one with llmref decide A B --record FILE")
    }
    let reader = DecisionReader(path: path)
    let record = try reader.record(value)
    var edited = reader.edited(value)
    if !isJSON, edited.isEmpty {
      let format: OutputFormat = text.contains("<html") ? .html : .markdown
      edited = Self.changedLines(
        of: text, from: String(decoding: Self.bytes(record, as: format), as: UTF8.self))
    }
    self.record = record
    self.edited = edited
  }

  /// The line of JSON inside a page.
  private static func line(in text: String, of path: String) throws -> String {
    for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
      var plain = String(line)
      if line.contains("&quot;schema&quot;") {
        for (mark, letter) in [
          ("&quot;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"),
        ] {
          plain = plain.replacing(mark, with: letter)
        }
      }
      guard let range = plain.firstRange(of: start) else { continue }
      let rest = plain[range.lowerBound...]
      guard let end = rest.lastIndex(of: "}") else { continue }
      return String(rest[...end])
    }
    throw CommandProblem(
      "\(path.bounded) holds no decision record", hint: "its last part is one line of JSON that must stay")
  }

  // MARK: Edited pages

  /// Names the claims and conclusions whose lines of a page differ from what the record inside it gives.
  private static func changedLines(of text: String, from expected: String) -> [(id: String, problem: String)]
  {
    let own = text.split(separator: "\n", omittingEmptySubsequences: false)
    let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
    guard own != wanted else { return [] }
    let found = Set(own)
    var ids: [String] = []
    for (place, line) in wanted.enumerated() where !found.contains(line) {
      let id = id(at: place, in: wanted) ?? "page"
      if !ids.contains(id) { ids.append(id) }
    }
    if ids.isEmpty { ids = ["page"] }
    return ids.map { id in
      (
        id,
        id == "page"
          ? "text outside the claims and conclusions was changed"
          : "its line is not what its digest was made from"
      )
    }
  }

  /// The id that starts the row which a line belongs to.
  private static func id(at place: Int, in lines: [Substring]) -> String? {
    for line in lines[...place].reversed() {
      if let id = line.split(whereSeparator: { !($0.isLetter || $0.isNumber) }).first(where: isID) {
        return String(id)
      }
      if line.hasPrefix("#") || line.contains("<h2") || line.contains("<table") { return nil }
    }
    return nil
  }

  private static func isID(_ word: Substring) -> Bool {
    guard let first = word.first, first == "C" || first == "K" else { return false }
    return word.dropFirst().allSatisfy(\.isNumber) && word.count > 1
  }
}

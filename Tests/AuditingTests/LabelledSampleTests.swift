import Auditing
import Cataloguing
import Facts
import Foundation
import Testing
import TextFormats

/// A line of the labelled sample, see `Fixtures/README.md`.
private struct Label {
  let isMention: Bool
  let id: String
  /// The piece of the file, with neighbouring lines.
  let bytes: [UInt8]
  /// Where the labelled text stands in it.
  let range: Range<Int>

  init?(_ line: Substring) throws {
    let value = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    guard let value, let label = value["label"] as? String, let id = value["id"] as? String,
      let text = value["text"] as? String, let column = value["column"] as? Int
    else { return nil }
    let before = (value["before"] as? String).map { $0 + "\n" } ?? ""
    let after = (value["after"] as? String).map { "\n" + $0 } ?? ""
    isMention = label == "mention"
    self.id = id
    bytes = Array((before + text + after + "\n").utf8)
    // Columns of the sample are counted in characters.
    let start = before.utf8.count + String(text.unicodeScalars.prefix(column)).utf8.count
    range = start..<(start + id.utf8.count)
  }
}

@Suite struct LabelledSample {
  private func labels() throws -> [Label] {
    let path = try #require(
      Bundle.module.path(forResource: "labelled-mentions", ofType: "jsonl", inDirectory: "Fixtures"))
    return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").compactMap {
      try Label($0)
    }
  }

  /// Precision counts what is reported inside labelled texts: a mention reported with another id is wrong twice, missed and false.
  @Test func precisionAndRecallAreAtLeast98Percent() throws {
    let catalogue = try Catalogue(snapshot: .embedded())
    var scanner = FileScanner(
      try IDIndex(catalogue), in: catalogue, asOf: try CalendarDate(parsing: "2026-11-25"))
    var (right, wrong, missed, mentions, lookAlikes) = (0, 0, [String](), 0, 0)
    for label in try labels() {
      let found = label.bytes.withUnsafeBytes { scanner.scan($0) }.filter {
        $0.offset < label.range.upperBound && $0.offset + $0.id.utf8.count > label.range.lowerBound
      }
      let isFound = found.contains { $0.id == label.id && $0.offset == label.range.lowerBound }
      if label.isMention {
        mentions += 1
        if isFound { right += 1 } else { missed.append(label.id) }
        wrong += found.count { $0.id != label.id }
      } else {
        lookAlikes += 1
        wrong += found.count
      }
    }
    #expect(mentions == 200 && lookAlikes == 200)
    #expect(right * 100 >= 98 * mentions, "recall \(right)/\(mentions); missed \(missed)")
    #expect(right * 100 >= 98 * (right + wrong), "precision \(right)/\(right + wrong)")
  }
}

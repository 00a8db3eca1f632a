/// The lines of a YAML file that is one list of maps: where each item begins and where a key of it stands.
struct CuratedLines {
  private let lines: [Substring]
  /// The first line of each item, counted from 0.
  private let starts: [Int]

  init(_ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    let dashes = lines.indices.filter { lines[$0].drop { $0 == " " }.hasPrefix("- ") }
    let indent = dashes.first.map { Self.indent(of: lines[$0]) }
    starts = dashes.filter { Self.indent(of: lines[$0]) == indent }
    self.lines = lines
  }

  private static func indent(of line: Substring) -> Int { line.prefix { $0 == " " }.count }

  /// The line of an item, from 1; nil where there is none.
  func line(ofItem item: Int?) -> Int? {
    guard let item, starts.indices.contains(item) else { return nil }
    return starts[item] + 1
  }

  /// The line of a key in an item, or in the file before and after its list; the item's first where the key is not found.
  func line(of key: String, item: Int?) -> Int? {
    let range: Range<Int>
    if let item {
      guard starts.indices.contains(item) else { return nil }
      range = starts[item]..<(starts.indices.contains(item + 1) ? starts[item + 1] : lines.count)
    } else {
      range = lines.indices
    }
    let found = range.first { index in
      lines[index].drop { $0 == " " || $0 == "-" }.hasPrefix(key + ":")
    }
    return found.map { $0 + 1 } ?? line(ofItem: item)
  }

  /// The place of an item in a finding's place, `aliases.yaml#aliases[12]`; nil where it names none.
  static func item(in place: String) -> Int? {
    guard let open = place.firstIndex(of: "[") else { return nil }
    return Int(place[place.index(after: open)...].prefix { $0.isNumber })
  }
}

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

  /// The line of a finding's place: of an item, of a key in it, or of an item of a list inside one,
  /// `fees.yaml#fees[2].charges[1].mark`.
  func line(in place: String) -> Int? {
    guard let item = Self.item(in: place), starts.indices.contains(item) else { return nil }
    let path = place.split(separator: "]", omittingEmptySubsequences: false).dropFirst()
    guard let last = path.last, path.count > 1 else {
      let key = path.last?.drop { $0 == "." } ?? ""
      return key.isEmpty ? line(ofItem: item) : line(of: String(key), item: item)
    }
    // A list inside the item: its own items are the deeper dashes.
    let range = starts[item]..<(starts.indices.contains(item + 1) ? starts[item + 1] : lines.count)
    let inner = range.filter { $0 > starts[item] && lines[$0].drop { $0 == " " }.hasPrefix("- ") }
    guard let digits = path.first?.split(separator: "[").last, let number = Int(digits),
      inner.indices.contains(number)
    else { return line(ofItem: item) }
    let key = last.drop { $0 == "." }
    let end = inner.indices.contains(number + 1) ? inner[number + 1] : range.upperBound
    let found = (inner[number]..<end).first { index in
      !key.isEmpty && lines[index].drop { $0 == " " || $0 == "-" }.hasPrefix(key + ":")
    }
    return (found ?? inner[number]) + 1
  }

  /// The place of an item in a finding's place, `aliases.yaml#aliases[12]`; nil where it names none.
  static func item(in place: String) -> Int? {
    guard let open = place.firstIndex(of: "[") else { return nil }
    return Int(place[place.index(after: open)...].prefix { $0.isNumber })
  }
}

/// Numbers for the texts that a table tells rows apart by: one text, or several as a chain in which each knows the number
/// before it.
struct LabelTable: ~Copyable {
  private struct Link {
    /// nil for rows without the text.
    let text: String?
    let place: Int
    let before: Int
  }

  /// More are not told apart.
  static let most = 65_536

  private var texts = TextTable(most: most)
  private var links: [Link] = []

  /// The number of a row's texts; ``most`` for all beyond that.
  mutating func number(_ row: borrowing ScannedRow, _ fields: [RowField]) -> Int {
    var number = 0
    for (place, field) in fields.enumerated() {
      number = self.number(row.text(field), at: place, behind: number)
    }
    return number
  }

  private mutating func number(_ text: TextSpan?, at place: Int, behind before: Int) -> Int {
    guard before < Self.most || place == 0 else { return Self.most }
    // A row without the text is told from one whose text is empty.
    let link = UInt64(before) << 8 | UInt64(place) << 1 | (text == nil ? 0 : 1)
    let (number, isNew) = withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2) { memory in
      (memory[0], memory[1]) = (link.littleEndian, 0)
      return memory.withMemoryRebound(to: UInt8.self) { bytes in
        guard let start = bytes.baseAddress else { return (Self.most, false) }
        return texts.number(of: TextSpan(start: UnsafePointer(start), count: 8), text ?? .nothing)
      }
    }
    if isNew { links.append(Link(text: text?.string, place: place, before: before)) }
    return number
  }

  /// The texts behind a number of so many fields, nil for one that a row lacks; nil for those that are not told apart.
  func texts(_ number: Int, fields: Int) -> [String?]? {
    var found: [String?] = []
    var number = number
    for _ in 0..<fields {
      guard number < links.count else { return nil }
      found.append(links[number].text)
      number = links[number].before
    }
    return found.reversed()
  }

  /// The numbers here of the texts of another table.
  mutating func adopt(_ other: borrowing LabelTable) -> [Int] {
    var numbers: [Int] = []
    for (place, link) in other.links.enumerated() {
      let (_, text) = other.texts.spans(place)
      let before = link.place == 0 ? 0 : numbers[link.before]
      numbers.append(number(link.text == nil ? nil : text, at: link.place, behind: before))
    }
    return numbers
  }
}

import Facts

/// The binary catalogue: one file, an index in front, texts and repeated shapes interned, each model's claims in
/// a block of its own, so that a start reads only the models asked for.
///
/// Same contents, same bytes: everything is written in a fixed order.
public enum SnapshotFormat {
  static let magic: [UInt8] = Array("LLMREF".utf8) + [0, version]
  /// Raised whenever older programs could misread the bytes.
  static let version: UInt8 = 6

  enum Section: Int, CaseIterable {
    case frame, strings, cells, shapes, scoreShapes, index, keys, findings, models, floating
  }

  /// FNV-1a, 64 bits: the key index holds hashes instead of texts. Two of the few ten thousand keys share one with
  /// a chance of about 10⁻¹⁰, and the writer refuses to build such a catalogue.
  static func hash(_ key: String) -> UInt64 { Catalogue.keyHash(key.utf8) }

  /// - Throws: `CatalogueError` when two keys of different models share a hash.
  public static func write(_ contents: CatalogueContents) throws(CatalogueError) -> [UInt8] {
    let tables = SnapshotTables(contents)
    var sections: [Section: [UInt8]] = [:]
    var frame = ByteWriter()
    frame.frame(contents.frame)
    sections[.frame] = frame.bytes
    sections[.strings] = addressed(tables.strings.values) { $0.text($1) }
    sections[.cells] = addressed(tables.cells.values) { writer, cell in
      writer.value(cell.value)
      // Most are written as their value reads.
      let isPlain = cell.asWritten == cell.value.text
      writer.byte(isPlain ? 0 : 1)
      if !isPlain { writer.text(cell.asWritten) }
    }
    sections[.shapes] = addressed(tables.shapes.values) { $0.shape($1, tables) }
    sections[.scoreShapes] = addressed(tables.scoreShapes.values) { $0.scoreShape($1) }
    var blocks = ByteWriter()
    var places: [Int] = []
    for model in contents.models {
      places.append(blocks.bytes.count)
      blocks.model(model, tables)
    }
    sections[.models] = blocks.bytes
    var floating = ByteWriter()
    floating.model(contents.floating, tables)
    sections[.floating] = floating.bytes
    let summaries = Dictionary(
      contents.summaries.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let numbers = numbers(contents)
    sections[.index] = addressed(Array(contents.models.enumerated())) { writer, entry in
      writer.unsigned(places[entry.offset])
      let nearest = (contents.nearest[entry.element.id] ?? []).filter { numbers[$0.id] != nil }
      writer.unsigned(nearest.count)
      for near in nearest {
        writer.unsigned(numbers[near.id] ?? 0)
        writer.unsigned(near.reasons)
      }
      writer.summary(
        summaries[entry.element.id] ?? ModelSummary(id: entry.element.id, name: entry.element.id.slug))
    }
    sections[.keys] = try keyIndex(contents)
    var findings = ByteWriter()
    findings.findings(contents.findings)
    sections[.findings] = findings.bytes
    return assembled(sections)
  }

  private static func assembled(_ sections: [Section: [UInt8]]) -> [UInt8] {
    var writer = ByteWriter()
    writer.append(magic)
    var offset = magic.count + 4 * (Section.allCases.count + 1)
    for section in Section.allCases {
      writer.fixed32(offset)
      offset += sections[section]?.count ?? 0
    }
    writer.fixed32(offset)
    for section in Section.allCases { writer.append(sections[section] ?? []) }
    return writer.bytes
  }

  /// A table with the offset of each item in front.
  private static func addressed<Item>(_ items: [Item], _ write: (inout ByteWriter, Item) -> Void) -> [UInt8] {
    var body = ByteWriter()
    var head = ByteWriter()
    head.fixed32(items.count)
    for item in items {
      head.fixed32(body.bytes.count)
      write(&body, item)
    }
    return head.bytes + body.bytes
  }

  private static func numbers(_ contents: CatalogueContents) -> [ModelID: Int] {
    Dictionary(contents.models.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private static func keyIndex(_ contents: CatalogueContents) throws(CatalogueError) -> [UInt8] {
    let numbers = numbers(contents)
    var entries: [(hash: UInt64, model: Int, key: String)] = []
    for (key, id) in contents.keys {
      guard let number = numbers[id] else { continue }
      entries.append((hash(key), number, key))
    }
    let own = Set(entries.map(\.hash))
    for (hash, id) in contents.hashedKeys where !own.contains(hash) {
      if let number = numbers[id] { entries.append((hash, number, "")) }
    }
    entries.sort { ($0.hash, $0.key) < ($1.hash, $1.key) }
    for (left, right) in zip(entries, entries.dropFirst())
    where left.hash == right.hash && left.model != right.model {
      throw CatalogueError(
        place: "keys \(left.key) and \(right.key)",
        rule: "two keys of different models must not share a hash",
        hint: "change the hash in SnapshotFormat and raise its version")
    }
    var writer = ByteWriter()
    writer.fixed32(entries.count)
    for entry in entries { writer.fixed64(entry.hash) }
    for entry in entries { writer.fixed32(entry.model) }
    return writer.bytes
  }
}

/// The interned tables of one catalogue.
struct SnapshotTables {
  let strings: (values: [String], numbers: [String: Int])
  let cells: (values: [WrittenValue], numbers: [WrittenValue: Int])
  let shapes: (values: [ClaimShape], numbers: [ClaimShape: Int])
  let scoreShapes: (values: [ScoreShape], numbers: [ScoreShape: Int])

  init(_ contents: CatalogueContents) {
    var strings = Interning<String>()
    var cells = Interning<WrittenValue>()
    var shapes = Interning<ClaimShape>()
    var scoreShapes = Interning<ScoreShape>()
    strings.count("")
    func count(_ cited: CitedRecord, apiID: String? = nil) {
      let record = cited.record
      strings.count(WrittenKey(record.key, apiID: apiID).text)
      strings.count(record.url ?? "")
      strings.count(record.mark ?? "")
      for claim in record.claims {
        shapes.count(ClaimShape(claim))
        cells.count(WrittenValue(value: claim.value, asWritten: claim.asWritten))
      }
      for score in record.scores {
        scoreShapes.count(ScoreShape(score))
        strings.count(score.variant)
        strings.count(score.interval ?? "")
      }
    }
    for model in contents.models + [contents.floating] {
      for record in model.records { count(record) }
      for route in model.routes {
        strings.count(route.provider.rawValue)
        strings.count(route.apiID)
        strings.count(route.attributes.text)
        for record in route.records { count(record, apiID: route.apiID) }
      }
    }
    self.shapes = shapes.numbered()
    // Once a shape, since that is how often the text is referred to.
    for shape in self.shapes.values {
      for text in [shape.unit, shape.note, shape.path, shape.url] { strings.count(text ?? "") }
    }
    self.strings = strings.numbered()
    self.cells = cells.numbered()
    self.scoreShapes = scoreShapes.numbered()
  }
}

/// The key of a record as it is written: what stands before the route's id where the key ends in that, as most do.
struct WrittenKey {
  let text: String
  let endsInID: Bool

  init(_ key: String, apiID: String?) {
    if let apiID, !apiID.isEmpty, key.utf8.suffix(apiID.utf8.count).elementsEqual(apiID.utf8) {
      text = String(decoding: key.utf8.dropLast(apiID.utf8.count), as: UTF8.self)
      endsInID = true
    } else {
      text = key
      endsInID = false
    }
  }
}

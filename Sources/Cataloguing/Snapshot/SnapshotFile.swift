import CEmbeddedCatalogue
import Facts

/// A binary catalogue in memory, read piece by piece.
///
/// The bytes are the program's own (embedded) or a copy that this object owns; they never change, so sharing
/// between threads is safe.
public final class SnapshotFile: @unchecked Sendable {
  private let bytes: UnsafeRawBufferPointer
  private let isOwned: Bool
  private let offsets: [Int]
  /// SHA-256 of the bytes, lower-case hexadecimal, as given by whoever made or fetched them.
  public let digest: String

  /// The catalogue inside the program.
  ///
  /// - Throws: `CatalogueError` when the program was built without one.
  public static func embedded() throws(CatalogueError) -> SnapshotFile {
    let count = embeddedCatalogueSize()
    guard count > 0, let start = embeddedCatalogueBytes() else {
      throw CatalogueError(
        place: "the program", rule: "a catalogue is embedded",
        hint: "run `llmref catalogue build`, then bin/build")
    }
    return try SnapshotFile(
      UnsafeRawBufferPointer(start: start, count: count), isOwned: false,
      digest: String(cString: embeddedCatalogueDigest()))
  }

  /// A copy of the bytes.
  public convenience init(bytes: [UInt8], digest: String) throws(CatalogueError) {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 8)
    copy.copyBytes(from: bytes)
    try self.init(UnsafeRawBufferPointer(rebasing: copy[..<bytes.count]), isOwned: true, digest: digest)
  }

  private init(_ bytes: UnsafeRawBufferPointer, isOwned: Bool, digest: String) throws(CatalogueError) {
    self.bytes = bytes
    self.isOwned = isOwned
    self.digest = digest
    var reader = ByteReader(bytes)
    var offsets: [Int] = []
    for expected in SnapshotFormat.magic {
      guard try reader.byte() == expected else {
        throw CatalogueError(
          place: "byte \(reader.position - 1)",
          rule: "a catalogue starts with LLMREF and format \(SnapshotFormat.version)",
          hint: "this is no catalogue, or one of another format; build it with `llmref catalogue build`")
      }
    }
    for _ in 0...SnapshotFormat.Section.allCases.count { offsets.append(try reader.fixed32()) }
    guard offsets == offsets.sorted(), offsets.last == bytes.count else {
      throw CatalogueError(
        place: "the index", rule: "sections follow each other to the end of the file",
        hint: "the file may be cut short")
    }
    self.offsets = offsets
  }

  deinit { if isOwned { bytes.deallocate() } }

  public var size: Int { bytes.count }

  private func reader(_ section: SnapshotFormat.Section) -> ByteReader {
    ByteReader(bytes, at: offsets[section.rawValue])
  }

  /// A reader at the item of a table that has its offsets in front.
  private func item(_ number: Int, of section: SnapshotFormat.Section) throws(CatalogueError) -> ByteReader {
    let start = offsets[section.rawValue]
    var head = ByteReader(bytes, at: start)
    let count = try head.fixed32()
    guard number < count else { throw head.corrupt("a reference leads outside its table") }
    var entry = ByteReader(bytes, at: start + 4 + 4 * number)
    let place = start + 4 + 4 * count + (try entry.fixed32())
    guard place <= offsets[section.rawValue + 1] else {
      throw head.corrupt("a table entry lies outside its section")
    }
    return ByteReader(bytes, at: place)
  }

  func frame() throws(CatalogueError) -> CatalogueFrame {
    var reader = reader(.frame)
    return try reader.frame(until: offsets[SnapshotFormat.Section.frame.rawValue + 1])
  }

  func modelCount() throws(CatalogueError) -> Int {
    var reader = reader(.index)
    return try reader.fixed32()
  }

  func summary(_ number: Int) throws(CatalogueError) -> ModelSummary {
    var reader = try item(number, of: .index)
    _ = try reader.unsigned()
    for _ in 0..<(2 * (try reader.count())) { _ = try reader.unsigned() }
    return try reader.summary()
  }

  /// The models nearest to one, nearest first.
  func nearest(to number: Int) throws(CatalogueError) -> [(summary: ModelSummary, reasons: UInt16)] {
    var reader = try item(number, of: .index)
    _ = try reader.unsigned()
    var nearest: [(ModelSummary, UInt16)] = []
    for _ in 0..<(try reader.count()) {
      let summary = try summary(try reader.unsigned())
      nearest.append((summary, UInt16(truncatingIfNeeded: try reader.unsigned())))
    }
    return nearest
  }

  func findings() throws(CatalogueError) -> [Finding] {
    var reader = reader(.findings)
    return try reader.findings()
  }

  /// The number of the model that a key leads to; binary search over the hashes.
  func model(forKey key: String) throws(CatalogueError) -> Int? {
    let start = offsets[SnapshotFormat.Section.keys.rawValue]
    var head = ByteReader(bytes, at: start)
    let count = try head.fixed32()
    let wanted = SnapshotFormat.hash(key)
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      var entry = ByteReader(bytes, at: start + 4 + 8 * middle)
      let hash = try entry.fixed64()
      if hash == wanted {
        var model = ByteReader(bytes, at: start + 4 + 8 * count + 4 * middle)
        return try model.fixed32()
      }
      if hash < wanted { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  /// Every key by its hash.
  func hashedKeys() throws(CatalogueError) -> [UInt64: ModelID] {
    let start = offsets[SnapshotFormat.Section.keys.rawValue]
    var head = ByteReader(bytes, at: start)
    let count = try head.fixed32()
    var hashes = ByteReader(bytes, at: start + 4)
    var numbers = ByteReader(bytes, at: start + 4 + 8 * count)
    var ids: [ModelID] = []
    for number in 0..<(try modelCount()) { ids.append(try summary(number).id) }
    var result: [UInt64: ModelID] = [:]
    for _ in 0..<count {
      let hash = try hashes.fixed64()
      let number = try numbers.fixed32()
      guard ids.indices.contains(number) else { throw numbers.corrupt("a key leads outside the models") }
      result[hash] = ids[number]
    }
    return result
  }

  /// The hashes of every key, ascending.
  func keyHashes() throws(CatalogueError) -> [UInt64] {
    let start = offsets[SnapshotFormat.Section.keys.rawValue]
    var reader = ByteReader(bytes, at: start)
    let count = try reader.fixed32()
    guard start + 4 + 12 * count <= bytes.count else {
      throw reader.corrupt("a table lies outside its section")
    }
    var hashes: [UInt64] = []
    hashes.reserveCapacity(count)
    for _ in 0..<count { hashes.append(try reader.fixed64()) }
    return hashes
  }

  // MARK: Models

  func contents(_ number: Int) throws(CatalogueError) -> ModelContents {
    var entry = try item(number, of: .index)
    let place = try entry.unsigned()
    let id = try summary(number).id
    var reader = ByteReader(bytes, at: offsets[SnapshotFormat.Section.models.rawValue] + place)
    return try contents(id, &reader)
  }

  /// Routes whose ids lead to no one model, see `CatalogueContents.floating`.
  func floating() throws(CatalogueError) -> ModelContents {
    var reader = ByteReader(bytes, at: offsets[SnapshotFormat.Section.floating.rawValue])
    return try contents(CatalogueContents.noModel, &reader)
  }

  private func contents(_ id: ModelID, _ reader: inout ByteReader) throws(CatalogueError) -> ModelContents {
    var contents = ModelContents(id: id)
    for _ in 0..<(try reader.count()) {
      contents.records.append(try record(&reader, subject: .model(id.rawValue)))
    }
    for _ in 0..<(try reader.count()) {
      let provider = ProviderID(try string(try reader.unsigned()))
      let apiID = try string(try reader.unsigned())
      let attributes = RouteAttributes(text: try string(try reader.unsigned()))
      var records: [CitedRecord] = []
      for _ in 0..<(try reader.count()) {
        records.append(try record(&reader, subject: .route(provider: provider.rawValue, apiID: apiID)))
      }
      contents.routes.append(
        RouteContents(provider: provider, apiID: apiID, attributes: attributes, records: records))
    }
    return contents
  }

  private func string(_ number: Int) throws(CatalogueError) -> String {
    var reader = try item(number, of: .strings)
    return try reader.text()
  }

  private func record(_ reader: inout ByteReader, subject: Subject) throws(CatalogueError) -> CitedRecord {
    let source = try reader.unsigned()
    let written = try reader.unsigned()
    var key = try string(written / 2)
    if written % 2 == 1 {
      guard case .route(_, let apiID) = subject else { throw reader.corrupt("a record's key ends in no id") }
      key += apiID
    }
    let url = try string(try reader.unsigned())
    let mark = try string(try reader.unsigned())
    let observed = try reader.optionalDate()
    var claims: [Claim] = []
    for _ in 0..<(try reader.count()) { claims.append(try claim(&reader)) }
    var scores: [ScoreClaim] = []
    for _ in 0..<(try reader.count()) { scores.append(try score(&reader)) }
    return CitedRecord(
      source: source,
      record: SourceRecord(
        key: key, subject: subject, claims: claims, scores: scores, url: url.isEmpty ? nil : url,
        observed: observed,
        mark: mark.isEmpty ? nil : mark))
  }

  private func claim(_ reader: inout ByteReader) throws(CatalogueError) -> Claim {
    var shapeReader = try item(try reader.unsigned(), of: .shapes)
    let shape = try shapeReader.shape(string)
    var cell = try item(try reader.unsigned(), of: .cells)
    let value = try cell.value()
    let asWritten = try cell.byte() == 0 ? value.text : try cell.text()
    return Claim(
      shape.field, value, asWritten: asWritten, unit: shape.unit, basis: shape.basis, note: shape.note,
      validFrom: shape.validFrom, validUntil: shape.validUntil, url: shape.url, path: shape.path)
  }

  private func score(_ reader: inout ByteReader) throws(CatalogueError) -> ScoreClaim {
    var shapeReader = try item(try reader.unsigned(), of: .scoreShapes)
    let shape = try shapeReader.scoreShape()
    let variant = try string(try reader.unsigned())
    let interval = try string(try reader.unsigned())
    let value = try reader.decimal()
    return ScoreClaim(
      benchmark: shape.benchmark, value: value, asWritten: try reader.text(), unit: shape.unit,
      metric: shape.metric,
      evaluator: shape.evaluator, version: shape.version, variant: variant,
      interval: interval.isEmpty ? nil : interval,
      url: shape.url)
  }
}

private func embeddedCatalogueBytes() -> UnsafeRawPointer? {
  llmref_catalogue_bytes().map { UnsafeRawPointer($0) }
}
private func embeddedCatalogueSize() -> Int { llmref_catalogue_size() }
private func embeddedCatalogueDigest() -> UnsafePointer<CChar> { llmref_catalogue_digest() }

import Facts
import Testing

@testable import Cataloguing

@Suite struct SourceReplacements {
  private func source(_ id: String, _ day: String, lineage: String? = nil) throws -> SourceDescription {
    SourceDescription(
      id: SourceID(id), title: id, version: day, licence: "MIT", homepage: nil,
      observed: try CalendarDate(parsing: day), digest: id + day, lineage: SourceID(lineage ?? id),
      correction: id)
  }

  func record(_ name: String, input: String, window: Int64 = 100_000) throws -> SourceRecord {
    SourceRecord(
      key: "acme/" + name, subject: .route(provider: "acme", apiID: name),
      claims: [
        Claim(.price(PriceTerm(.input)), .money(try Money(dollars: input)), asWritten: input),
        Claim(.contextWindow, .tokens(TokenCount(window)), asWritten: "\(window)"),
      ])
  }

  static let names = (1...20).map { "rocket-\($0)" }

  /// Twenty routes of one source, one of them known to another source too; written and read back.
  func catalogue() throws -> Catalogue {
    var builder = CatalogueBuilder(frame: CatalogueFrame(), asOf: try CalendarDate(parsing: "2026-10-01"))
    builder.add(
      source: try source("table", "2026-10-01"), records: try Self.names.map { try record($0, input: "1") })
    builder.add(source: try source("other", "2026-10-01"), records: [try record("rocket-1", input: "1.5")])
    let contents = builder.build().finished(asOf: try CalendarDate(parsing: "2026-10-01"))
    return try Catalogue(snapshot: SnapshotFile(bytes: SnapshotFormat.write(contents), digest: "first"))
  }

  func replaced(_ records: [SourceRecord], on day: String = "2026-11-01", accepted: Bool = false)
    throws -> (
      [SourceChange], Catalogue
    )
  {
    var replacement = try SourceReplacement(try catalogue())
    let changes = try replacement.replace(
      try source("table", day), records: records, providers: [], aliases: [], findings: [],
      isLossAccepted: accepted)
    let contents = try replacement.finished(asOf: try CalendarDate(parsing: day))
    let bytes = try SnapshotFormat.write(contents)
    return (changes, try Catalogue(snapshot: SnapshotFile(bytes: bytes, digest: "second")))
  }

  @Test func theSameRecordsChangeNothing() throws {
    let (changes, catalogue) = try replaced(try Self.names.map { try record($0, input: "1") })
    #expect(changes.isEmpty)
    #expect(try catalogue.summaries().count == 20)
  }

  @Test func changesAreTheValuesThatDiffer() throws {
    var records = try Self.names.dropLast().map { try record($0, input: "1") }
    records[2] = try record("rocket-3", input: "0.75")
    records[4] = try record("rocket-5", input: "1", window: 200_000)
    records.append(try record("sled-1", input: "2"))
    let (changes, catalogue) = try replaced(records)
    let told = changes.map {
      "\($0.kind.rawValue) \($0.apiID ?? "") \($0.field ?? "") \($0.before ?? "") \($0.after ?? "")"
    }
    #expect(
      told.sorted() == [
        "added sled-1   ", "changed rocket-3 price.input 1 0.75",
        "changed rocket-5 context_window 100000 200000",
        "removed rocket-20   ",
      ])
    // The catalogue says the same, and finds old and new ids.
    let day = try CalendarDate(parsing: "2026-11-01")
    func route(_ id: String) throws -> Route? { try catalogue.route(id, at: "acme", asOf: day)?.route }
    #expect(try route("rocket-3")?.prices.base(.input).value?.text == "0.75")
    #expect(try route("sled-1")?.prices.base(.input).value?.text == "2")
    // What the source no longer lists is a tombstone of the older snapshot.
    let gone = try #require(try route("rocket-20"))
    #expect(!gone.isListed && gone.lastSeen.text == "2026-10-01")
    #expect(gone.prices.base(.input).value?.text == "1")
    // What another source says stays; the newer snapshot is what is cited.
    let first = try #require(try route("rocket-1"))
    #expect(first.isListed && first.prices.base(.input).isDisputed)
    #expect(Set(catalogue.frame.sources.map(\.version)) == ["2026-10-01", "2026-11-01"])
  }

  /// On one day too, what the newer snapshot lacks is no longer listed.
  @Test func aSecondSnapshotOfADayLeavesTombstones() throws {
    let (_, catalogue) = try replaced(
      try Self.names.dropLast().map { try record($0, input: "1") }, on: "2026-10-01")
    let gone = try catalogue.route("rocket-20", at: "acme", asOf: try CalendarDate(parsing: "2026-10-01"))
    #expect(gone?.route.isListed == false)
    let kept = try catalogue.route("rocket-19", at: "acme", asOf: try CalendarDate(parsing: "2026-10-01"))
    #expect(kept?.route.isListed == true)
  }

  /// Two of twenty are a tenth and may go; three may not, unless the reader accepts it.
  @Test func aLossOfMoreThanATenthIsRefused() throws {
    let records = try Self.names.map { try record($0, input: "1") }
    #expect(try replaced(Array(records.dropLast(2))).0.count == 2)
    #expect(throws: SyncRefusal.loss(removed: 3, of: 20)) { try replaced(Array(records.dropLast(3))) }
    #expect(try replaced(Array(records.dropLast(3)), accepted: true).0.count == 3)
    #expect(throws: SyncRefusal.empty) { try replaced([], accepted: true) }
  }
}

extension SourceReplacements {
  @Test func aFileInAnotherUnitIsRefusedAndTakenWhenAccepted() throws {
    // All twenty at a thousand times their price.
    let records = try Self.names.map { try record($0, input: "1000") }
    #expect(
      throws: SyncRefusal.shift("20 of 20 prices would change, most of them to three times as much or more")
    ) { try replaced(records) }
    #expect(try replaced(records, accepted: true).0.count == 20)
    let zeros = try Self.names.map { try record($0, input: "0") }
    #expect(throws: SyncRefusal.shift("20 of 20 prices would fall to zero")) { try replaced(zeros) }
  }

  @Test func aLaterSnapshotOfTheLineageIsFound() throws {
    let replacement = try SourceReplacement(try catalogue())
    let before = try CalendarDate(parsing: "2026-09-30")
    #expect(replacement.later(than: before, in: "table")?.id == "table")
    #expect(replacement.later(than: try CalendarDate(parsing: "2026-10-01"), in: "table") == nil)
    #expect(replacement.later(than: before, in: "nobody") == nil)
  }
}

extension SourceReplacements {
  /// What an older snapshot repeats of its lineage is left out of a catalogue: that value is the one before.
  private static let repeats: [(before: String?, said: Set<String>, told: String?)] = [
    (nil, [], "nil → 2"), (nil, ["1"], "1 → 2"), (nil, ["2"], nil), (nil, ["1", "2"], nil),
    (nil, ["1", "3"], "nil → 2"), ("1", ["2"], "1 → 2"),
  ]

  @Test(arguments: repeats)
  func aRepeatIsTheValueBefore(before: String?, said: Set<String>, told: String?) {
    let change = SourceChange(
      kind: .changed, model: nil, provider: nil, apiID: nil, record: "r", field: "context_window",
      before: before, after: "2")
    let result = change.after(said.isEmpty ? [:] : ["context_window": said])
    #expect(result.map { "\($0.before ?? "nil") → \($0.after ?? "nil")" } == told)
  }
}

import Facts
import Pricing
import Testing

@testable import Cataloguing

/// Charges of one provider, and where they were read.
private func note(_ provider: String, _ charges: [FeeCharge]) throws -> FeeNote {
  FeeNote(
    provider: provider,
    rows: try charges.enumerated().map { place, charge in
      FeeNote.Row(
        charge: charge, recordKey: "fees.yaml#fees[0].charges[\(place)]",
        url: "https://\(provider).example/fees", seen: try CalendarDate(parsing: "2026-11-29"),
        mark: "as written")
    })
}

private func charge(_ basis: FeeBasis, _ percent: String, minimum: String? = nil, fixed: String? = nil)
  throws -> FeeCharge
{
  FeeCharge(
    basis: basis, percent: try ExactDecimal(parsing: percent),
    minimum: try minimum.map { try Money(dollars: $0) }, fixed: try fixed.map { try Money(dollars: $0) })
}

private func source(_ id: String) throws -> SourceDescription {
  SourceDescription(
    id: SourceID(id), title: id, version: "1", licence: "MIT", homepage: nil,
    observed: try CalendarDate(parsing: "2026-11-01"), digest: "00", lineage: SourceID(id), correction: id)
}

/// A model at providers of one price, each with its fee.
private func catalogue(_ providers: [String], fees: [FeeNote], lab: [String] = []) throws -> CatalogueContents
{
  var builder = CatalogueBuilder(frame: CatalogueFrame(), asOf: try CalendarDate(parsing: "2026-11-01"))
  builder.add(
    source: try source("curated"), records: [],
    labs: [LabNote(id: "acme", name: "Acme", namespaces: ["acme"], firstParty: lab)], fees: fees)
  let price = Claim(.price(PriceTerm(.input)), .money(try Money(dollars: "1")), asWritten: "1")
  let output = Claim(.price(PriceTerm(.output)), .money(try Money(dollars: "2")), asWritten: "2")
  builder.add(
    source: try source("litellm"),
    records: providers.map {
      SourceRecord(
        key: $0, subject: .route(provider: $0, apiID: "acme/rocket"), claims: [price, output])
    })
  return builder.build()
}

@Suite struct FeesOfChannels {
  /// Equal costs: the lab's own, then no fee, then what nobody states, then 5%, then 5.5% without a fixed part before one with.
  @Test func breakTiesAndNothingElse() throws {
    let fees = [
      try note("dear", [charge(.cardTopUp, "5.5", minimum: "0.8")]),
      try note("dearer", [charge(.cardTopUp, "5.5", fixed: "0.3")]),
      try note("cheap", [charge(.topUp, "5"), charge(.request, "0")]),
      try note("nothing", [charge(.topUp, "0"), charge(.request, "0")]),
      // Prices passed through: what a top-up costs is not said.
      try note("passing", [charge(.request, "0")]),
      try note("own", [charge(.request, "3")]),
      // A charge of own keys is none of this bill.
      try note("keys", [charge(.ownKeys, "9")]),
    ]
    let contents = try catalogue(
      ["dear", "dearer", "cheap", "nothing", "passing", "own", "keys", "silent"], fees: fees, lab: ["own"])
    let model = try #require(
      try Catalogue(contents: contents).model("acme/rocket", asOf: CalendarDate(parsing: "2026-11-01")))
    let estimate = Estimate(model, workload: .usual)
    #expect(
      estimate.candidates.map(\.route.provider.rawValue) == [
        "own", "nothing", "keys", "passing", "silent", "cheap", "dear", "dearer",
      ])
    // 800M × $1 + 250M × $2 a million = 800 + 500, through each of them: a fee is no part of a cost.
    #expect(Set(estimate.candidates.map(\.cost.text)) == ["1300"])
  }

  /// 5.5% of $1,300 is $71.50, of $10 it is $0.55 and at least $0.80; 4.4% of $20 and $0.30 are $1.18.
  @Test func areWorkedOutOnABill() throws {
    let card = ChannelFee(
      try note("a", [charge(.cardTopUp, "5.5", minimum: "0.8")]), from: try source("curated"))
    #expect(card.amount(on: ExactDecimal(1300))?.text == "71.5")
    #expect(card.amount(on: ExactDecimal(10))?.text == "0.8")
    let both = ChannelFee(
      try note("b", [charge(.cardTopUp, "4.4", fixed: "0.3")]), from: try source("curated"))
    #expect(both.amount(on: ExactDecimal(20))?.text == "1.18")
    let none = ChannelFee(try note("c", [charge(.topUp, "0")]), from: try source("curated"))
    #expect(none.isNothing && none.amount(on: ExactDecimal(20))?.text == "0")
    let passing = ChannelFee(try note("d", [charge(.request, "0")]), from: try source("curated"))
    #expect(!passing.isNothing && passing.usual.isEmpty && passing.passesPricesThrough != nil)
  }

  /// What is written is read back; the bytes are the same again, and a catalogue of before fees has none.
  @Test func stayInTheSnapshot() throws {
    let all = FeeCharge(
      basis: .ownKeys, percent: try ExactDecimal(parsing: "5.25"), freeSpend: try Money(dollars: "25000"),
      freeRequests: 1_000_000, only: "with a foreign card")
    let stated = [
      try note("dear", [charge(.cardTopUp, "5.5", minimum: "0.8", fixed: "0.3"), all]),
      try note("nothing", [charge(.topUp, "0")]),
    ]
    let contents = try catalogue(["dear", "nothing", "silent"], fees: stated)
    let bytes = try SnapshotFormat.write(contents)
    let read = try Catalogue(snapshot: SnapshotFile(bytes: bytes, digest: "00"))
    #expect(read.frame.fees.keys.sorted() == ["dear", "nothing"])
    for (provider, fee) in contents.frame.fees {
      let back = try #require(read.frame.fees[provider])
      #expect(back.note == fee.note && back.charges.map(\.citation) == fee.charges.map(\.citation))
    }
    var again = contents
    again.frame = read.frame
    #expect(try SnapshotFormat.write(again) == bytes)
    // A frame that ends where fees begin.
    var writer = ByteWriter()
    writer.frame(contents.frame)
    var none = ByteWriter()
    none.fees([:])
    var without = contents.frame
    without.fees = [:]
    var old = ByteWriter()
    old.frame(without)
    let cut = Array(old.bytes.dropLast(none.bytes.count))
    let fees = try cut.withUnsafeBytes { bytes in
      var reader = ByteReader(bytes)
      return try reader.frame(until: bytes.count).fees
    }
    #expect(fees.isEmpty)
  }
}

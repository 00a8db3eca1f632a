import Cataloguing
import Documents
import Facts
import Foundation
import Pages
import Pricing
import Rendering
import Testing

@Suite struct FeesBesideCosts {
  /// The seed pair over a catalogue that knows the fees of two providers, named as the facts name them.
  private static func catalogue(_ fees: [String: [FeeCharge]], mark: String = "as written") throws
    -> Catalogue
  {
    var contents = CatalogueContents()
    let source = SourceDescription(
      id: SourceID("curated"), title: "Curated layer", version: "1", licence: "Apache-2.0", homepage: nil,
      observed: try Seed.day(), digest: "00", lineage: SourceID("curated"), correction: "Data/curated")
    contents.frame.sources = [source]
    for (provider, charges) in fees {
      let rows = try charges.enumerated().map { place, charge in
        FeeNote.Row(
          charge: charge, recordKey: "fees.yaml#fees[0].charges[\(place)]",
          url: "https://gateway.example/\(place)", seen: try Seed.day(), mark: mark)
      }
      contents.frame.fees[contents.frame.identity.provider(provider)] = ChannelFee(
        FeeNote(provider: provider, rows: rows), from: source)
    }
    return try Seed.catalogue(on: Catalogue(contents: contents))
  }

  private static func charge(
    _ basis: FeeBasis, _ percent: String, minimum: String? = nil, only: String? = nil
  ) throws -> FeeCharge {
    FeeCharge(
      basis: basis, percent: try ExactDecimal(parsing: percent),
      minimum: try minimum.map { try Money(dollars: $0) }, only: only)
  }

  private static let card = [
    try? charge(.cardTopUp, "5.5", minimum: "0.80"), try? charge(.request, "0"),
  ].compactMap(\.self)

  private static func text(_ document: Document, _ format: OutputFormat) -> String {
    String(decoding: format.render(document, terminal: .init(width: 4000, colour: false)), as: UTF8.self)
  }

  private static func row(_ document: Document, _ section: String, _ label: String) -> Table.Row? {
    for case .table(let table) in document.sections.first(where: { $0.id == section })?.blocks ?? [] {
      if let row = table.rows.first(where: { $0.label == label }) { return row }
    }
    return nil
  }

  /// $216.25 stays $216.25: 60 + 156.25, with 5.5% beside it and none of it inside.
  @Test func standBesideTheCostAndNeverInIt() throws {
    let comparison = try Seed.comparison(in: Self.catalogue(["OpenRouter": Self.card]))
    #expect(comparison.verdict.assessments[1].estimate.cheapest?.cost.text == "216.25")
    let row = try #require(Self.row(comparison.document, "monthly-cost", "Fee of the channel"))
    #expect(row.cells.map(\.plainText) == ["unknown", "+ 5.5% on card top-ups (at least $0.80)"])
    let cell = try #require(row.cells[1].cells.first)
    #expect(cell.state == .known && cell.exact == "5.5")
    #expect(cell.citations.map(\.url) == ["https://gateway.example/0"])
    for format in OutputFormat.allCases {
      let text = Self.text(comparison.document, format)
      #expect(text.contains("$216.25") && text.contains("+ 5.5% on card top-ups (at least $0.80)"))
    }
    Laws.checkAll(comparison)
  }

  @Test(arguments: [
    ([(FeeBasis.topUp, "0"), (.request, "0")], "none: list prices are passed through"),
    ([(.topUp, "0")], "none on top-ups"),
    ([(.request, "0")], "none on requests: list prices are passed through; for top-ups no fee is known"),
    ([(.ownKeys, "5")], "no fee is known"),
    ([(.request, "1"), (.topUp, "5"), (.cryptoTopUp, "4")], "+ 1% on each request, + 5% on top-ups"),
    ([(.cryptoTopUp, "4")], "+ 4% on crypto top-ups"),
  ])
  func areWordedByWhatIsStated(_ stated: [(FeeBasis, String)], _ words: String) throws {
    let charges = try stated.map { try Self.charge($0.0, $0.1) }
    let document = try Seed.comparison(in: Self.catalogue(["OpenRouter": charges])).document
    #expect(Self.row(document, "monthly-cost", "Fee of the channel")?.cells.last?.plainText == words)
  }

  @Test func areUnknownWhereNoSourceSays() throws {
    let document = try Seed.comparison(in: Seed.catalogue()).document
    let row = try #require(Self.row(document, "monthly-cost", "Fee of the channel"))
    #expect(row.cells.map(\.plainText) == ["unknown", "no fee is known"])
    #expect(row.cells[1].cells.allSatisfy { $0.citations.isEmpty && $0.exact == nil })
  }

  @Test func standOnThePagesOfModelAndProvider() throws {
    let charges = Self.card + [try Self.charge(.cardTopUp, "1.5", only: "with a foreign card")]
    let catalogue = try Self.catalogue(["OpenRouter": charges])
    let model = try #require(
      try ModelProfile(Seed.ling, in: catalogue, traffic: .usual, asOf: Seed.day()))
    let costs = try #require(model.document.sections.first { $0.id == "monthly-cost" })
    var fees: [String] = []
    for case .table(let table) in costs.blocks { fees = table.rows.map { $0.cells[1].plainText } }
    #expect(fees.contains("+ 5.5% on card top-ups (at least $0.80)"))
    let provider = try #require(
      try ProviderProfile(
        catalogue.frame.identity.provider("OpenRouter"), in: catalogue, asOf: Seed.day()))
    let section = try #require(provider.document.sections.first { $0.id == "fees" })
    var rows: [[String]] = []
    for case .table(let table) in section.blocks {
      rows = table.rows.map { [$0.label, $0.note ?? "", $0.cells[0].plainText] }
    }
    #expect(
      rows == [
        ["Card top-ups", "", "+ 5.5% on card top-ups (at least $0.80)"],
        ["Requests", "", "none on requests: list prices are passed through"],
        [
          "Card top-ups", "with a foreign card", "+ 1.5% on card top-ups with a foreign card",
        ],
      ])
    let data = Self.text(provider.document, .json)
    for part in [
      #""state": "known""#, #""basis": "card top-up""#, #""percent": "5.5""#, #""minimum_usd": "0.8""#,
      #""url": "https://gateway.example/0""#,
    ] {
      #expect(data.replacing("\":\"", with: "\": \"").contains(part), "\(part)")
    }
    let silent = try #require(
      try ProviderProfile(
        catalogue.frame.identity.provider("Novita AI"), in: catalogue, asOf: Seed.day()))
    #expect(Self.text(silent.document, .markdown).contains("no source states a fee"))
  }

  /// A catalogue may be hostile: what an entry holds reaches no page as more than text.
  @Test(arguments: OutputFormat.allCases)
  func areHarmlessWhateverTheyHold(format: OutputFormat) throws {
    for payload in [
      "<script>alert(1)</script>", "a\u{0}b\u{1B}[31m", "\u{202E}txt", "| a | b |",
      "[x](javascript:alert(1))",
    ] {
      let charges = [
        try Self.charge(.topUp, "5"), try Self.charge(.cardTopUp, "1", only: payload),
      ]
      let catalogue = try Self.catalogue(["OpenRouter": charges], mark: payload)
      let provider = try #require(
        try ProviderProfile(
          catalogue.frame.identity.provider("OpenRouter"), in: catalogue, asOf: Seed.day()))
      for document in [provider.document, try Seed.comparison(in: catalogue).document] {
        let text = Self.text(document, format)
        #expect(!text.unicodeScalars.contains { !$0.isHarmless && $0 != "\n" })
        if format == .html || format == .json { #expect(!text.contains("<script>alert")) }
        if format == .markdown {
          #expect(!text.replacing("\\]", with: "").contains("](javascript:") && !text.contains("<script"))
        }
      }
    }
  }
}

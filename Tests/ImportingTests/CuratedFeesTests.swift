import Facts
import Foundation
import Importing
import Testing

private func read(_ text: String) throws -> Imported {
  let source = SourceDescription(
    id: CuratedModels.id, title: "Curated layer", version: "1", licence: "Apache-2.0", homepage: nil,
    observed: try CalendarDate(parsing: "2026-11-29"), digest: "00", lineage: CuratedModels.id,
    correction: "Data/curated")
  return try CuratedModels.read(
    Snapshot(source: source, files: [.init(name: "fees.yaml", bytes: Array(text.utf8))]))
}

private let evidence =
  #"source: "https://gateway.example/fees", seen: "2026-11-29", mark: "5.5% ($0.80 minimum)""#

/// One provider with one charge of the given keys.
private func one(_ keys: String, evidence: String = evidence) -> String {
  "fees:\n- provider: \"gateway\"\n  charges:\n  - {\(keys), \(evidence)}\n"
}

@Suite struct CuratedFees_ {
  @Test func areReadWithEveryPartThatIsWritten() throws {
    let imported = try read(
      """
      fees:
      - provider: "gateway"
        charges:
        - {basis: "card top-up", percent: "5.5", minimum_usd: "0.80", fixed_usd: "0.30", \(evidence)}
        - {basis: "own keys", percent: "5", free_usd: "25000", free_requests: "1000000", \(evidence)}
        - {basis: "card top-up", percent: "1.5", only: "with a foreign card", \(evidence)}
      - provider: "passing"
        charges:
        - {basis: "each request", percent: "0", \(evidence)}
      """)
    #expect(imported.findings.isEmpty)
    #expect(imported.fees.map(\.provider) == ["gateway", "passing"])
    let rows = try #require(imported.fees.first).rows
    #expect(
      rows.map(\.charge) == [
        FeeCharge(
          basis: .cardTopUp, percent: try ExactDecimal(parsing: "5.5"), minimum: try Money(dollars: "0.8"),
          fixed: try Money(dollars: "0.3")),
        FeeCharge(
          basis: .ownKeys, percent: ExactDecimal(5), freeSpend: try Money(dollars: "25000"),
          freeRequests: 1_000_000),
        FeeCharge(
          basis: .cardTopUp, percent: try ExactDecimal(parsing: "1.5"), only: "with a foreign card"),
      ])
    #expect(rows.first?.recordKey == "fees.yaml#fees[0].charges[0]")
    #expect(rows.first?.url == "https://gateway.example/fees" && rows.first?.seen.text == "2026-11-29")
    #expect(rows.first?.mark == "5.5% ($0.80 minimum)")
    #expect(imported.fees.last?.rows.first?.charge.isNothing == true)
  }

  /// A charge that nobody can look up is no charge: source, day and a mark of at most 25 words.
  @Test(arguments: [
    #"source: "https://gateway.example/fees", seen: "2026-11-29""#,
    #"seen: "2026-11-29", mark: "5.5%""#, #"source: "https://gateway.example/fees", mark: "5.5%""#,
    #"source: "javascript:alert(1)", seen: "2026-11-29", mark: "5.5%""#,
    #"source: "https://gateway.example/fees", seen: "yesterday", mark: "5.5%""#,
    #"source: "https://gateway.example/fees", seen: "2026-11-29", mark: "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26""#,
  ]) func areRefusedWithoutTheirPage(_ evidence: String) throws {
    let imported = try read(one(#"basis: "top-up", percent: "5""#, evidence: evidence))
    #expect(imported.fees.isEmpty)
    #expect(imported.findings.map(\.rule) == ["no-citation"])
    // The place is the charge, or the very value that is wrong.
    let places = ["", ".source", ".seen", ".mark"].map { "fees.yaml#fees[0].charges[0]" + $0 }
    #expect(imported.findings.count == 1 && imported.findings.allSatisfy { places.contains($0.place) })
  }

  @Test(arguments: [
    #"percent: "5""#, #"basis: "wire", percent: "5""#, #"basis: "top-up""#,
    // Not quoted, so that a reader of YAML might round it.
    #"basis: "top-up", percent: 5.5"#, #"basis: "top-up", percent: "-1""#,
    #"basis: "top-up", percent: "100""#,
    #"basis: "top-up", percent: "five""#, #"basis: "top-up", percent: "5", minimum_usd: "0""#,
    #"basis: "top-up", percent: "5", fixed_usd: "-0.3""#,
    #"basis: "each request", percent: "5", minimum_usd: "1""#,
    #"basis: "top-up", percent: "5", free_usd: "5""#,
    #"basis: "own keys", percent: "5", free_requests: "1.5""#,
    #"basis: "top-up", percent: "5", only: """#,
    "basis: \"top-up\", percent: \"5\", only: \"a\\u202Eb\"",
    #"basis: "top-up", percent: "5", only: "\#(String(repeating: "x", count: 81))""#,
  ]) func areRefusedWhereAPartIsNoFee(_ keys: String) throws {
    let imported = try read(one(keys))
    #expect(imported.fees.isEmpty)
    #expect(imported.findings.map(\.rule) == ["bad-fee"], "\(keys)")
  }

  /// Of two the first counts; a provider is an id.
  @Test func areStatedOnce() throws {
    let charge = "  charges:\n  - {basis: \"top-up\", percent: \"5\", \(evidence)}\n"
    let twice = try read("fees:\n- provider: \"a\"\n\(charge)- provider: \"a\"\n\(charge)")
    #expect(twice.fees.count == 1 && twice.findings.map(\.rule) == ["bad-fee"])
    let again = try read(
      "fees:\n- provider: \"a\"\n\(charge)  - {basis: \"top-up\", percent: \"6\", \(evidence)}\n")
    #expect(again.fees.first?.rows.map(\.charge.percent.text) == ["5"])
    #expect(again.findings.map(\.rule) == ["bad-fee"])
    for name in ["<script>", "", "a b", String(repeating: "x", count: 81)] {
      let named = try read("fees:\n- provider: \"\(name)\"\n\(charge)")
      #expect(named.fees.isEmpty && named.findings.map(\.rule) == ["bad-fee"])
    }
  }

  /// What stands in Data/curated, as read on the pages.
  @Test func ofTheProjectAreWhatThePagesSay() throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Data/curated/fees.yaml")
    let imported = try read(String(decoding: Data(contentsOf: path), as: UTF8.self))
    #expect(imported.findings.isEmpty)
    #expect(imported.fees.count >= 10)
    func charge(_ provider: String, _ basis: FeeBasis) -> FeeCharge? {
      imported.fees.first { $0.provider == provider }?.rows.first { $0.charge.basis == basis }?.charge
    }
    let card = charge("openrouter", .cardTopUp)
    #expect(card?.percent.text == "5.5" && card?.minimum?.text == "0.8")
    #expect(charge("openrouter", .cryptoTopUp)?.percent.text == "5")
    #expect(charge("openrouter", .ownKeys)?.freeSpend?.text == "25000")
    #expect(charge("opencode", .cardTopUp)?.fixed?.text == "0.3")
    #expect(charge("huggingface", .topUp)?.isNothing == true)
    // Vercel passes prices through and says that payment fees may apply: what a top-up costs stays open.
    #expect(charge("vercel", .request)?.isNothing == true && charge("vercel", .topUp) == nil)
  }
}

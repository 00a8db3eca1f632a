import Facts
import Testing

@testable import Cataloguing

private func witness(
  _ field: Field, _ value: FactValue, role: Witness.Role, at provider: String, window: Int64? = nil
) throws -> Witness {
  let day = try CalendarDate(parsing: "2026-11-20")
  let source = SourceDescription(
    id: SourceID(provider), title: provider, version: "1", licence: "MIT", homepage: nil, observed: day,
    digest: "00", lineage: SourceID(provider), correction: "", proves: .soldToday)
  var claims = [Claim(field, value, asWritten: value.text)]
  if let window {
    claims.append(Claim(.contextWindow, .tokens(TokenCount(window)), asWritten: String(window)))
  }
  return Witness(
    claim: claims[0],
    record: SourceRecord(
      key: provider, subject: .route(provider: provider, apiID: "m"), claims: claims),
    source: source, role: role, provider: ProviderID(provider), rank: 0)
}

private func day(_ text: String) throws -> FactValue { .date(try CalendarDate(parsing: text)) }

@Suite struct PlausibleClaimsAre {
  private let plausible = PlausibleClaims(
    released: try? CalendarDate(parsing: "2025-06-10"), contextWindow: TokenCount(131_072))

  private func kept(_ witnesses: [Witness], _ field: Field) -> [String] {
    plausible.among(witnesses, of: field).map { $0.record.key }
  }

  @Test func neverAnswersLongerThanTheWindow() throws {
    let witnesses = [
      try witness(.maxOutput, .tokens(TokenCount(163_840)), role: .reseller, at: "a"),
      try witness(.maxOutput, .tokens(TokenCount(131_072)), role: .reseller, at: "b"),
      try witness(.maxOutput, .tokens(TokenCount(200_000)), role: .own, at: "cited"),
    ]
    #expect(kept(witnesses, .maxOutput) == ["b", "cited"])
  }

  /// 0.9 × 131,072 = 117,964.8 and 0.8 × 131,072 = 104,857.6, cut.
  @Test(arguments: [(117_964, false), (104_857, false), (117_965, true), (8_192, true)])
  func sharesOfTheWindowAreFillings(output: Int64, isKept: Bool) throws {
    let reseller = try witness(
      .maxOutput, .tokens(TokenCount(output)), role: .reseller, at: "a", window: 131_072)
    #expect(kept([reseller], .maxOutput) == (isKept ? ["a"] : []))
  }

  @Test(arguments: [
    ("2025-06", false), ("2025-06-30", false), ("2025-05-31", true), ("2024", true), ("2025", true),
  ])
  func aCutoffIsBeforeTheMonthOfTheRelease(cutoff: String, isKept: Bool) throws {
    let lab = try witness(.knowledgeCutoff, day(cutoff), role: .firstParty, at: "lab")
    #expect(kept([lab], .knowledgeCutoff) == (isKept ? ["lab"] : []))
  }

  /// Two of four is no majority, two of three is one; the lab needs none.
  @Test func resellersNeedAMajorityForACutoff() throws {
    let two = [
      try witness(.knowledgeCutoff, day("2024-04"), role: .reseller, at: "a"),
      try witness(.knowledgeCutoff, day("2024-04"), role: .reseller, at: "b"),
      try witness(.knowledgeCutoff, day("2024-10"), role: .reseller, at: "c"),
    ]
    #expect(kept(two, .knowledgeCutoff) == ["a", "b", "c"])
    let split = two + [try witness(.knowledgeCutoff, day("2023-10"), role: .reseller, at: "d")]
    #expect(kept(split, .knowledgeCutoff).isEmpty)
    let lab = split + [try witness(.knowledgeCutoff, day("2024-11"), role: .firstParty, at: "lab")]
    #expect(kept(lab, .knowledgeCutoff).count == 5)
  }

  /// 128,000 is a rounding of 131,072, and neither of 100,000.
  @Test func ofTwoSpellingsOf128kTheCountIsBelieved() throws {
    let spellings = [
      try witness(.contextWindow, .tokens(TokenCount(128_000)), role: .firstParty, at: "a"),
      try witness(.contextWindow, .tokens(TokenCount(131_072)), role: .firstParty, at: "b"),
    ]
    #expect(
      Resolution(field: .contextWindow, witnesses: spellings).knowledge().value
        == .tokens(TokenCount(131_072)))
  }

  /// What is not believed stays in the evidence.
  @Test func whatIsNotBelievedIsStillSaid() throws {
    let witnesses = [
      try witness(.maxOutput, .tokens(TokenCount(163_840)), role: .firstParty, at: "a"),
      try witness(.maxOutput, .tokens(TokenCount(65_536)), role: .reseller, at: "b"),
    ]
    let known = Resolution(field: .maxOutput, witnesses: witnesses).knowledge(
      believingOnly: plausible.among(witnesses, of: .maxOutput))
    #expect(known.value == .tokens(TokenCount(65_536)))
    #expect(known.evidence?.dissenting.map(\.value) == [.tokens(TokenCount(163_840))])
  }
}

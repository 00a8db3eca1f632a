import Documents
import Facts
import Pages
import Pricing

extension DecisionRecord {
  private var trafficWords: String {
    let words = months.map { Wording.workload($0) }
    return months[0] == months[1]
      ? words[0] : zip(models, words).map { "\($1) for \($0.name)" }.joined(separator: "; ")
  }

  /// The record as a page. It holds the record for programs too, so that the page alone can be rechecked.
  /// - Parameters:
  ///   - data: what ``data`` gave.
  ///   - text: the same on one line.
  public func document(data: DataValue, text: String) -> Document {
    let names = models.map(\.name)
    let digests = Self.digests(data)
    let ids = Dictionary(
      claims.enumerated().map { ($1.key, Self.claimID($0)) }, uniquingKeysWith: { first, _ in first })
    let conclusions = self.conclusions.enumerated().map { place, conclusion in
      Table.Row(
        "\(Self.conclusionID(place))",
        cells: [
          [.text(conclusion.statement)], [.text(Self.ranges(conclusion.restsOn.compactMap { ids[$0] }))],
          [.text(Self.digest(digests, Self.conclusionID(place)))],
        ])
    }
    let claims = self.claims.enumerated().map { place, claim in
      Table.Row(
        "\(Self.claimID(place))",
        cells: [
          [.text(claim.title)], [.cell(Self.cell(claim))],
          [.text(claim.disputes.isEmpty ? "no" : Display.listed(claim.disputes))],
          [.text(Self.digest(digests, Self.claimID(place)))],
        ])
    }
    return .page(
      "decision", "Decision record: \(names.joined(separator: " or "))", stamp,
      opening: [
        .paragraph([
          .text(
            "What was known on \(stamp.asOf.text) of \(Display.listed(models.map { "\($0.name) (\($0.id))" })), and what followed for this traffic: \(trafficWords). Each line carries the digest of its own text; llmref decide --recheck says what has changed since."
          )
        ])
      ],
      [
        Section(
          id: "conclusions", title: "Conclusions",
          blocks: [
            .table(
              Table(
                caption: "Conclusions", head: ["Number", "Conclusion", "Rests on", "SHA-256"],
                rows: conclusions))
          ]),
        Section(
          id: "claims", title: "Claims",
          blocks: [
            .table(
              Table(
                caption: "Claims", head: ["Number", "Claim", "Value", "Claimed otherwise", "SHA-256"],
                rows: claims))
          ]),
        .sources(stamp, reviewed: self.claims.flatMap { $0.citations.map(\.observed) }.min()),
        Section(
          id: "record", title: "Record for programs",
          blocks: [
            .paragraph([.text("One line of JSON; the page above is written from it.")]), .code(text),
          ]),
      ], data: data)
  }

  private static func cell(_ claim: Claim) -> Cell {
    claim.state == .unknown
      ? .unknown
      : Cell(
        claim.display, state: claim.state, exact: claim.value, citations: claim.citations,
        rule: claim.state == .derived ? ResolutionRule.derived.rawValue : nil)
  }

  /// `C1–C4, C9`.
  private static func ranges(_ ids: [String]) -> String {
    let numbers = ids.compactMap { Int($0.dropFirst()) }.sorted()
    var parts: [String] = []
    var start: Int?
    for (place, number) in numbers.enumerated() {
      let first = start ?? number
      if place + 1 < numbers.count, numbers[place + 1] == number + 1 {
        start = first
        continue
      }
      parts.append(first == number ? "C\(number)" : "C\(first)–C\(number)")
      start = nil
    }
    return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
  }

  private static func digest(_ digests: [String: String], _ id: String) -> String {
    digests[id].map { String($0.prefix(16)) } ?? Display.unknown
  }

  /// The digest of each line by its id.
  private static func digests(_ data: DataValue) -> [String: String] {
    var digests: [String: String] = [:]
    for item in (data.object?.members ?? []).flatMap({ $0.value.array ?? [] }) {
      if let id = item["id"]?.string, let digest = item["sha256"]?.string { digests[id] = digest }
    }
    return digests
  }
}

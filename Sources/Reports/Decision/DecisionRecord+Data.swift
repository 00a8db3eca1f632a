import Documents
import Facts
import Pages
import Pricing
import TextFormats

extension DecisionRecord {
  /// The format of a record; `Schemas/decision-1.schema.json`.
  public static let schema = "llmref/decision/1"

  /// The record for programs. Each claim, each conclusion and the head carry the SHA-256 of their own text as compact JSON
  /// without the digest.
  public var data: DataValue {
    func sealed(_ members: [(String, DataValue)]) -> DataValue {
      .map(members + [("sha256", .text(Digest.sha256(JSONText.compact(.map(members)))))])
    }
    return .map([
      ("schema", .text(Self.schema)), ("head", sealed(head)),
      ("conclusions", .list(conclusions.indices.map { sealed(members(ofConclusion: $0)) })),
      ("claims", .list(claims.indices.map { sealed(members(ofClaim: $0)) })),
    ])
  }

  private var head: [(String, DataValue)] {
    [
      (
        "models",
        .list(models.map { .map([("id", .text($0.id.rawValue)), ("name", .text($0.name))]) })
      ), ("as_of", .text(stamp.asOf.text)),
      (
        "catalogue",
        .map([
          ("date", .text(stamp.catalogueDate?.text ?? Display.unknown)),
          ("sha256", .text(stamp.digest ?? Display.unknown)),
        ])
      ),
      ("traffic", Self.data(months[0])),
    ] + (months[1] == months[0] ? [] : [("traffic_of_second", Self.data(months[1]))])
  }

  /// The members beside the first four stand only where they say something.
  private static func data(_ workload: Workload) -> DataValue {
    var members: [(String, DataValue)] = [
      ("input_tokens", .text(String(workload.inputTokens.tokens))),
      ("output_tokens", .text(String(workload.outputTokens.tokens))),
      ("cached_tokens", .text(String(workload.cachedTokens.tokens))),
      ("requests", .text(String(workload.requests))),
    ]
    if workload.batchShare != .none { members.append(("batch_share", .text(workload.batchShare.text))) }
    if workload.hours != .spread { members.append(("hours", .text(workload.hours.text))) }
    let conditions = workload.conditions.map(\.text).sorted()
    if !conditions.isEmpty { members.append(("conditions", .texts(conditions))) }
    let others = BillableUnit.allCases.compactMap { unit in
      workload.others[unit].map { (unit.usageKey, DataValue.text(String($0))) }
    }
    if !others.isEmpty { members.append(("other_units", .map(others))) }
    switch workload.measure {
    case .everything: break
    case .searchesOrTokens: members.append(("measure", .text("searches_or_tokens")))
    case .soundTokens: members.append(("measure", .text("sound_tokens")))
    }
    return .map(members)
  }

  private func members(ofConclusion place: Int) -> [(String, DataValue)] {
    let conclusion = conclusions[place]
    return [
      ("id", .text(Self.conclusionID(place))), ("key", .text(conclusion.key)),
      ("statement", .text(conclusion.statement)), ("outcome", .text(conclusion.outcome)),
      ("rests_on", .texts(conclusion.restsOn)),
    ]
  }

  private func members(ofClaim place: Int) -> [(String, DataValue)] {
    let claim = claims[place]
    return [
      ("id", .text(Self.claimID(place))), ("key", .text(claim.key)), ("title", .text(claim.title)),
      ("state", .text(claim.state.rawValue)), ("value", .text(claim.value)),
      ("display", .text(claim.display)),
      ("disputes", .texts(claim.disputes)), ("citations", .list(claim.citations.map(Self.data))),
    ]
  }

  private static func data(_ citation: Citation) -> DataValue {
    let source = citation.source
    var members: [(String, DataValue)] = [
      ("source", .text(source.id.rawValue)), ("title", .text(source.title)),
      ("version", .text(source.version)),
      ("licence", .text(source.licence)), ("lineage", .text(source.lineage.rawValue)),
      ("source_observed", .text(source.observed.text)), ("sha256", .text(source.digest)),
      ("correct_at", .text(source.correction)), ("record", .text(citation.recordKey)),
      ("as_written", .text(citation.asWritten)), ("observed", .text(citation.observed.text)),
      ("basis", .text(citation.basis.rawValue)),
    ]
    func add(_ key: String, _ text: String?) { if let text { members.append((key, .text(text))) } }
    add("homepage", source.homepage)
    add("path", citation.path)
    add("unit", citation.unitAsWritten)
    add("url", citation.url)
    add("valid_from", citation.validFrom?.text)
    add("valid_until", citation.validUntil?.text)
    add("note", citation.note)
    add("mark", citation.mark)
    return .map(members)
  }
}

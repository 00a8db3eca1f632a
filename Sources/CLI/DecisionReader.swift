import Documents
import Facts
import Pages
import Platform
import Pricing
import Rendering
import Reports
import TextFormats

/// Reads the JSON of a decision record back, and compares each digest.
struct DecisionReader {
  let path: String

  // MARK: Digests

  /// Lines whose text is not what their digest was made from.
  func edited(_ value: JSONValue) -> [(id: String, problem: String)] {
    var edited: [(String, String)] = []
    let problem = "its text is not what its digest was made from"
    if let head = value["head"], !isWhole(head) { edited.append(("head", problem)) }
    for part in ["conclusions", "claims"] {
      for (place, line) in (value[part]?.array ?? []).enumerated() where !isWhole(line) {
        let name = line["id"]?.string ?? "\(part)[\(place)]"
        let key = line["key"]?.string.map { " (\($0.bounded))" } ?? ""
        edited.append((name.bounded, problem + key))
      }
    }
    return edited
  }

  private func isWhole(_ line: JSONValue) -> Bool {
    guard case .object(let object) = line, let digest = object["sha256"]?.string else { return false }
    let members = object.members.filter { $0.key != "sha256" }.map { ($0.key, $0.value) }
    return Digest.sha256(JSONText.compact(.map(members))) == digest
  }

  // MARK: The record

  func record(_ value: JSONValue) throws -> DecisionRecord {
    guard let head = value["head"] else { throw problem("head") }
    let models = try (head["models"]?.array ?? []).map { model in
      (id: ModelID(try text(model, "id")), name: try text(model, "name"))
    }
    guard models.count == 2 else { throw problem("head.models") }
    let day = try date(head, "as_of")
    let first = try traffic(head["traffic"], "head.traffic")
    let second = try head["traffic_of_second"].map { try traffic($0, "head.traffic_of_second") }
    let date = head["catalogue"]?["date"]?.string.flatMap { try? CalendarDate(parsing: $0) }
    let digest = head["catalogue"]?["sha256"]?.string
    let stamp = CatalogueStamp(
      catalogueDate: date, digest: digest == Display.unknown ? nil : digest, asOf: day, notices: [])
    return DecisionRecord(
      models: models, months: [first, second ?? first], stamp: stamp,
      claims: try (value["claims"]?.array ?? []).map(claim),
      conclusions: try (value["conclusions"]?.array ?? []).map(conclusion))
  }

  private func traffic(_ value: JSONValue?, _ place: String) throws -> Workload {
    func count(_ key: String) throws -> Int64 {
      guard let text = value?[key]?.string, let count = try? TokenCount(parsing: text) else {
        throw problem("\(place).\(key)")
      }
      return count.tokens
    }
    func read<Value>(_ key: String, _ usual: Value, _ parse: (String) -> Value?) throws -> Value {
      guard let member = value?[key] else { return usual }
      guard let text = member.string, let parsed = parse(text) else { throw problem("\(place).\(key)") }
      return parsed
    }
    var others: [BillableUnit: Int64] = [:]
    if let object = value?["other_units"]?.object {
      for (key, member) in object.members {
        guard let unit = BillableUnit(usageKey: key), let text = member.string,
          let pieces = try? Count.parse(text)
        else { throw problem("\(place).other_units") }
        others[unit] = pieces
      }
    }
    let measures: [String: Workload.Measure] = [
      "searches_or_tokens": .searchesOrTokens, "sound_tokens": .soundTokens,
    ]
    return Workload(
      inputTokens: TokenCount(try count("input_tokens")),
      outputTokens: TokenCount(try count("output_tokens")),
      requests: try count("requests"), cachedTokens: TokenCount(try count("cached_tokens")), others: others,
      batchShare: try read("batch_share", .none) { try? Share(parsing: $0) },
      hours: try read("hours", .spread) { try? TrafficHours(parsing: $0) },
      conditions: Set(
        (value?["conditions"]?.array ?? []).compactMap { $0.string.flatMap { PriceCondition(parsing: $0) } }),
      measure: try read("measure", .everything) { measures[$0] })
  }

  private func conclusion(_ value: JSONValue) throws -> DecisionRecord.Conclusion {
    DecisionRecord.Conclusion(
      key: try text(value, "key"), statement: try text(value, "statement"),
      outcome: try text(value, "outcome"),
      restsOn: (value["rests_on"]?.array ?? []).compactMap(\.string))
  }

  private func claim(_ value: JSONValue) throws -> DecisionRecord.Claim {
    guard let state = Cell.State(rawValue: try text(value, "state")) else { throw problem("claims[].state") }
    return DecisionRecord.Claim(
      key: try text(value, "key"), title: try text(value, "title"), state: state,
      value: try text(value, "value"),
      display: try text(value, "display"), disputes: (value["disputes"]?.array ?? []).compactMap(\.string),
      citations: try (value["citations"]?.array ?? []).map(citation))
  }

  private func citation(_ value: JSONValue) throws -> Citation {
    func day(_ key: String) throws -> CalendarDate? { value[key] == nil ? nil : try date(value, key) }
    let source = SourceDescription(
      id: SourceID(try text(value, "source")), title: try text(value, "title"),
      version: try text(value, "version"),
      licence: try text(value, "licence"), homepage: value["homepage"]?.string,
      observed: try date(value, "source_observed"), digest: try text(value, "sha256"),
      lineage: SourceID(try text(value, "lineage")), correction: try text(value, "correct_at"))
    return Citation(
      source: source, recordKey: try text(value, "record"), path: value["path"]?.string,
      asWritten: try text(value, "as_written"), unitAsWritten: value["unit"]?.string,
      url: value["url"]?.string,
      observed: try date(value, "observed"), validFrom: try day("valid_from"),
      validUntil: try day("valid_until"),
      basis: Basis(rawValue: try text(value, "basis")) ?? .stated, note: value["note"]?.string,
      mark: value["mark"]?.string)
  }

  // MARK: Parts

  private func problem(_ part: String) -> CommandProblem {
    CommandProblem(
      "a decision record has a \(part) that can be read; in \(path.bounded)",
      hint: "take the record from where it was kept")
  }

  private func text(_ value: JSONValue, _ key: String) throws -> String {
    guard let text = value[key]?.string else { throw problem(key) }
    return text
  }

  private func date(_ value: JSONValue, _ key: String) throws -> CalendarDate {
    guard let date = try? CalendarDate(parsing: try text(value, key)) else { throw problem(key) }
    return date
  }
}

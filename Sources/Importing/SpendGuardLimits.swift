import Facts
import TextFormats

/// The rate limits in `llm-spendguard`'s catalogue: what an account of the first tier may ask of each model in a minute.
///
/// Only vendors whose page has a table by tier and model are read; a floor that the package made up for the others is none.
public enum SpendGuardLimits: Importer {
  public static let id = SourceID("spendguard")

  /// The pages that the package's own notes name for a vendor's table.
  private static let pages = ["anthropic": "https://platform.claude.com/docs/en/api/rate-limits"]

  public static func read(_ snapshot: Snapshot) throws(ImportError) -> Imported {
    guard let vendors = try snapshot.json()["vendors"]?.object else {
      throw snapshot.shapeError("a catalogue of spendguard is an object with vendors")
    }
    var imported = Imported(source: snapshot.source)
    for (vendor, entry) in vendors.members where !vendor.hasPrefix("_") {
      guard let tiers = entry["tiers"]?.object, let cold = entry["cold_tier"]?.string,
        let families = entry["model_family_map"]?.object
      else {
        imported.report(
          "unread-field", .note, at: vendor,
          "limits without a table by tier and model: the package assumes a floor, which is no fact")
        continue
      }
      for (family, ids) in families.members {
        guard let limits = tiers[cold]?["models"]?[family] else {
          imported.report(
            "bad-record", .note, at: "\(vendor)/\(family.bounded)",
            "the first tier has no limits of the family")
          continue
        }
        for id in (ids.array ?? []).compactMap(\.string) {
          guard !id.isEmpty, id.unicodeScalars.allSatisfy({ $0.isHarmless && $0 != " " }) else {
            imported.report("bad-record", at: "\(vendor)/\(family.bounded)", "\(id.bounded) is not an id")
            continue
          }
          var draft = RecordDraft(key: "\(vendor)/\(id)")
          let path = "vendors.\(vendor).tiers.\(cold).models.\(family)"
          for (field, name) in [(Field.requestsPerMinute, "rpm"), (.tokensPerMinute, "itpm")] {
            add(field, limits[name], note: note(name, cold, tiers, family), path: "\(path).\(name)", &draft)
          }
          imported.add(draft, subject: .route(provider: vendor, apiID: id), url: pages[vendor])
        }
      }
    }
    return imported
  }

  private static func add(
    _ field: Field, _ value: JSONValue?, note: String, path: String, _ draft: inout RecordDraft
  ) {
    guard let value, value != .null else { return }
    guard let count = value.numberText.flatMap({ try? ExactDecimal(parsing: $0) })?.integer,
      (1...1_000_000_000).contains(count)
    else {
      draft.problem("bad-count", "\(path) \(value.asWritten.bounded) is no count up to 1000000000")
      return
    }
    let fact: FactValue = field == .tokensPerMinute ? .tokens(TokenCount(count)) : .count(count)
    draft.add(Claim(field, fact, asWritten: value.asWritten, note: note, path: path))
  }

  /// `tier start, of input tokens; build 5000000, scale 10000000`
  private static func note(_ name: String, _ cold: String, _ tiers: JSONObject, _ family: String) -> String {
    let others = tiers.members.filter { $0.key != cold }.compactMap { tier, value -> String? in
      value["models"]?[family]?[name].map { "\(tier.bounded) \($0.asWritten.bounded)" }
    }
    let what = "tier \(cold.bounded)" + (name == "itpm" ? ", of input tokens" : "")
    return others.isEmpty ? what : "\(what); \(others.joined(separator: ", "))"
  }
}

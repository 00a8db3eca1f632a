import Facts
import TextFormats

/// The table of `llm-sunset`: the rows of https://deprecations.info, which reads the deprecation pages of eight platforms, each with
/// its page and the day on which the row was last seen to change there.
public enum LLMSunset: Importer {
  public static let id = SourceID("llm-sunset")

  public static func read(_ snapshot: Snapshot) throws(ImportError) -> Imported {
    guard let rows = try snapshot.json().array,
      rows.isEmpty || rows.contains(where: { $0["shutdown_date"] != nil })
    else {
      throw snapshot.shapeError("a table of llm-sunset is a list of models that shut down")
    }
    var imported = Imported(source: snapshot.source)
    var tally = FieldTally(read: readFields, leftOut: [])
    for (index, row) in rows.enumerated() {
      guard let platform = row["provider"]?.string, let id = row["model_id"]?.string else {
        imported.report("bad-record", at: "[\(index)]", "a row without platform or id was left out")
        continue
      }
      tally.count(row)
      RetirementRow(
        key: "\(platform.bounded)/\(id.bounded)", platform: platform, id: id,
        ends: (row["shutdown_date"], "shutdown_date"),
        announced: (row["deprecation_date"], "deprecation_date"),
        checked: (row["last_observed"], "last_observed"),
        successors: (row["replacement_models"]?.array ?? []).enumerated().compactMap { place, name in
          name.string.map { ($0, "replacement_models[\(place)]") }
        },
        page: row["url"]?.string
      ).add(to: &imported)
    }
    tally.report(to: &imported)
    return imported
  }

  private static let readFields: Set<String> = [
    "provider", "model_id", "shutdown_date", "deprecation_date", "replacement_models[]",
    "replacement_models", "url", "last_observed",
  ]
}

import Facts
import TextFormats

/// The table of `bydtech-model-retire`: what the deprecation pages of seven platforms say, transcribed by hand, each row with its
/// page and the day on which it was checked.
public enum ModelRetire: Importer {
  public static let id = SourceID("model-retire")

  public static func read(_ snapshot: Snapshot) throws(ImportError) -> Imported {
    guard let rows = try snapshot.json()["models"]?.array,
      rows.isEmpty || rows.contains(where: { $0["retires_on"] != nil || $0["status"] != nil })
    else {
      throw snapshot.shapeError("a table of model-retire is an object with a list of models that retire")
    }
    var imported = Imported(source: snapshot.source)
    var tally = FieldTally(read: readFields, leftOut: [])
    for (index, row) in rows.enumerated() {
      guard let platform = row["provider"]?.string, let id = row["id"]?.string else {
        imported.report(
          "bad-record", at: "models[\(index)]", "a row without platform or id was left out")
        continue
      }
      tally.count(row)
      RetirementRow(
        key: "\(platform.bounded)/\(id.bounded)", platform: platform, id: id,
        aliases: (row["aliases"]?.array ?? []).map { $0.string ?? "" },
        ends: (row["retires_on"], "retires_on"), announced: (row["deprecated_on"], "deprecated_on"),
        checked: (row["checked"], "checked"),
        successors: row["replacement"]?.string.map { [($0, "replacement")] } ?? [],
        status: (row["status"], "status"), page: row["source"]?.string, remark: row["note"]?.string
      ).add(to: &imported)
    }
    tally.report(to: &imported)
    return imported
  }

  private static let readFields: Set<String> = [
    "provider", "id", "aliases[]", "status", "deprecated_on", "retires_on", "replacement", "source",
    "checked", "note",
  ]
}

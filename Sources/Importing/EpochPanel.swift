import Facts
import TextFormats

/// The Epoch AI panel as frozen in `benchprobe`: one score a row, with evaluator and page. One cell often holds
/// several scores, by effort or agent; the effort stands behind an underscore in the model's id. A record is one
/// model id; a score's own key is `model_id|benchmark_id`.
public enum EpochPanel: Importer {
  public static let id = SourceID("epoch")

  public static func read(_ snapshot: Snapshot) throws(ImportError) -> Imported {
    guard let rows = try snapshot.json()["scores"]?.array else {
      throw snapshot.shapeError("an Epoch panel is an object with a list of scores")
    }
    var imported = Imported(source: snapshot.source)
    var scores = ScoresByModel()
    var tally = FieldTally(
      read: [
        "model_id", "benchmark_id", "score", "score_scale", "score_column", "evaluated_by", "source_url",
      ], leftOut: leftOut)
    for (index, row) in rows.enumerated() {
      tally.count(row)
      let place = "scores[\(index)]"
      guard let model = row["model_id"]?.string, let benchmark = row["benchmark_id"]?.string else {
        imported.report("bad-record", at: place, "a score without model or benchmark was left out")
        continue
      }
      guard let text = row["score"]?.numberText else { continue }
      guard let written = try? ExactDecimal(parsing: text) else {
        imported.report("bad-score", at: "\(model)|\(benchmark)", "\(text.bounded) is no decimal number")
        continue
      }
      let (name, variant) = splitEffort(model)
      let (value, unit) = normalised(written, scale: row["score_scale"]?.string)
      let evaluator = row["evaluated_by"]?.string
      let score = ScoreClaim(
        benchmark: BenchmarkID(benchmark), value: value, asWritten: text, unit: unit,
        metric: row["score_column"]?.string ?? "score",
        evaluator: evaluator == "unattributed" ? nil : evaluator, version: snapshot.source.version,
        variant: variant,
        url: row["source_url"]?.string?.httpAddress)
      scores.add(score, of: model, named: name)
    }
    scores.add(to: &imported)
    tally.report(to: &imported)
    return imported
  }

  static let leftOut: [LeftOutField] = [
    LeftOutField("archive_timestamp", "when the panel's page was archived"),
    LeftOutField("benchmark_release_date", "of the benchmark, not of a model"),
    LeftOutField("item_level_readable", "whether single answers can be read"),
    LeftOutField("model_release_date", "without a page of its own; labs and catalogues state it"),
    LeftOutField("score_divisor", "by what the panel divided to compare; the score is read as it stands"),
    LeftOutField("score_type", "how the panel stores a score"),
  ]

  /// Proportions become percent; a scale that the panel does not tell stays a bare number.
  private static func normalised(_ value: ExactDecimal, scale: String?) -> (ExactDecimal, ScoreUnit) {
    let clean = value.withoutFloatNoise(digits: 12) ?? value
    switch scale {
    case "proportion": return (clean.scaled(byPowerOfTen: 2), .percent)
    case "percentage": return (clean, .percent)
    default: return (clean, .points)
    }
  }

  /// `gpt-5.1-2025-11-13_high` → the model and `high`. A tail that is no effort belongs to the name.
  static func splitEffort(_ id: String) -> (name: String, variant: String) {
    if let open = id.firstIndex(of: "("), id.hasSuffix(")"), id[..<open].hasSuffix(" ") {
      let inside = id[id.index(after: open)...].dropLast()
      return (String(id[..<open].dropLast()), String(inside))
    }
    guard let line = id.lastIndex(of: "_") else { return (id, "") }
    let tail = id[id.index(after: line)...]
    let efforts: Set<Substring> = [
      "minimal", "low", "medium", "high", "xhigh", "max", "none", "thinking", "unknown", "promax", "ultra",
      "adaptive",
      "nothinking", "reasoning",
    ]
    let budget = tail.hasSuffix("K") && tail.dropLast().allSatisfy(\.isNumber) && tail.count > 1
    guard efforts.contains(tail) || budget else { return (id, "") }
    return (String(id[..<line]), tail == "unknown" ? "effort not stated" : String(tail))
  }
}

/// Gathers the scores of a leaderboard under the model ids it writes, in their order.
struct ScoresByModel {
  private var order: [String] = []
  private var byModel: [String: (name: String, scores: [ScoreClaim])] = [:]

  mutating func add(_ score: ScoreClaim, of model: String, named name: String) {
    if byModel[model] == nil { order.append(model) }
    byModel[model, default: (name, [])].scores.append(score)
  }

  func add(to imported: inout Imported, observed: CalendarDate? = nil) {
    for model in order {
      guard let entry = byModel[model] else { continue }
      imported.add(
        RecordDraft(key: model), subject: .model(entry.name), scores: entry.scores, observed: observed)
    }
  }
}

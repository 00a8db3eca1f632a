import Facts
import Pricing

/// Which column of a table, or key of a JSON line, holds what: `time=ts,model=model_name,input=prompt_tokens,tag:team=team`.
public struct ColumnMap: Hashable, Sendable {
  /// By the name of a canonical row: `time`, `provider`, `model`, a usage key, `mode`, `charged_usd`, `key`, `id`, `tag:NAME`.
  let columns: [String: String]

  private static let words: Set<String> = ["time", "provider", "model", "mode", "charged_usd", "key", "id"]

  /// - Throws: `UsageLogError.badColumns` for a part without `=`, an unknown name, and a name that comes twice.
  public init(parsing text: String) throws(UsageLogError) {
    var columns: [String: String] = [:]
    for part in text.split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1).map { $0.trimmed }
      guard pair.count == 2, !pair[1].isEmpty else {
        throw .badColumns(String(part), hint: "write time=ts,model=model_name,input=prompt_tokens")
      }
      let name = pair[0]
      guard
        Self.words.contains(name) || BillableUnit(usageKey: name) != nil
          || name.hasPrefix("tag:") && name.count > 4
      else {
        let known = Self.words.sorted() + BillableUnit.allCases.map(\.usageKey) + ["tag:NAME"]
        throw .badColumns(String(part), hint: "the names are \(known.joined(separator: ", "))")
      }
      guard columns[name] == nil else {
        throw .badColumns(String(part), hint: "each name stands once")
      }
      columns[name] = pair[1]
    }
    guard columns["model"] != nil else {
      throw .badColumns(text, hint: "say which column holds the model: model=…")
    }
    self.columns = columns
  }
}

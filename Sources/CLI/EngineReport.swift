import Documents
import Facts
import Metering

/// The answer of an engine: one row a group, as `SQLStatement` orders its columns.
struct EngineReport {
  let keys: [ReportKey]
  let units: [BillableUnit]
  let hasCharged: Bool
  let rows: [[String?]]
  /// SHA-256 of the catalogue that priced it.
  let catalogue: String?

  private static let counts = [
    "row_count", "priced_rows", "unpriced_rows", "no_route_rows", "no_time_rows", "bad_count_rows",
  ]

  /// The columns of the answer.
  var columns: [String] {
    keys.map(\.rawValue) + Self.counts + units.map(\.usageKey) + ["known_usd", "cost_usd"]
      + (hasCharged ? ["charged_usd"] : [])
  }

  /// Whether every row has a known cost.
  func isComplete() throws -> Bool {
    let (all, priced) = (try sum("row_count"), try sum("priced_rows"))
    return all == priced
  }

  private func sum(_ column: String) throws -> Int128 {
    guard let place = columns.firstIndex(of: column) else { return 0 }
    var sum: Int128 = 0
    for row in rows { sum += try number(row, place) }
    return sum
  }

  private func number(_ row: [String?], _ place: Int) throws -> Int128 {
    guard row.indices.contains(place), let text = row[place], let number = Int128(text) else {
      throw CommandProblem(
        "the engine's answer has another shape than the statement asks for",
        hint: "print the statement with --print-sql and try it by hand")
    }
    return number
  }

  private func dollars(_ column: String) throws -> ExactDecimal? {
    guard let place = columns.firstIndex(of: column) else { return nil }
    var sum: Int128 = 0
    for row in rows {
      guard row.count == columns.count, let text = row[place] else { return nil }
      guard let part = try ExactDecimal(parsing: text).mantissa(atExponent: -18) else { return nil }
      sum += part
    }
    return ExactDecimal(reducing: sum, exponent: -18)
  }

  // MARK: Output

  /// JSON of the form `llmref/engine-report/1`.
  func data() throws -> DataValue {
    let groups = try rows.map { row -> DataValue in
      var members: [(String, DataValue)] = []
      for (place, column) in columns.enumerated() {
        if column.hasSuffix("_usd") {
          let text = row.indices.contains(place) ? row[place] : nil
          if column == "cost_usd" {
            members.append(("state", .text(text == nil ? "unknown" : "known")))
          }
          if let text { members.append((column, .text(try ExactDecimal(parsing: text).text))) }
        } else if place < keys.count {
          if row.indices.contains(place), let text = row[place] { members.append((column, .text(text))) }
        } else {
          members.append((column, .integer(Int(clamping: try number(row, place)))))
        }
      }
      return .map(members)
    }
    var members: [(String, DataValue)] = [("schema", .text("llmref/engine-report/1"))]
    if let catalogue { members.append(("catalogue_sha256", .text(catalogue))) }
    members.append(("by", .texts(keys.map(\.rawValue))))
    for column in Self.counts { members.append((column, .integer(Int(clamping: try sum(column))))) }
    let whole = try dollars("cost_usd")
    members.append(("state", .text(whole == nil ? "unknown" : "known")))
    if let known = try dollars("known_usd") { members.append(("known_usd", .text(known.text))) }
    if let whole { members.append(("cost_usd", .text(whole.text))) }
    members.append(("groups", .list(groups)))
    return .map(members)
  }

  /// A table for a terminal: numbers to the right, what is unknown in words.
  func text() throws -> String {
    let places = columns.indices.filter { place in
      place < keys.count || columns[place].hasSuffix("_usd") || columns[place] == "row_count"
        || rows.contains { ($0.indices.contains(place) ? $0[place] : nil).map { $0 != "0" } ?? false }
    }
    var lines = [places.map { columns[$0] }]
    for row in rows {
      lines.append(
        try places.map { place in
          guard row.indices.contains(place), let text = row[place] else {
            return place < keys.count ? "none" : Display.unknown
          }
          return columns[place].hasSuffix("_usd") ? try ExactDecimal(parsing: text).text : text.bounded
        })
    }
    let widths = places.indices.map { place in lines.map { $0[place].unicodeScalars.count }.max() ?? 0 }
    var text = lines.map { line in
      line.indices.map { place in
        let space = String(repeating: " ", count: widths[place] - line[place].unicodeScalars.count)
        return places[place] < keys.count ? line[place] + space : space + line[place]
      }.joined(separator: "  ").trimmedEnd
    }.joined(separator: "\n")
    let (all, priced) = (try sum("row_count"), try sum("priced_rows"))
    text += "\n\n\(priced) of \(all) rows priced"
    if let known = try dollars("known_usd") {
      text += all == priced ? "; cost $\(known.text)" : "; cost \(Display.unknown), known part $\(known.text)"
    }
    for (column, words) in [
      ("unpriced_rows", "something used that no source prices"), ("no_route_rows", "no known route"),
      ("no_time_rows", "no time that can be"), ("bad_count_rows", "counts that cannot be"),
    ] where try sum(column) > 0 {
      text += "\n\(try sum(column)) of \(all): \(words)"
    }
    return text
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var slice = self[...]
    while slice.last == " " { slice.removeLast() }
    return String(slice)
  }
}

import Facts
import TextFormats

/// The two pages of OpenCode in `opencode-models`: Zen, which sells by the token, and Go, a plan with a sum of use a month.
///
/// Dollars of Go's page tell how fast the sum is used up; they are no price of a month of traffic, and make no claim.
public enum OpenCodePlans: Importer {
  public static let id = SourceID("opencode-models")

  private static let units: [(name: String, unit: BillableUnit)] = [
    ("in", .input), ("out", .output), ("cached", .cacheRead),
  ]

  public static func read(_ snapshot: Snapshot) throws(ImportError) -> Imported {
    let file = try snapshot.json()
    guard let zen = file["zen"]?["models"]?.object, let go = file["go"]?["models"]?.object else {
      throw snapshot.shapeError("the pages of OpenCode are an object with the models of zen and of go")
    }
    var imported = Imported(source: snapshot.source)
    var tally = FieldTally(read: readFields, leftOut: leftOut)
    for (page, provider, models) in [("zen", "opencode", zen), ("go", "opencode-go", go)] {
      let url = file[page]?["meta"]?["source"]?.string
      for (id, row) in models.members {
        let key = "\(page)/\(id.bounded)"
        guard row.object != nil, !id.isEmpty, id.unicodeScalars.allSatisfy(\.isHarmless) else {
          imported.report("bad-record", at: key, "a row that is no model was left out")
          continue
        }
        tally.count(row)
        var draft = RecordDraft(key: key)
        draft.text(.name, row["name"], path: "name")
        if row["free"] == .bool(true) {
          draft.add(
            Claim(
              .routeKind, .text(RouteKind.free.rawValue), asWritten: "true", url: url?.httpAddress,
              path: "free"))
        } else if page == "go" {
          plan(row, url: url?.httpAddress, into: &draft)
        }
        if page == "zen" {
          prices(row, into: &draft)
        } else if row["tiers"]?.array?.isEmpty == false {
          tally.count("tiers[] (go)", because: "how fast the sum of the plan is used up: no price of a month")
        }
        imported.add(draft, subject: .route(provider: provider, apiID: id), url: url)
      }
    }
    tally.report(to: &imported)
    return imported
  }

  /// A route of the plan, with what the plan holds of it.
  private static func plan(_ row: JSONValue, url: String?, into draft: inout RecordDraft) {
    let words = [("go", "Go"), ("go_plus", "Go Plus")].compactMap { key, name -> String? in
      guard let limit = count(row["limits"]?[key]) else { return nil }
      let requests = count(row["requests_per_month"]?[key]).map { ", about \($0) requests" } ?? ""
      return "$\(limit) of use a month\(requests) in \(name)"
    }
    guard !words.isEmpty else { return }
    draft.add(
      Claim(
        .routeKind, .text(RouteKind.plan.rawValue), asWritten: row["limits"]?["go"]?.asWritten.bounded ?? "",
        basis: .derived, note: words.joined(separator: "; "), url: url, path: "limits.go"))
  }

  private static func count(_ value: JSONValue?) -> Int64? {
    guard let value = value?.numberText.flatMap({ try? ExactDecimal(parsing: $0) })?.integer,
      (1...1_000_000_000).contains(value)
    else { return nil }
    return value
  }

  private static func prices(_ row: JSONValue, into draft: inout RecordDraft) {
    for (place, tier) in (row["tiers"]?.array ?? []).enumerated() {
      let path = "tiers[\(place)]"
      let above: TokenCount?
      switch tier["label"] {
      case nil, .null: above = nil
      case .string(let label) where label.hasPrefix("≤ "): above = nil
      case .string(let label) where label.hasPrefix("> ") && label.hasSuffix("K tokens"):
        guard let limit = Int64(label.dropFirst(2).dropLast(8)), (1...100_000).contains(limit) else {
          draft.problem("bad-tier", "\(path) \(label.bounded) has no length of a prompt")
          continue
        }
        above = TokenCount(limit * 1000)
      case let label?:
        draft.problem("unread-hours", "\(path) \(label.asWritten.bounded) does not tell when its prices hold")
        continue
      }
      for (name, unit) in units {
        let term = above.map { PriceTerm(unit, above: $0) } ?? PriceTerm(unit)
        draft.price(term, tier[name], unit: "per 1M tokens", path: "\(path).\(name)")
      }
    }
  }

  private static let readFields: Set<String> = [
    "name", "free", "tiers[].label", "tiers[].in", "tiers[].out", "tiers[].cached", "limits.go",
    "limits.go_plus", "requests_per_month.go", "requests_per_month.go_plus",
  ]

  static let leftOut: [LeftOutField] = [
    LeftOutField("assumptions.*", "the tokens of a request by which the page counts requests"),
    LeftOutField("first_seen", "when the package first saw the row"),
    LeftOutField("dropped*", "when the package last saw the row"),
    LeftOutField("tiers[].*", "another unit of price than tokens in, out and from cache"),
  ]
}

/// How the routes of two catalogues differ in the table that `export csv` writes: what a reader of it would see.
public struct RouteDifference: Sendable {
  public struct Route: Hashable, Sendable, Comparable {
    public let provider: String
    public let apiID: String
    /// Model and region, which tell rows of one id apart.
    public let model: String
    public let region: String?

    public static func < (left: Route, right: Route) -> Bool {
      (left.provider, left.apiID, left.model, left.region ?? "") < (
        right.provider, right.apiID, right.model, right.region ?? ""
      )
    }
  }

  public struct Change: Sendable {
    public let route: Route
    /// A column of the table.
    public let column: String
    /// nil for unknown.
    public let before: String?
    public let after: String?
  }

  /// Routes that the first table does not have.
  public private(set) var added: [Route] = []
  /// Routes that the second does not have.
  public private(set) var removed: [Route] = []
  /// By route, then in the order of the columns. That a route was seen on a later day is no change.
  public private(set) var changed: [Change] = []

  public var isEmpty: Bool { added.isEmpty && removed.isEmpty && changed.isEmpty }

  private static let seen = "last_seen"

  /// - Parameters:
  ///   - before: the table `routes` of ``RouteTables``.
  public init(from before: RouteTables.Table, to after: RouteTables.Table) {
    let (old, new) = (Self.rows(before), Self.rows(after))
    let columns = before.columns.map(\.name)
    for route in Set(old.keys).union(new.keys).sorted() {
      let (left, right) = (old[route] ?? [], new[route] ?? [])
      for place in 0..<max(left.count, right.count) {
        guard place < left.count else {
          added.append(route)
          continue
        }
        guard place < right.count else {
          removed.append(route)
          continue
        }
        for (column, name) in columns.enumerated() where name != Self.seen {
          guard left[place][column] != right[place][column] else { continue }
          changed.append(
            Change(
              route: route, column: name, before: left[place][column], after: right[place][column]))
        }
      }
    }
  }

  /// The rows of each route; an id may stand twice, for two lists of one provider.
  private static func rows(_ table: RouteTables.Table) -> [Route: [[String?]]] {
    func place(_ name: String) -> Int? { table.columns.firstIndex { $0.name == name } }
    guard let provider = place("provider"), let id = place("api_id"), let model = place("model"),
      let region = place("region")
    else { return [:] }
    var result: [Route: [[String?]]] = [:]
    for row in table.rows {
      let route = Route(
        provider: row[provider] ?? "", apiID: row[id] ?? "", model: row[model] ?? "", region: row[region])
      result[route, default: []].append(row)
    }
    return result
  }
}

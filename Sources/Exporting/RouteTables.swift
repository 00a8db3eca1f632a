import Cataloguing
import Facts
import Rendering
import TextFormats

/// The catalogue as tables: a row a route, and a row a price. What is unknown is an empty field, in SQL NULL.
public struct RouteTables: Sendable {
  public struct Table: Sendable {
    public let name: String
    /// With the type that SQL gives them: TEXT, or INTEGER for counts and flags. Money is text, so that nothing rounds it.
    public let columns: [(name: String, isNumber: Bool)]
    /// nil for unknown.
    public let rows: [[String?]]

    public init(name: String, columns: [(name: String, isNumber: Bool)], rows: [[String?]]) {
      self.name = name
      self.columns = columns
      self.rows = rows
    }
  }

  public let routes: Table
  public let prices: Table

  public init(_ exported: ExportedRoutes) {
    let capabilities = Capability.allCases
    var routeRows: [[String?]] = []
    var priceRows: [[String?]] = []
    for entry in exported.entries {
      let (model, route) = (entry.model, entry.route)
      let key: [String?] = [route.provider.rawValue, route.apiID]
      var row: [String?] =
        key + [
          route.providerName, model.id.rawValue, model.name, model.labName, model.family,
          model.released.value?.text,
          route.isFirstParty ? "1" : "0", route.kind.value?.rawValue, route.attributes.region,
          route[.quantisation].text.value,
          route.contextWindow.value.map { String($0.tokens) }, route.maxInput.value.map { String($0.tokens) },
          route.maxOutput.value.map { String($0.tokens) }, route.retirement.value?.text, route.lastSeen.text,
          route.prices.base(.input).value?.text, route.prices.base(.output).value?.text,
        ]
      for capability in capabilities {
        if case .known(.flag(let flag), _) = route[.capability(capability)] {
          row.append(flag ? "1" : "0")
        } else {
          row.append(nil)
        }
      }
      routeRows.append(row)
      for (term, price) in route.prices.terms.sorted(by: { $0.key.text < $1.key.text }) {
        guard case .known(let money, let evidence) = price else { continue }
        let citation = evidence.agreeing.first
        priceRows.append(
          key + [
            term.unit.rawValue, term.mode.rawValue, term.tier.map { String($0.limit.tokens) },
            term.tier?.semantics.rawValue,
            term.tier?.counting.rawValue, term.hours?.text, term.condition?.text, money.text,
            String(term.unit.piecesPerPrice),
            citation?.source.id.rawValue,
            citation?.recordKey, citation?.observed.text,
          ])
      }
    }
    let numbers: Set<String> = [
      "first_party", "context_window", "max_input", "max_output", "above_tokens", "per",
    ]
    func columns(_ names: [String]) -> [(name: String, isNumber: Bool)] {
      names.map { ($0, numbers.contains($0) || Capability(rawValue: $0) != nil) }
    }
    routes = Table(
      name: "routes",
      columns: columns(
        [
          "provider", "api_id", "provider_name", "model", "model_name", "lab", "family", "released",
          "first_party", "kind", "region",
          "quantisation", "context_window", "max_input", "max_output", "retirement", "last_seen",
          "input_usd_per_mtok", "output_usd_per_mtok",
        ] + capabilities.map(\.rawValue)), rows: routeRows)
    prices = Table(
      name: "prices",
      columns: columns([
        "provider", "api_id", "unit", "mode", "above_tokens", "tier_semantics", "tier_counting", "hours",
        "condition", "usd", "per", "source", "record",
        "observed",
      ]), rows: priceRows)
  }

  /// The table of routes as RFC 4180 text.
  public func csv() -> ExportedFile {
    ExportedFile(
      bytes: CSVText.write([routes.columns.map(\.name)] + routes.rows.map { $0.map { $0 ?? "" } }),
      routes: routes.rows.count, leftOut: [:])
  }
}

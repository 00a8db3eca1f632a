import Facts

/// A route with both token prices, as the lint over siblings needs it.
struct TokenPricedRoute {
  let provider: ProviderID
  let id: String
  let input: Money
  let output: Money

  init?(_ route: Route) { self.init(route.provider, id: route.id, route.prices) }

  init?(_ provider: ProviderID, id: String, _ prices: PriceList) {
    guard let input = prices.base(.input).value, let output = prices.base(.output).value else { return nil }
    self.provider = provider
    self.id = id
    self.input = input
    self.output = output
  }
}

extension Lints {
  /// A variant (`gpt-5.3-codex-spark`) with exactly the prices of the shorter name it extends (`gpt-5.3-codex`) at
  /// the same provider: often true, sometimes a copied row. The reader is told; nothing is changed.
  static func copiedFromBase(_ priced: [ModelID: [TokenPricedRoute]]) -> [Finding] {
    var findings: [Finding] = []
    for (id, routes) in priced.sorted(by: { $0.key < $1.key }) {
      guard let base = baseModel(of: id, among: priced) else { continue }
      for route in routes {
        let isSame = priced[base]?.contains {
          $0.provider == route.provider && $0.input == route.input && $0.output == route.output
        }
        guard isSame == true else { continue }
        findings.append(
          Finding(
            rule: "same-price-as-base", severity: .note, place: route.id,
            message:
              "\(route.input.text) and \(route.output.text) per 1M tokens are exactly the prices of \(base) there"
          ))
      }
    }
    return findings
  }

  private static func baseModel(of id: ModelID, among priced: [ModelID: [TokenPricedRoute]]) -> ModelID? {
    var tokens = id.slug.split(separator: "-")
    while tokens.count > 2 {
      tokens.removeLast()
      let base = ModelID(id.lab.rawValue + "/" + tokens.joined(separator: "-"))
      if priced[base] != nil { return base }
    }
    return nil
  }
}

/// A route with exactly the token prices that the same provider asks for the model whose name this one extends: often
/// true, sometimes a row copied from the sibling.
public struct SiblingPrice: Sendable {
  public let route: Route
  public let base: ModelID
  public let baseName: String
}

extension Catalogue {
  /// The routes of a model that share both token prices with the sibling it is named after, at the same provider.
  public func siblingPrices(of model: Model) throws(CatalogueError) -> [SiblingPrice] {
    let own = model.routes.compactMap { route in TokenPricedRoute(route).map { (route: route, priced: $0) } }
    var tokens = model.id.slug.split(separator: "-")
    while tokens.count > 2, !own.isEmpty {
      tokens.removeLast()
      let id = ModelID(model.lab.rawValue + "/" + tokens.joined(separator: "-"))
      guard let base = try contents(of: id) else { continue }
      let resolver = ModelResolver(frame: frame, asOf: model.asOf)
      let theirs = resolver.prices(of: base, at: Set(own.map(\.route.provider))).compactMap {
        TokenPricedRoute($0.provider, id: "", $0.prices)
      }
      let shared = own.filter { _, priced in
        theirs.contains {
          $0.provider == priced.provider && $0.input == priced.input && $0.output == priced.output
        }
      }
      guard !shared.isEmpty, let baseModel = try self.model(id, asOf: model.asOf) else { return [] }
      return shared.map { SiblingPrice(route: $0.route, base: id, baseName: baseModel.name) }
    }
    return []
  }
}

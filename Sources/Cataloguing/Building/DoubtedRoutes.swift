import Facts

/// Routes that stand under a lab's provider although the lab does not sell the model itself: OpenAI serves no gpt-oss.
extension Grouping {
  /// Marks such routes. Evidence must speak against the lab: the weights are open, one lineage alone has the lab sell it while at
  /// least two others know the lab's own list and lack it there, and its price is one that a gateway asks. One lineage alone is no doubt.
  func doubted(_ models: [ModelContents]) -> [ModelContents] {
    let lists = knownLists(models)
    return models.map { model in
      guard Self.isOpen(model) else { return model }
      let known = Set(
        model.routes.filter { frame.identity.isFirstParty($0.provider, of: model.id.lab) }
          .flatMap(lineages))
      guard known.count == 1 else { return model }
      var result = model
      for (index, route) in model.routes.enumerated()
      where frame.identity.isFirstParty(route.provider, of: model.id.lab) {
        let own = Set(lineages(of: route))
        guard own.count == 1, (lists[route.provider] ?? []).subtracting(own).count >= 2,
          let prices = Self.prices(of: route), hasGatewayPrice(prices, in: model), !isKnownToEnd(route)
        else { continue }
        var attributes = route.attributes
        attributes.doubt = "a gateway's price, and the lab's own lists lack the id"
        result.routes[index] = RouteContents(
          provider: route.provider, apiID: route.apiID, attributes: attributes, records: route.records)
      }
      return result
    }
  }

  /// Whether a table of the provider's own retirements has the id: what ended was sold.
  private func isKnownToEnd(_ route: RouteContents) -> Bool {
    route.records.contains { cited in
      frame.sources[cited.source].proves == .known
        && cited.record.claims.contains { $0.field == .retirement || $0.field == .status }
    }
  }

  /// The lineages of the sources that sell or sold a route; a table of retirements has no list of a provider.
  private func lineages(of route: RouteContents) -> [SourceID] {
    route.records.map { frame.sources[$0.source] }.filter { $0.proves != .known }.map(\.lineage)
  }

  /// The lineages that know a provider's own list: those that have at least ten of its routes.
  private func knownLists(_ models: [ModelContents]) -> [ProviderID: Set<SourceID>] {
    var counts: [ProviderID: [SourceID: Int]] = [:]
    for route in models.flatMap(\.routes) {
      for lineage in Set(lineages(of: route)) {
        counts[route.provider, default: [:]][lineage, default: 0] += 1
      }
    }
    return counts.mapValues { Set($0.filter { $0.value >= 10 }.keys) }
  }

  private static func isOpen(_ model: ModelContents) -> Bool {
    let open: Set<String> = [Openness.openWeights.rawValue, Openness.openSource.rawValue]
    return (model.records + model.routes.flatMap(\.records)).contains { cited in
      cited.record.claims.contains { claim in
        if case .text(let text) = claim.value {
          claim.field == .openness && open.contains(text)
        } else {
          false
        }
      }
    }
  }

  private static func prices(of route: RouteContents) -> Set<[Money]>? {
    var lists: Set<[Money]> = []
    for cited in route.records {
      func price(_ unit: BillableUnit) -> Money? {
        for claim in cited.record.claims where claim.field == .price(PriceTerm(unit)) {
          if case .money(let money) = claim.value { return money }
        }
        return nil
      }
      if let input = price(.input), let output = price(.output) { lists.insert([input, output]) }
    }
    return lists.isEmpty ? nil : lists
  }

  private func hasGatewayPrice(_ prices: Set<[Money]>, in model: ModelContents) -> Bool {
    model.routes.contains { route in
      guard frame.identity.gateways.contains(route.provider), let own = Self.prices(of: route) else {
        return false
      }
      return !own.isDisjoint(with: prices)
    }
  }
}

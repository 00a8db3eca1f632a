import Cataloguing
import Deciding
import Documents
import Facts

extension Relation {
  /// `at least 200k`
  var words: String {
    switch self {
    case .atLeast: "at least"
    case .atMost: "at most"
    case .above: "above"
    case .below: "below"
    case .equal: "exactly"
    }
  }

  var ofDays: String {
    switch self {
    case .atLeast: "on or after"
    case .atMost: "on or before"
    case .above: "after"
    case .below: "before"
    case .equal: "in"
    }
  }
}

extension Requirement {
  /// The requirement as people read it: `context window at least 200k`.
  func words(_ frame: CatalogueFrame) -> String {
    switch self {
    case .available: "listed by its source and not ended"
    case .kind(let kinds): "route kind " + Display.listed(kinds.map(\.rawValue), "or")
    case .lab(let labs):
      "lab " + Display.listed(labs.map { Display.harmless(frame.identity.labNames[$0] ?? $0.rawValue) }, "or")
    case .type(let types): "product type " + Display.listed(types.map(\.rawValue), "or")
    case .openWeights: "open weights"
    case .license(let words): "license " + Display.listed(words.map(\.text), "or")
    case .released(let bound): "released \(bound.relation.ofDays) \(bound.value.text)"
    case .knowledge(let bound): "knowledge cutoff \(bound.relation.ofDays) \(bound.value.text)"
    case .benchmark(let id, let bound):
      "\(Display.harmless(Benchmarks.title(id))) \(bound.relation.words) \(bound.value.text)"
    case .provider(let ids):
      "provider " + Display.listed(ids.map { Display.harmless(frame.providerName($0)) }, "or")
    case .region(let regions): "region " + Display.listed(regions.map(Display.harmless), "or")
    case .needs(let capability): capability.phrase
    case .context(let bound): "context window \(bound.relation.words) \(Display.exactCount(bound.value))"
    case .output(let bound): "output limit \(bound.relation.words) \(Display.exactCount(bound.value))"
    case .notRetiring(let day): "no retirement before \(day.text)"
    case .traffic: "carries the traffic"
    case .cost(let most): "at most \(Display.unitPrice(most)) a month"
    }
  }

  /// The requirement for programs: `context_window>=200000`.
  var text: String {
    switch self {
    case .available: "available"
    case .kind(let kinds): "route_kind=" + kinds.map(\.rawValue).joined(separator: ",")
    case .lab(let labs): "lab=" + labs.map(\.rawValue).joined(separator: ",")
    case .type(let types): "product_type=" + types.map(\.rawValue).joined(separator: ",")
    case .openWeights: "open_weights"
    case .license(let words): "license=" + words.map(\.text).joined(separator: ",")
    case .released(let bound): "released\(bound.relation.rawValue)\(bound.value.text)"
    case .knowledge(let bound): "knowledge_cutoff\(bound.relation.rawValue)\(bound.value.text)"
    case .benchmark(let id, let bound): "\(id.rawValue)\(bound.relation.rawValue)\(bound.value.text)"
    case .provider(let ids): "provider=" + ids.map(\.rawValue).joined(separator: ",")
    case .region(let regions): "region=" + regions.joined(separator: ",")
    case .needs(let capability): capability.rawValue
    case .context(let bound): "context_window\(bound.relation.rawValue)\(bound.value.tokens)"
    case .output(let bound): "max_output\(bound.relation.rawValue)\(bound.value.tokens)"
    case .notRetiring(let day): "retirement>=\(day.text)"
    case .traffic: "traffic"
    case .cost(let most): "monthly_cost_usd<=\(most.text)"
    }
  }

  /// What the catalogue says of a candidate, in the words of the fact that decides; nil where no source says.
  func seen(_ candidate: PricedCandidate) -> String? {
    let (model, route) = (candidate.model, candidate.route)
    switch self {
    case .available:
      return LifeLines.status(route.life)
    case .kind: return route.kind?.rawValue
    case .lab: return model.id.lab.rawValue
    case .type: return model.type.rawValue
    case .openWeights: return model.openness?.rawValue
    case .license(let words):
      if let id = model.license { return id.rawValue }
      return words.contains(.osi) && model.openness == .proprietary ? "proprietary" : nil
    case .released: return model.released?.text
    case .knowledge: return model.knowledgeCutoff?.text
    case .benchmark(let id, _): return model.scores[id]?.text
    case .provider: return route.provider.rawValue
    case .region: return route.region
    case .needs(let capability): return route.has(capability).map(Display.flag)
    case .context: return route.prices.window.map { Display.tokens(TokenCount($0)) }
    case .output: return route.prices.maxOutput.map { Display.tokens(TokenCount($0)) }
    case .notRetiring: return route.isNeverRetired ? "never" : route.retirement?.text
    case .traffic: return trafficSeen(route)
    case .cost: return candidate.cost.map { Display.cost($0, decimals: 2) }
    }
  }

  private func trafficSeen(_ route: IndexedRoute) -> String {
    if let reservation = route.reservation { return "a \(reservation), which prices nothing by itself" }
    if let mode = route.processing { return "\(Display.harmless(mode)) processing only" }
    let limits = [
      ("window", route.prices.window), ("prompt limit", route.prices.maxInput),
      ("answer limit", route.prices.maxOutput),
    ]
    return limits.compactMap { name, limit in limit.map { "\(name) \(Display.tokens(TokenCount($0)))" } }
      .joined(
        separator: ", ")
  }
}

extension Requirement.LicenceWord {
  var text: String {
    switch self {
    case .osi: "osi"
    case .commercial: "commercial"
    case .licence(let id): Display.harmless(id.rawValue)
    }
  }
}

extension Preference.Criterion {
  /// `lower cost`, `larger context window`
  var words: String {
    switch self {
    case .cost: "lower cost"
    case .context: "larger context window"
    case .output: "larger output limit"
    case .released: "later release"
    case .knowledge: "later knowledge cutoff"
    case .firstParty: "the lab's own route"
    case .openWeights: "open weights"
    case .osi: "an OSI-approved license"
    case .capability(let capability): capability.phrase
    case .benchmark(let id): "higher \(Display.harmless(Benchmarks.title(id)))"
    }
  }

  var text: String {
    switch self {
    case .cost: "cost"
    case .context: "context_window"
    case .output: "max_output"
    case .released: "released"
    case .knowledge: "knowledge_cutoff"
    case .firstParty: "first_party"
    case .openWeights: "open_weights"
    case .osi: "osi"
    case .capability(let capability): capability.rawValue
    case .benchmark(let id): id.rawValue
    }
  }
}

import Facts

/// Resolves the contents of one model into its values as of a day.
struct ModelResolver {
  let frame: CatalogueFrame
  let asOf: CalendarDate
  private let ranks: [SourceID: Int]
  let newest: [SourceID: CalendarDate]
  /// Places of sources that a later snapshot of the same source follows.
  let superseded: Set<Int>

  init(frame: CatalogueFrame, asOf: CalendarDate) {
    self.frame = frame
    self.asOf = asOf
    ranks = Dictionary(frame.rank.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
    newest = frame.newestOfLineage
    superseded = frame.superseded
  }

  /// The fields that a model has by itself; limits and capabilities are the model's where the lab or a citation
  /// says so, else what its routes say.
  private static let modelFields: [Field] = Field.plain.filter {
    switch $0 {
    case .routeKind, .region, .quantisation, .dialect, .status, .temperature, .retirement: false
    // What a host makes of the model's requests.
    case .minCacheTokens, .endpoints, .accepts, .refuses, .effortLevels, .defaultEffort, .thinking,
      .tokenizer,
      .successor, .requestsPerMinute, .tokensPerMinute:
      false
    default: true
    }
  }

  /// Resolved after those that bound them.
  private static let boundFields: [Field] = [.maxOutput, .knowledgeCutoff]
  /// What another release has another value of.
  private static let ofOneRelease: Set<Field> = [.released, .contextWindow, .maxInput]

  /// Those without floating ids, unless the strongest that speak are floating ids alone.
  private static func asStrong(_ steady: [Witness]?, as all: [Witness]) -> [Witness] {
    guard let steady, let strongest = steady.map(\.role).min(), strongest == all.map(\.role).min() else {
      return all
    }
    return steady
  }

  func model(_ contents: ModelContents) -> Model {
    let lab = contents.id.lab
    let own = witnesses(of: contents.records, provider: nil, lab: lab)
    let routed = contents.routes.map {
      (route: $0, witnesses: witnesses(of: $0.records, provider: $0.provider, lab: lab))
    }
    var values: [Field: Knowledge<FactValue>] = [:]
    let everyone = own.merging(routed.map(\.witnesses))
    // An id that leads to one release after another describes the one of its day.
    let steady = own.merging(
      routed.filter { !$0.route.attributes.isFloating && !$0.route.apiID.hasSuffix("latest") }.map(
        \.witnesses))
    for field in Self.modelFields where !Self.boundFields.contains(field) {
      guard let speaking = everyone[field] else { continue }
      let own = Self.ofOneRelease.contains(field) ? Self.asStrong(steady[field], as: speaking) : speaking
      values[field] = Resolution(field: field, witnesses: speaking).knowledge(believingOnly: own)
    }
    let plausible = PlausibleClaims(
      released: values[.released]?.date.value, contextWindow: values[.contextWindow]?.tokens.value)
    for field in Self.boundFields {
      guard let speaking = everyone[field] else { continue }
      let own = plausible.among(Self.asStrong(steady[field], as: speaking), of: field)
      let known = Resolution(field: field, witnesses: speaking).knowledge(believingOnly: own)
      if !known.isUnknown { values[field] = known }
    }
    let terms = values[.license]?.value.flatMap { frame.licences.terms(of: LicenceID($0.text)) }
    complete(&values, with: terms)
    let priced = pricedRoutes(of: contents, witnesses: routed.map(\.witnesses))
    let lives = lives(routed, of: contents.id, own: own, isOpen: Self.isOpen(values))
    if !lives.lab.day.isUnknown { values[.retirement] = lives.lab.day.map { .date($0) } }
    let routes = zip(routed, priced).enumerated().map { index, pair in
      route(
        pair.0.route, of: contents.id, witnesses: pair.0.witnesses, priced: pair.1, end: lives.end(at: index))
    }
    return Model(
      id: contents.id, labName: frame.labName(lab, stated: values[.lab]?.value?.text),
      name: displayName(contents, values), asOf: asOf,
      releases: contents.id.release == nil && contents.releases.count > 1 ? contents.releases : [],
      routes: routes.sorted {
        ($0.providerName.lowercased(), $0.apiID) < ($1.providerName.lowercased(), $1.apiID)
      }, life: life(of: routes, lives),
      scores: scores(contents.records), licenceTerms: terms, values: values)
  }

  // MARK: Witnesses

  private func witnesses(of records: [CitedRecord], provider: ProviderID?, lab: LabID) -> Witnesses {
    var result = Witnesses()
    for cited in records {
      guard frame.sources.indices.contains(cited.source) else { continue }
      let source = frame.sources[cited.source]
      let role: Witness.Role =
        if source.lineage.rawValue == "facts" {
          .reader
        } else if let provider {
          frame.identity.isFirstParty(provider, of: lab) ? .firstParty : .reseller
        } else {
          .own
        }
      for claim in cited.record.claims {
        // The day a repository was created is a listing date, no statement of the lab.
        let isListing = claim.field == .released && source.id.rawValue == "huggingface"
        result.add(
          Witness(
            claim: claim, record: cited.record, source: source, role: isListing ? .reseller : role,
            provider: provider,
            rank: ranks[source.id] ?? ranks[source.lineage] ?? .max))
      }
    }
    return result
  }

  // MARK: Licence

  /// What the licence itself settles, where no source says it of the model.
  private func complete(_ values: inout [Field: Knowledge<FactValue>], with terms: LicenceTerms?) {
    guard let terms, let licence = values[.license]?.evidence else { return }
    func derived(_ evidence: Evidence?) -> Evidence {
      Evidence(
        agreeing: licence.agreeing + (evidence?.agreeing ?? []), dissenting: licence.dissenting,
        rule: .derived)
    }
    if values[.osiApproved] == nil, case .known(let flag, let evidence) = terms.osiApproved {
      values[.osiApproved] = .known(.flag(flag), derived(evidence))
    }
    if values[.commercialUse] == nil, case .known(let use, let evidence) = terms.commercialUse {
      values[.commercialUse] = .known(.text(use.rawValue), derived(evidence))
    }
  }

  // MARK: Names

  /// A reader's or curated name, else the lab's own route's, else the commonest, without a provider's decoration.
  /// The name of a release says which it is.
  private func displayName(_ contents: ModelContents, _ values: [Field: Knowledge<FactValue>]) -> String {
    let name = plainName(of: contents, values)
    guard let release = contents.id.release, !name.contains(release) else { return name }
    return name + " (" + release + ")"
  }

  private func plainName(of contents: ModelContents, _ values: [Field: Knowledge<FactValue>]) -> String {
    if let evidence = values[.name]?.evidence,
      evidence.rule == .readersFacts || evidence.rule == .ownClaim || evidence.rule == .firstParty,
      let name = values[.name]?.value?.text
    {
      return plainName(name)
    }
    var counts: [String: Int] = [:]
    for route in contents.routes {
      for cited in route.records {
        for claim in cited.record.claims where claim.field == .name {
          counts[plainName(claim.value.text), default: 0] += 1
        }
      }
    }
    return counts.max { ($0.value, -$0.key.count, $1.key) < ($1.value, -$1.key.count, $0.key) }?.key
      ?? contents.id.whole.slug
  }

  /// "OpenAI: GPT-5" and "GPT-5 (free)" are GPT-5.
  private func plainName(_ name: String) -> String {
    var result = Substring(name)
    if let range = result.firstRange(of: ": "), result[..<range.lowerBound].count < 20 {
      result = result[range.upperBound...]
    }
    for tail in [" (free)", " (Free)", " Free", " (latest)"] where result.hasSuffix(tail) {
      result = result.dropLast(tail.count)
    }
    return result.isEmpty ? name : String(result)
  }

  // MARK: Routes

  /// A route among those of its model, or of the ids that lead to no model.
  func route(_ route: RouteContents, in contents: ModelContents) -> Route {
    let witnesses = witnesses(of: route.records, provider: route.provider, lab: contents.id.lab)
    return self.route(
      route, of: contents.id, witnesses: witnesses, priced: pricedRoute(route, in: contents),
      end: statedEnd(witnesses))
  }

  /// The price records of a route, with what the model's other routes say about them.
  func pricedRoute(_ route: RouteContents, in contents: ModelContents) -> PricedRoute {
    let lab = contents.id.lab
    // What says something about its list: other spellings at the provider, and the lab's own routes.
    var contents = contents
    contents.routes.removeAll { other in
      other.provider != route.provider && !frame.identity.isFirstParty(other.provider, of: lab)
    }
    let witnesses = contents.routes.map { self.witnesses(of: $0.records, provider: $0.provider, lab: lab) }
    let priced = pricedRoutes(of: contents, witnesses: witnesses)
    guard
      let index = contents.routes.firstIndex(where: {
        $0.provider == route.provider && $0.apiID == route.apiID && $0.records.count == route.records.count
      })
    else {
      let own = self.witnesses(of: route.records, provider: route.provider, lab: lab)
      return PricedRoute(records: PriceRecords(own, isFree: isFree(own)), spellings: [], lab: nil)
    }
    return priced[index]
  }

  /// The price lists of the routes of a model at some providers.
  func prices(of contents: ModelContents, at providers: Set<ProviderID>) -> [(
    provider: ProviderID, prices: PriceList
  )] {
    let lab = contents.id.lab
    var contents = contents
    contents.routes.removeAll {
      !providers.contains($0.provider) && !frame.identity.isFirstParty($0.provider, of: lab)
    }
    let witnesses = contents.routes.map { self.witnesses(of: $0.records, provider: $0.provider, lab: lab) }
    return zip(contents.routes, pricedRoutes(of: contents, witnesses: witnesses)).compactMap {
      route, priced in
      providers.contains(route.provider) ? (route.provider, priced.list(on: asOf)) : nil
    }
  }

  private func pricedRoutes(of contents: ModelContents, witnesses: [Witnesses]) -> [PricedRoute] {
    let records = witnesses.enumerated().map { index, own in
      PriceRecords(own, isFree: isFree(own), index: index)
    }
    let spellings = RouteSpellings(contents.routes)
    func priced(_ index: Int, lab: LabPrices?) -> PricedRoute {
      PricedRoute(
        records: records[index], spellings: spellings.others(of: index).map { records[$0] }, lab: lab)
    }
    func isFirstParty(_ index: Int) -> Bool {
      frame.identity.isFirstParty(contents.routes[index].provider, of: contents.id.lab)
    }
    let own = contents.routes.indices.filter {
      isFirstParty($0) && contents.routes[$0].attributes.isOrdinary
        && contents.routes[$0].attributes.doubt == nil
    }
    let lab = LabPrices(own.map { priced($0, lab: nil) })
    return contents.routes.indices.map { priced($0, lab: isFirstParty($0) ? nil : lab) }
  }

  private func isFree(_ witnesses: Witnesses) -> Bool {
    witnesses[.routeKind].map {
      Resolution(field: .routeKind, witnesses: $0).knowledge().value == .text(RouteKind.free.rawValue)
    } ?? false
  }

  private func route(
    _ contents: RouteContents, of model: ModelID, witnesses: Witnesses, priced: PricedRoute, end: Lives.End
  ) -> Route {
    let sources = contents.records.compactMap {
      frame.sources.indices.contains($0.source) ? ($0.record, frame.sources[$0.source]) : nil
    }
    // A table that knows the name has not seen it served.
    let selling = sources.filter { $0.1.proves != .known }
    let lastSeen = (selling.isEmpty ? sources : selling).map { $0.0.observed ?? $0.1.observed }.max() ?? asOf
    let isListed = isListed(contents)
    let life = Life(
      isListed: isListed, wasListed: sources.contains { $0.1.proves == .soldToday }, lastSeen: lastSeen,
      end: end.day, isDoubted: end.isDoubted, scope: end.scope, successor: end.successor, asOf: asOf)
    return Route(
      model: model, provider: contents.provider, providerName: frame.providerName(contents.provider),
      apiID: contents.apiID, attributes: contents.attributes,
      isFirstParty: contents.attributes.doubt == nil
        && frame.identity.isFirstParty(contents.provider, of: model.lab),
      owner: frame.identity.owners.first { $0.value.contains(contents.provider) }?.key,
      fee: frame.fees[contents.provider], lastSeen: lastSeen,
      isListed: isListed, life: life,
      asOf: asOf, records: sources.map { (record: $0.0, source: $0.1) },
      witnesses: witnesses, priced: priced)
  }

  // MARK: Scores

  /// A leaderboard's record is a model; the score's own key names the benchmark too.
  private func scoreKey(_ claim: ScoreClaim, of cited: CitedRecord) -> String {
    frame.sources[cited.source].lineage.rawValue == "facts"
      ? cited.record.key : "\(cited.record.key)|\(claim.benchmark)"
  }

  private func scores(_ records: [CitedRecord]) -> [Score] {
    var scores: [Score] = []
    for cited in records where frame.sources.indices.contains(cited.source) {
      for claim in cited.record.scores {
        let citation = Citation(
          source: frame.sources[cited.source], recordKey: scoreKey(claim, of: cited),
          asWritten: claim.asWritten,
          unitAsWritten: claim.metric, url: claim.url ?? cited.record.url, observed: cited.record.observed)
        scores.append(Score(claim: claim, citation: citation))
      }
    }
    return scores.sorted {
      ($0.claim.benchmark, $0.claim.variant, $1.claim.value) < (
        $1.claim.benchmark, $1.claim.variant, $0.claim.value
      )
    }
  }
}

extension CatalogueFrame {
  /// The lab's name for people. Where a model is known from hosts alone, nobody says who made it.
  func labName(_ lab: LabID, stated: String?) -> String {
    if let name = stated, identity.labNames[lab] == nil { return name }
    return identity.naming.hosts.contains(lab) ? "unknown lab" : identity.labNames[lab] ?? lab.rawValue
  }

  /// The provider of an id, a source's id or a name as people write it.
  public func provider(named text: String) -> ProviderID {
    let id = identity.provider(text)
    if providers[id] != nil { return id }
    return providers.first { $0.value.name.lowercased() == text.lowercased() }?.key ?? id
  }

  /// The provider's name as its source writes it; the id when none does.
  public func providerName(_ id: ProviderID) -> String {
    identity.providerNames[id] ?? providers[id]?.name ?? id.rawValue
  }
}

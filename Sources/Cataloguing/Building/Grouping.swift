import Facts

/// One run of the builder: names first, then routes, then what only names a model.
struct Grouping {
  private var contents: CatalogueContents
  let asOf: CalendarDate
  let untaught: Set<SourceID>
  /// Models by lab-qualified undated key, in the spelling most providers use.
  var groups: [String: Group] = [:]
  /// Labs that name a key with their namespace, by key.
  private var labsOfKey: [String: [LabID: Int]] = [:]
  /// The keys of names that bear no full date.
  private var undatedKeys: Set<String> = []
  private var routeModels: [String: String] = [:]
  /// Ids taken apart: an id comes several times in one run.
  private var parsedIDs: [String: ParsedID] = [:]

  struct Group {
    /// The key's part behind the lab, for a group that only aliases lead to.
    let slug: String
    var lab: LabID
    var canonical: ModelID?
    var spellings: [String: Int] = [:]
    /// Those of tables that sell nothing: they name a model that nobody else does.
    var knownSpellings: [String: Int] = [:]
    var records: [CitedRecord] = []
    var routes: [String: RouteContents] = [:]
    /// Keys and ids that lead here.
    var names: Set<String> = []
    /// Whether an id of a route names the lab: a guess from the first word of a name does not.
    var namesLab = false
  }

  init(contents: CatalogueContents, asOf: CalendarDate, untaught: Set<SourceID>) {
    self.contents = contents
    self.asOf = asOf
    self.untaught = untaught
  }

  var frame: CatalogueFrame { contents.frame }

  private mutating func takenApart(_ raw: String) -> ParsedID {
    if let known = parsedIDs[raw] { return known }
    let made = ParsedID(raw, policy: frame.identity)
    parsedIDs[raw] = made
    return made
  }

  // MARK: Names

  /// Learns which lab each bare name belongs to from the ids that carry a namespace.
  mutating func collectNames(of pending: [(source: Int, record: SourceRecord)]) {
    for (_, record) in pending {
      let raw: String
      switch record.subject {
      case .route(_, let apiID): raw = record.canonicalID?.rawValue ?? apiID
      case .model: continue
      }
      let parsed = takenApart(raw)
      if let lab = parsed.lab { labsOfKey[parsed.key, default: [:]][lab, default: 0] += 1 }
      if parsed.datedSlug == parsed.slug { undatedKeys.insert(parsed.key) }
    }
  }

  private func lab(of parsed: ParsedID, provider: ProviderID?, raw: String) -> LabID {
    // Deepgram's `nova-2` is its own, whoever else has a Nova.
    if let provider, parsed.lab == nil,
      frame.identity.naming.ownNames.contains(provider.rawValue + "/" + parsed.slug.prefix { $0 != "-" })
    {
      return frame.identity.firstParty.filter { $0.value.contains(provider) }.keys.sorted().first
        ?? LabID(provider.rawValue)
    }
    if let lab = parsed.lab {
      // `perplexity/glm-5.2`: a host that trains too serves another lab's model; most ids tell whose it is.
      let counts = labsOfKey[parsed.key] ?? [:]
      if let family = frame.identity.lab(ofSlug: parsed.slug), family != lab,
        (counts[family] ?? .zero) > (counts[lab] ?? .zero)
      {
        return family
      }
      return lab
    }
    let known = labsOfKey[parsed.key] ?? [:]
    // `llama-3.1-nemotron-ultra-253b-v1` is NVIDIA's, as everyone says who names a lab, and not Meta's.
    if let family = frame.identity.lab(ofSlug: parsed.slug), known.isEmpty || known[family] != nil {
      return family
    }
    if let most = known.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) { return most.key }
    // A namespace that is no known lab is still the best name for who made it; else the only provider is.
    if let owner = ParsedID.owner(in: raw) { return owner }
    // A host that trains too: its own models bear no namespace.
    if let provider,
      let host = frame.identity.firstParty.filter({ $0.value.contains(provider) }).keys.sorted().first
    {
      return host
    }
    return LabID(provider?.rawValue ?? "unknown")
  }

  /// The group key of an id: an alias first, then the dated name when it is a model of its own, then the undated.
  /// - Returns: the key, the id taken apart, and the name that an alias gives the model.
  private mutating func groupKey(raw: String, provider: ProviderID?, canonical: ModelID?) -> (
    key: String, parsed: ParsedID, named: String?
  ) {
    if canonical == nil,
      let alias = frame.aliases.find(raw, provider: provider, policy: frame.identity, asOf: asOf)
    {
      let target = takenApart(alias.model.rawValue)
      let own = takenApart(raw)
      let lab = target.lab ?? alias.model.lab
      return (lab.rawValue + "/" + chosenKey(target), own, chosenName(target))
    }
    let parsed = takenApart(canonical?.rawValue ?? raw)
    let lab = canonical.map { parsed.lab ?? $0.lab } ?? self.lab(of: parsed, provider: provider, raw: raw)
    if canonical == nil, let alias = normalisedAlias(of: parsed, provider: provider) {
      let target = takenApart(alias.model.rawValue)
      return (
        (target.lab ?? alias.model.lab).rawValue + "/" + chosenKey(target), parsed, chosenName(target)
      )
    }
    return (lab.rawValue + "/" + chosenKey(parsed), parsed, nil)
  }

  func normalisedAlias(of parsed: ParsedID, provider: ProviderID?) -> AliasNote? {
    frame.aliases.find(parsed.datedSlug, provider: provider, policy: frame.identity, asOf: asOf)
      ?? (parsed.datedSlug == parsed.slug
        ? nil : frame.aliases.find(parsed.slug, provider: provider, policy: frame.identity, asOf: asOf))
      // What several providers mean by a name, the others mean too.
      ?? frame.aliases.shared(parsed.datedSlug, fixed: true, least: 2, asOf: asOf)
  }

  /// Dated releases that the curated aliases keep apart are keyed by their date, those that a source names in four digits
  /// by these; all others by their name.
  func chosenKey(_ parsed: ParsedID) -> String {
    guard parsed.datedSlug != parsed.slug else { return parsed.key }
    let isOwnModel = frame.aliases.all.contains { $0.model.slug == parsed.datedSlug }
    if isOwnModel { return parsed.datedKey }
    return parsed.shortDatedKeys.first(where: undatedKeys.contains) ?? parsed.key
  }

  /// The name that goes with the chosen key.
  private func chosenName(_ parsed: ParsedID) -> String {
    chosenKey(parsed) == parsed.datedKey ? parsed.datedSlug : parsed.slug
  }

  // MARK: Routes

  mutating func placeRoutes(of pending: [(source: Int, record: SourceRecord)]) {
    for (source, record) in pending {
      guard case .route(let providerName, let apiID) = record.subject else { continue }
      let provider = frame.identity.provider(providerName)
      let (key, parsed, named) = groupKey(raw: apiID, provider: provider, canonical: record.canonicalID)
      if record.canonicalID == nil, let reason = namesNoModel(apiID, key: key, at: provider) {
        contents.findings.append(
          Finding(
            rule: reason.rule, severity: .note, source: frame.sources[source].id, place: record.key.bounded,
            message: reason.words + "; its prices are kept without a model"))
        addFloating(
          CitedRecord(source: source, record: record), provider: provider, apiID: apiID, parsed: parsed)
        continue
      }
      var attributes = parsed.attributes
      // What a provider itself says to lead to one release on the day is its name.
      if attributes.isFloating, ownAlias(apiID, at: provider) != nil { attributes.variant = nil }
      let slug = String(key.drop { $0 != "/" }.dropFirst())
      var group = groups[key] ?? Group(key: key, named: named)
      if parsed.lab == group.lab || parsed.lab == nil && ParsedID.owner(in: apiID) == group.lab {
        group.namesLab = true
      }
      if parsed.key == slug || parsed.datedKey == slug {
        let spelling = parsed.datedKey == slug ? parsed.datedSlug : parsed.slug
        if frame.sources[source].proves == .known {
          group.knownSpellings[spelling, default: 0] += 1
        } else {
          group.spellings[spelling, default: 0] += 1
        }
      }
      if let canonical = record.canonicalID { group.canonical = group.canonical ?? canonical }
      let normalised = Self.normalised(record, provider: provider, apiID: apiID, frame)
      let placed = CitedRecord(source: source, record: normalised)
      let routeKey = matchingRoute(
        provider: provider, apiID: apiID, parsed: parsed, record: record, in: group)
      group.routes[
        routeKey,
        default: RouteContents(provider: provider, apiID: apiID, attributes: attributes, records: [])
      ].records.append(placed)
      group.names.formUnion(Self.names(of: apiID, parsed: parsed, lab: group.lab))
      routeModels[provider.rawValue + "\u{0}" + apiID.lowercased()] = key
      groups[key] = group
      guard !untaught.contains(frame.sources[source].id) else { continue }
      for other in record.alsoServedAs { learn(other, leadsTo: key) }
    }
  }

  private mutating func addFloating(
    _ cited: CitedRecord, provider: ProviderID, apiID: String, parsed: ParsedID
  ) {
    let routes = contents.floating.routes
    if let place = routes.firstIndex(where: {
      $0.provider == provider && $0.apiID.lowercased() == apiID.lowercased()
    }) {
      contents.floating.routes[place].records.append(cited)
    } else {
      contents.floating.routes.append(
        RouteContents(provider: provider, apiID: apiID, attributes: parsed.attributes, records: [cited]))
    }
  }

  /// Plain facts name a provider without its id: they join the only route of that provider, if there is one.
  private func matchingRoute(
    provider: ProviderID, apiID: String, parsed: ParsedID, record: SourceRecord, in group: Group
  ) -> String {
    let key = [provider.rawValue, apiID.lowercased(), region(of: record)].compactMap(\.self)
      .joined(separator: "\u{0}")
    guard record.canonicalID != nil, group.routes[key] == nil else { return key }
    let same = group.routes.filter { $0.value.provider == provider && $0.value.attributes.parts.isEmpty }
    return same.count == 1 ? same.first?.key ?? key : key
  }

  private func region(of record: SourceRecord) -> String? {
    for claim in record.claims where claim.field == .region { return claim.value.text }
    return nil
  }

  /// The names under which an id can be asked for: itself, its normalised keys, with and without the lab.
  private static func names(of raw: String, parsed: ParsedID, lab: LabID) -> Set<String> {
    [
      raw.lowercased(), parsed.datedKey, lab.rawValue + "/" + parsed.datedKey,
    ]
  }

  private mutating func learn(_ other: ServedName, leadsTo key: String) {
    let provider = other.provider.map(frame.identity.provider)
    let (own, parsed, _) = groupKey(raw: other.apiID, provider: provider, canonical: nil)
    // A floating name holds for some days only; the alias table has those.
    guard !parsed.isFloating else { return }
    // A name that is a model of its own is not taken away from it.
    guard own != key, groups[own] == nil else { return }
    groups[key]?.names.formUnion([other.apiID.lowercased(), parsed.datedKey, own])
  }

  // MARK: Records that only name a model

  mutating func placeModelRecords(of pending: [(source: Int, record: SourceRecord)]) {
    var unplaced: [Int: [String]] = [:]
    for (source, record) in pending {
      guard case .model(let name) = record.subject else { continue }
      let isOwn = record.canonicalID != nil
      let (key, parsed, _) = groupKey(raw: name, provider: nil, canonical: record.canonicalID)
      // A quantised or dated copy of a repository describes itself, not the model.
      let describesCopy =
        !isOwn && frame.sources[source].id.rawValue == "huggingface" && !parsed.attributes.isEmpty
      if groups[key] == nil, isOwn, let canonical = record.canonicalID {
        groups[key] = Group(key: key, canonical: canonical)
        groups[key]?.names.formUnion(
          Self.names(of: canonical.rawValue, parsed: parsed, lab: LabID(String(key.prefix { $0 != "/" }))))
      }
      if groups[key] == nil, !isOwn, !describesCopy, frame.identity.naming.isModel(repository: name) {
        groups[key] = Group(key: key, named: parsed.slug)
      }
      guard groups[key] != nil, !describesCopy else {
        unplaced[source, default: []].append(record.key)
        continue
      }
      if let canonical = record.canonicalID, groups[key]?.canonical == nil {
        groups[key]?.canonical = canonical
      }
      let normalised = Self.normalised(record, provider: nil, apiID: nil, frame)
      if !normalised.claims.isEmpty || !normalised.scores.isEmpty {
        groups[key]?.records.append(CitedRecord(source: source, record: normalised))
      }
      groups[key]?.names.formUnion(
        Self.names(of: name, parsed: parsed, lab: LabID(String(key.prefix { $0 != "/" }))))
      guard !untaught.contains(frame.sources[source].id) else { continue }
      for other in record.alsoServedAs { learn(other, leadsTo: key) }
    }
    for (source, keys) in unplaced.sorted(by: { $0.key < $1.key }) {
      contents.findings.append(
        Finding(
          rule: "unmatched-record", severity: .note, source: frame.sources[source].id, place: keys[0].bounded,
          message:
            "left out, because no provider serves the model or the record describes a copy of one: \(keys.count) in all"
        )
      )
    }
  }

  // MARK: Result

  mutating func finished() -> CatalogueContents {
    mergeOtherNames()
    mergeReleases()
    mergeAliased()
    mergeSpellings()
    moveRuntimeTags()
    mergeLabs()
    var result = contents
    var owners: [String: Set<ModelID>] = [:]
    for (_, group) in groups.sorted(by: { $0.key < $1.key }) {
      let id = ModelID(group.lab.rawValue + "/" + spelling(of: group))
      let routes = group.routes.sorted { $0.key < $1.key }.map { withoutRepeats($0.value) }
      result.models.append(ModelContents(id: id, records: group.records, routes: routes))
      for name in group.names { owners[name, default: []].insert(id) }
    }
    result.models = doubted(result.models)
    result.models.sort { $0.id < $1.id }
    for (name, ids) in owners {
      if ids.count == 1, let id = ids.first { result.keys[name] = id }
    }
    for model in result.models {
      let parsed = takenApart(model.id.rawValue)
      result.keys[model.id.rawValue] = model.id
      result.keys[model.id.lab.rawValue + "/" + parsed.datedKey] = model.id
    }
    addServedNames(to: &result)
    for (name, ids) in owners.sorted(by: { $0.key < $1.key }) where ids.count > 1 && result.keys[name] == nil
    {
      result.findings.append(
        Finding(
          rule: "ambiguous-id", severity: .note, place: name.bounded,
          message: "this id could mean " + ids.sorted().map(\.rawValue).joined(separator: ", ")))
    }
    return result
  }

  /// A provider may serve one model under the name of another: such an id leads to its model behind the provider's.
  private func addServedNames(to result: inout CatalogueContents) {
    var models: [String: Set<ModelID>] = [:]
    for model in result.models {
      for route in model.routes where result.keys[route.apiID.lowercased()] != model.id {
        models[CatalogueContents.servedName(route.apiID, at: route.provider), default: []].insert(model.id)
      }
    }
    for (name, ids) in models where ids.count == 1 { result.keys[name] = ids.first }
    addStatedNames(to: &result)
    result.floating.routes.sort { ($0.provider, $0.apiID) < ($1.provider, $1.apiID) }
  }
}

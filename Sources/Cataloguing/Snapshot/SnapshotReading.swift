import Facts

extension ByteReader {
  /// - Parameter string: gives the interned text of a number.
  mutating func shape(_ string: (Int) throws(CatalogueError) -> String) throws(CatalogueError) -> ClaimShape {
    let field = try field()
    let basis: Basis = try byte() == 1 ? .derived : .stated
    let texts = (
      try string(try unsigned()), try string(try unsigned()), try string(try unsigned()),
      try string(try unsigned())
    )
    func present(_ text: String) -> String? { text.isEmpty ? nil : text }
    return ClaimShape(
      field: field, unit: present(texts.0), basis: basis, note: present(texts.1), path: present(texts.2),
      url: present(texts.3), validFrom: try optionalDate(), validUntil: try optionalDate())
  }

  mutating func scoreShape() throws(CatalogueError) -> ScoreShape {
    ScoreShape(
      benchmark: BenchmarkID(try text()), unit: ScoreUnit(rawValue: try text()) ?? .points,
      metric: try text(),
      evaluator: try optionalText(), version: try optionalText(), url: try optionalText())
  }

  mutating func summary() throws(CatalogueError) -> ModelSummary {
    let id = ModelID(try text())
    let name = try text()
    let family = try optionalText()
    let type = try optionalText()
    let mask = try unsigned()
    let context = try unsigned()
    let released = try optionalDate()
    let routes = try unsigned()
    var cost: Money?
    if try byte() == 1 { cost = try? Money(dollars: try decimal()) }
    var capabilities: Set<Capability> = []
    for (bit, capability) in Capability.allCases.enumerated() where mask & (1 << bit) != 0 {
      capabilities.insert(capability)
    }
    return ModelSummary(
      id: id, name: name, family: family, productType: type, capabilities: capabilities,
      contextWindow: context == 0 ? nil : TokenCount(Int64(context) - 1), released: released, routes: routes,
      usualCost: cost)
  }

  mutating func findings() throws(CatalogueError) -> [Finding] {
    var findings: [Finding] = []
    var last = Finding.nothingRepeated
    for _ in 0..<(try count()) {
      let isNote = try byte() == 1
      let place = try text()
      for part in last.indices where try byte() == 0 { last[part] = try text() }
      findings.append(
        Finding(
          rule: last[0], severity: isNote ? .note : .warning,
          source: last[1].isEmpty ? nil : SourceID(last[1]), place: place, message: last[2]))
    }
    return findings
  }

  /// - Parameter end: where the section ends; a catalogue from before fees were kept ends before them.
  mutating func frame(until end: Int) throws(CatalogueError) -> CatalogueFrame {
    var frame = CatalogueFrame()
    for _ in 0..<(try count()) {
      let parts = try texts(8)
      let observed = try date()
      let states = Set(try texts(try count()))
      let proves = SourceProof(rawValue: try text()) ?? .known
      frame.sources.append(
        SourceDescription(
          id: SourceID(parts[0]), title: parts[1], version: parts[2], licence: parts[3],
          homepage: parts[4].isEmpty ? nil : parts[4], observed: observed, digest: parts[5],
          lineage: SourceID(parts[6]),
          correction: parts[7], states: states, proves: proves))
    }
    for _ in 0..<(try count()) { frame.rank.append(SourceID(try text())) }
    for (key, value) in try pairs() { frame.identity.providers[key] = ProviderID(value) }
    for (key, value) in try pairs() { frame.identity.providerNames[ProviderID(key)] = value }
    for (key, value) in try pairs() { frame.identity.labs[key] = LabID(value) }
    for (key, value) in try pairs() { frame.identity.labNames[LabID(key)] = value }
    for (key, value) in try pairs() { frame.identity.families[key] = LabID(value) }
    for (key, value) in try pairs() {
      frame.identity.firstParty[LabID(key), default: []].insert(ProviderID(value))
    }
    for (lab, habits) in try pairs() { frame.identity.add(habits: habits, of: LabID(lab)) }
    for (provider, marks) in try pairs() {
      frame.identity.marks[ProviderID(provider)] = marks.split(separator: " ").map(String.init)
    }
    for (owner, providers) in try pairs() {
      frame.identity.owners[owner] = providers.split(separator: " ").map { ProviderID(String($0)) }
    }
    for (gateway, _) in try pairs() { frame.identity.gateways.insert(ProviderID(gateway)) }
    for (cloud, _) in try pairs() { frame.identity.clouds.insert(ProviderID(cloud)) }
    for (plan, _) in try pairs() { frame.identity.plans.insert(ProviderID(plan)) }
    for (provider, marks) in try pairs() {
      frame.identity.planMarks[ProviderID(provider)] = marks.split(separator: " ").map(String.init)
    }
    for (namespace, _) in try pairs() { frame.identity.unnamed.insert(namespace) }
    for pair in try pairs() { frame.identity.naming.add(pair: pair) }
    for (name, reason) in try pairs() { frame.identity.toldApart[name] = reason }
    for _ in 0..<(try count()) {
      let parts = try texts(5)
      frame.providers[ProviderID(parts[0])] = ProviderNote(
        id: parts[1], name: parts[2], dialect: parts[3].isEmpty ? nil : parts[3],
        documentation: parts[4].isEmpty ? nil : parts[4])
    }
    var last = AliasNote.nothingRepeated
    for _ in 0..<(try count()) { frame.aliases.add(try alias(after: &last)) }
    for _ in 0..<(try count()) { frame.licences.add(try licence()) }
    let licenceSource = SourceID(try text())
    frame.licences.source = frame.sources.first { $0.id == licenceSource }
    for _ in 0..<(try count()) {
      frame.medians[BenchmarkID(try text())] = BenchmarkMedian(value: try decimal(), models: try unsigned())
    }
    if position < end { frame.fees = try fees(of: frame.sources) }
    return frame
  }

  private mutating func texts(_ count: Int) throws(CatalogueError) -> [String] {
    var texts: [String] = []
    for _ in 0..<count { texts.append(try text()) }
    return texts
  }

  private mutating func pairs() throws(CatalogueError) -> [(String, String)] {
    var pairs: [(String, String)] = []
    for _ in 0..<(try count()) { pairs.append((try text(), try text())) }
    return pairs
  }

  private mutating func alias(after last: inout [String]) throws(CatalogueError) -> AliasNote {
    let name = try text()
    let (from, until, seen) = (try optionalDate(), try optionalDate(), try optionalDate())
    for place in last.indices where try byte() == 0 { last[place] = try text() }
    return AliasNote(
      source: SourceID(last[0]), alias: name, provider: last[1].isEmpty ? nil : last[1],
      model: ModelID(last[2]), from: from, until: until, kind: AliasNote.Kind(rawValue: last[3]) ?? .renamed,
      url: last[4].isEmpty ? nil : last[4], seen: seen, mark: last[5].isEmpty ? nil : last[5])
  }

  private mutating func licence() throws(CatalogueError) -> LicenceNote {
    let id = LicenceID(try text())
    let title = try text()
    let isSPDX = try byte() == 1
    let spellings = try texts(try count())
    let osi = try text()
    let use = try optionalText()
    let openness = try optionalText()
    let key = try text()
    let evidence = try licenceEvidence()
    let osiEvidence = try byte() == 1 ? try licenceEvidence() : nil
    return LicenceNote(
      id: id, title: title, isSPDX: isSPDX, spellings: spellings,
      osiApproved: osi.isEmpty ? nil : osi == "yes",
      commercialUse: use.flatMap(CommercialUse.init), openness: openness, recordKey: key, evidence: evidence,
      osiEvidence: osiEvidence)
  }

  private mutating func licenceEvidence() throws(CatalogueError) -> LicenceNote.Evidence {
    LicenceNote.Evidence(url: try optionalText(), seen: try date(), mark: try text())
  }
}

extension AliasNote {
  /// What neighbours in the table often share: source, provider, model, kind, page and mark.
  var repeated: [String] {
    [source.rawValue, provider ?? "", model.rawValue, kind.rawValue, url ?? "", mark ?? ""]
  }

  static let nothingRepeated = [String](repeating: "", count: 6)
}

extension Finding {
  /// What neighbours in the list often share: rule, source and message.
  var repeated: [String] { [rule, source?.rawValue ?? "", message] }

  static let nothingRepeated = ["", "", ""]
}

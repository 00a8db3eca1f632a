import Facts

extension ByteWriter {
  mutating func shape(_ shape: ClaimShape, _ tables: SnapshotTables) {
    field(shape.field)
    byte(shape.basis == .derived ? 1 : 0)
    // Many shapes share a text: of a multiplier each price has one.
    for text in [shape.unit, shape.note, shape.path, shape.url] {
      unsigned(tables.strings.numbers[text ?? ""] ?? 0)
    }
    optional(shape.validFrom)
    optional(shape.validUntil)
  }

  mutating func scoreShape(_ shape: ScoreShape) {
    text(shape.benchmark.rawValue)
    text(shape.unit.rawValue)
    text(shape.metric)
    optional(shape.evaluator)
    optional(shape.version)
    optional(shape.url)
  }

  mutating func model(_ model: ModelContents, _ tables: SnapshotTables) {
    unsigned(model.records.count)
    for record in model.records { self.record(record, tables) }
    unsigned(model.routes.count)
    for route in model.routes {
      unsigned(tables.strings.numbers[route.provider.rawValue] ?? 0)
      unsigned(tables.strings.numbers[route.apiID] ?? 0)
      unsigned(tables.strings.numbers[route.attributes.text] ?? 0)
      unsigned(route.records.count)
      for record in route.records { self.record(record, tables, apiID: route.apiID) }
    }
  }

  private mutating func record(_ cited: CitedRecord, _ tables: SnapshotTables, apiID: String? = nil) {
    let record = cited.record
    unsigned(cited.source)
    let key = WrittenKey(record.key, apiID: apiID)
    unsigned((tables.strings.numbers[key.text] ?? 0) * 2 + (key.endsInID ? 1 : 0))
    unsigned(tables.strings.numbers[record.url ?? ""] ?? 0)
    unsigned(tables.strings.numbers[record.mark ?? ""] ?? 0)
    optional(record.observed)
    unsigned(record.claims.count)
    for claim in record.claims {
      unsigned(tables.shapes.numbers[ClaimShape(claim)] ?? 0)
      unsigned(tables.cells.numbers[WrittenValue(value: claim.value, asWritten: claim.asWritten)] ?? 0)
    }
    unsigned(record.scores.count)
    for score in record.scores {
      unsigned(tables.scoreShapes.numbers[ScoreShape(score)] ?? 0)
      unsigned(tables.strings.numbers[score.variant] ?? 0)
      unsigned(tables.strings.numbers[score.interval ?? ""] ?? 0)
      decimal(score.value)
      text(score.asWritten)
    }
  }

  mutating func summary(_ summary: ModelSummary) {
    text(summary.id.rawValue)
    text(summary.name)
    optional(summary.family)
    optional(summary.productType)
    var mask = 0
    for (bit, capability) in Capability.allCases.enumerated() where summary.capabilities.contains(capability)
    {
      mask |= 1 << bit
    }
    unsigned(mask)
    unsigned(summary.contextWindow.map { $0.tokens + 1 } ?? 0)
    optional(summary.released)
    unsigned(summary.routes)
    byte(summary.usualCost == nil ? 0 : 1)
    if let cost = summary.usualCost { decimal(cost.dollars) }
  }

  mutating func findings(_ findings: [Finding]) {
    unsigned(findings.count)
    var last = Finding.nothingRepeated
    for finding in findings {
      byte(finding.severity == .note ? 1 : 0)
      text(finding.place)
      // Of one rule there are many.
      for (own, before) in zip(finding.repeated, last) {
        byte(own == before ? 1 : 0)
        if own != before { text(own) }
      }
      last = finding.repeated
    }
  }

  mutating func frame(_ frame: CatalogueFrame) {
    unsigned(frame.sources.count)
    for source in frame.sources {
      for part in [
        source.id.rawValue, source.title, source.version, source.licence, source.homepage ?? "",
        source.digest,
      ] { text(part) }
      text(source.lineage.rawValue)
      text(source.correction)
      date(source.observed)
      unsigned(source.states.count)
      for word in source.states.sorted() { text(word) }
      text(source.proves.rawValue)
    }
    unsigned(frame.rank.count)
    for source in frame.rank { text(source.rawValue) }
    pairs(frame.identity.providers.map { ($0.key, $0.value.rawValue) })
    pairs(frame.identity.providerNames.map { ($0.key.rawValue, $0.value) })
    pairs(frame.identity.labs.map { ($0.key, $0.value.rawValue) })
    pairs(frame.identity.labNames.map { ($0.key.rawValue, $0.value) })
    pairs(frame.identity.families.map { ($0.key, $0.value.rawValue) })
    pairs(
      frame.identity.firstParty.flatMap { lab, providers in providers.map { (lab.rawValue, $0.rawValue) } })
    pairs(frame.identity.habits.map { ($0.key.rawValue, $0.value) })
    pairs(frame.identity.marks.map { ($0.key.rawValue, $0.value.joined(separator: " ")) })
    pairs(frame.identity.owners.map { ($0.key, $0.value.map(\.rawValue).joined(separator: " ")) })
    pairs(frame.identity.gateways.map { ($0.rawValue, "") })
    pairs(frame.identity.clouds.map { ($0.rawValue, "") })
    pairs(frame.identity.plans.map { ($0.rawValue, "") })
    pairs(frame.identity.planMarks.map { ($0.key.rawValue, $0.value.joined(separator: " ")) })
    pairs(frame.identity.unnamed.map { ($0, "") })
    pairs(frame.identity.naming.pairs)
    pairs(frame.identity.toldApart.map { ($0.key, $0.value) })
    let providers = frame.providers.sorted { $0.key < $1.key }
    unsigned(providers.count)
    for (id, note) in providers {
      for part in [id.rawValue, note.id, note.name, note.dialect ?? "", note.documentation ?? ""] {
        text(part)
      }
    }
    unsigned(frame.aliases.all.count)
    var last: AliasNote?
    for alias in frame.aliases.all {
      self.alias(alias, after: last)
      last = alias
    }
    unsigned(frame.licences.notes.count)
    for licence in frame.licences.notes { self.licence(licence) }
    text(frame.licences.source?.id.rawValue ?? "")
    let medians = frame.medians.sorted { $0.key < $1.key }
    unsigned(medians.count)
    for (benchmark, median) in medians {
      text(benchmark.rawValue)
      decimal(median.value)
      unsigned(median.models)
    }
    fees(frame.fees)
  }

  private mutating func pairs(_ pairs: [(String, String)]) {
    unsigned(pairs.count)
    for (key, value) in pairs.sorted(by: { $0 < $1 }) {
      text(key)
      text(value)
    }
  }

  private mutating func alias(_ alias: AliasNote, after last: AliasNote?) {
    text(alias.alias)
    optional(alias.from)
    optional(alias.until)
    optional(alias.seen)
    // One page tells of many aliases.
    for (own, before) in zip(alias.repeated, last?.repeated ?? AliasNote.nothingRepeated) {
      byte(own == before ? 1 : 0)
      if own != before { text(own) }
    }
  }

  private mutating func licence(_ licence: LicenceNote) {
    text(licence.id.rawValue)
    text(licence.title)
    byte(licence.isSPDX ? 1 : 0)
    unsigned(licence.spellings.count)
    for spelling in licence.spellings { text(spelling) }
    text(licence.osiApproved.map { $0 ? "yes" : "no" } ?? "")
    optional(licence.commercialUse?.rawValue)
    optional(licence.openness)
    text(licence.recordKey)
    evidence(licence.evidence)
    byte(licence.osiEvidence == nil ? 0 : 1)
    if let osi = licence.osiEvidence { evidence(osi) }
  }

  private mutating func evidence(_ evidence: LicenceNote.Evidence) {
    optional(evidence.url)
    date(evidence.seen)
    text(evidence.mark)
  }
}

import Facts

/// Gathers the records of all sources under the models and routes they are about.
///
/// Records that describe a route create models; records that only name a model (a repository, a score) join a
/// model that exists. Identity is decided once, here; nothing is matched by prefix.
public struct CatalogueBuilder: Sendable {
  private var contents: CatalogueContents
  private var asOf: CalendarDate
  private var pending: [(source: Int, record: SourceRecord)] = []
  /// Sources whose other names for a model are not believed; for testing the resolver without its teacher.
  private let untaught: Set<SourceID>

  /// - Parameters:
  ///   - frame: policy and tables to build with.
  ///   - asOf: the day at which floating aliases are read.
  ///   - untaught: sources whose alias lists are left out.
  public init(frame: CatalogueFrame, asOf: CalendarDate, untaught: Set<SourceID> = []) {
    contents = CatalogueContents()
    contents.frame = frame
    self.asOf = asOf
    self.untaught = untaught
  }

  /// Adds what a source says. Labs, aliases and licences take effect for every source, whatever the order.
  public mutating func add(
    source: SourceDescription, records: [SourceRecord], providers: [ProviderNote] = [],
    aliases: [AliasNote] = [],
    labs: [LabNote] = [], licences: [LicenceNote] = [], fees: [FeeNote] = [], findings: [Finding] = []
  ) {
    let index = contents.frame.sources.count
    contents.frame.sources.append(source)
    for lab in labs { contents.frame.identity.add(lab: lab) }
    for alias in aliases { contents.frame.aliases.add(alias) }
    if !licences.isEmpty { contents.frame.licences.source = source }
    for licence in licences { contents.frame.licences.add(licence) }
    for fee in fees {
      contents.frame.fees[contents.frame.identity.provider(fee.provider)] = ChannelFee(fee, from: source)
    }
    for note in providers {
      let id = contents.frame.identity.provider(note.id)
      if contents.frame.providers[id] == nil || note.id == id.rawValue { contents.frame.providers[id] = note }
    }
    contents.findings += findings
    pending += records.map { (index, $0) }
  }

  /// Resolves identities and groups the records.
  public func build() -> CatalogueContents {
    var grouping = Grouping(contents: contents, asOf: asOf, untaught: untaught)
    grouping.collectNames(of: pending)
    grouping.placeRoutes(of: pending)
    grouping.placeModelRecords(of: pending)
    return grouping.finished()
  }
}

import Facts

/// Which source ids mean one provider, which namespaces mean one lab, and whose a bare name is. Data, not code:
/// `Data/policy/identity.json` and `Data/curated/labs.yaml`.
public struct IdentityPolicy: Sendable {
  /// Provider by any id or spelling, lower case.
  public var providers: [String: ProviderID] = [:]
  public var providerNames: [ProviderID: String] = [:]
  /// Lab by namespace, lower case.
  public var labs: [String: LabID] = [:]
  public var labNames: [LabID: String] = [:]
  /// The providers that are a lab's own.
  public var firstParty: [LabID: Set<ProviderID>] = [:]
  /// Lab by the first word of a bare model name.
  public var families: [String: LabID] = [:]

  /// The labs whose models are served in a faster mode under a name that ends in -fast.
  public var fastIsMode: Set<LabID> = []
  /// The providers that take any model's name with -fast behind it.
  public var fastProviders: Set<ProviderID> = []

  public init() {}

  public mutating func add(lab note: LabNote) {
    labNames[note.id] = note.name
    for provider in note.firstParty { firstParty[note.id, default: []].insert(self.provider(provider)) }
    // A lab without namespaces is a host that trains too: its name in a path says who serves.
    guard !note.namespaces.isEmpty else { return }
    for namespace in note.namespaces + [note.id.rawValue] { labs[namespace.lowercased()] = note.id }
  }

  public mutating func add(provider id: ProviderID, same: [String], name: String?) {
    for spelling in same + [id.rawValue] { providers[spelling.lowercased()] = id }
    if let name { providerNames[id] = name }
  }

  /// The provider of a source's id or a person's spelling: `together_ai`, `Novita AI`. One that nothing is known
  /// of becomes a provider of its own, lower case with dashes.
  public func provider(_ spelling: String) -> ProviderID {
    let lowered = spelling.lowercased()
    if let known = providers[lowered] { return known }
    let slug = String(lowered.map { $0.isLetter || $0.isNumber || $0 == "." ? $0 : "-" })
    return providers[slug] ?? ProviderID(slug)
  }

  /// The lab of a bare model name, by its first word; nil when the word belongs to none.
  public func lab(ofSlug slug: String) -> LabID? {
    let head = slug.prefix { $0.isLetter }
    if let lab = families[String(head)] { return lab }
    let word = slug.prefix { $0 != "-" }
    return families[String(word)]
  }

  public func isFirstParty(_ provider: ProviderID, of lab: LabID) -> Bool {
    firstParty[lab]?.contains(provider) ?? (provider.rawValue == lab.rawValue)
  }
}

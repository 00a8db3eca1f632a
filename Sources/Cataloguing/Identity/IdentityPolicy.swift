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
  /// The labs that date a snapshot with month and day alone: `gpt-4-0613` is gpt-4.
  public var shortDatesAreSnapshots: Set<LabID> = []
  /// What a provider writes around any model's name; the dash shows the side: `coding-`, `-fast`.
  public var marks: [ProviderID: [String]] = [:]
  /// The providers all of whose routes belong to a subscription.
  public var plans: Set<ProviderID> = []
  /// The marks that say of one route that it belongs to a provider's plan: `coding-`.
  public var planMarks: [ProviderID: [String]] = [:]
  /// Namespaces of models whose maker nobody tells: `stealth`.
  public var unnamed: Set<String> = []
  /// The providers that pass other providers' models on.
  public var gateways: Set<ProviderID> = []
  /// Providers that sell models of several labs under contracts of their own and state when each ends.
  public var clouds: Set<ProviderID> = []
  /// The providers of one firm, by its name.
  public var owners: [String: [ProviderID]] = [:]
  /// How platforms and tools write names.
  public var naming = NamingRules()
  /// Names that different makers give different models, by their letters and digits, with the reason.
  public var toldApart: [String: String] = [:]

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

  /// Whether a route of that id belongs to a plan of its provider; the word that says so.
  func planMark(_ apiID: String, at provider: ProviderID) -> String? {
    if plans.contains(provider) { return provider.rawValue }
    let name = apiID.lowercased().split(separator: "/").last ?? ""
    return planMarks[provider]?.first { mark in
      mark.hasPrefix("-") ? name.hasSuffix(mark) : name.hasPrefix(mark)
    }
  }

  /// Whether the id's namespace says that nobody tells who made the model.
  func isUnnamed(_ apiID: String) -> Bool {
    !unnamed.isEmpty
      && apiID.lowercased().split(separator: "/").dropLast().contains { unnamed.contains(String($0)) }
  }

  /// An id without the provider that some write before it: `snowflake/llama3.1-8b`, `azure_ai/FW-GLM-5.2`.
  /// - Parameter provider: whose id it is; nil takes whichever provider the first part of the path names.
  func withoutProvider(_ id: String, provider: ProviderID?) -> (provider: ProviderID, id: String)? {
    guard let slash = id.firstIndex(of: "/"), slash > id.startIndex else { return nil }
    let head = self.provider(String(id[..<slash]))
    let rest = String(id[id.index(after: slash)...])
    guard !rest.isEmpty, provider.map({ $0 == head }) ?? (providers[id[..<slash].lowercased()] != nil) else {
      return nil
    }
    return (head, rest)
  }

  /// The lab of a bare model name, by its first word; nil when the word belongs to none.
  public func lab(ofSlug slug: String) -> LabID? {
    let head = slug.prefix { $0.isLetter }
    if let lab = families[String(head)] { return lab }
    let word = slug.prefix { $0 != "-" }
    if let lab = families[String(word)] { return lab }
    // Two words: `code-llama-34b`.
    guard let dash = slug.firstIndex(of: "-") else { return nil }
    let second = slug[slug.index(after: dash)...].prefix { $0.isLetter }
    return families[String(word) + "-" + second]
  }

  /// The naming habits of each lab in words, for the snapshot: `fast short-dates`.
  var habits: [LabID: String] {
    var habits: [LabID: String] = [:]
    for lab in fastIsMode.union(shortDatesAreSnapshots) {
      let words = [
        fastIsMode.contains(lab) ? "fast" : nil, shortDatesAreSnapshots.contains(lab) ? "short-dates" : nil,
      ]
      habits[lab] = words.compactMap(\.self).joined(separator: " ")
    }
    return habits
  }

  /// Reads `habits` back; words it does not know are left out.
  mutating func add(habits: String, of lab: LabID) {
    for word in habits.split(separator: " ") {
      switch word {
      case "fast": fastIsMode.insert(lab)
      case "short-dates": shortDatesAreSnapshots.insert(lab)
      default: continue
      }
    }
  }

  public func isFirstParty(_ provider: ProviderID, of lab: LabID) -> Bool {
    firstParty[lab]?.contains(provider)
      ?? (provider.rawValue == lab.rawValue && !naming.hosts.contains(lab))
  }
}

import Facts

/// What an id, as anyone writes it, stands for.
public enum IDResolution: Sendable {
  case resolved(ResolvedID)
  /// Several models go by that name; none is chosen.
  case ambiguous([ModelID])
  /// None does; the nearest names, best first.
  case unknown([ModelID])
}

public struct ResolvedID: Sendable {
  public let model: ModelID
  /// What the id says of the route.
  public let attributes: RouteAttributes
  public let provider: ProviderID?
  /// How the id was found: `exact`, `alias`, `tag`, `dated name`, `name`, `other spelling`, `release`.
  public let rule: String
  /// The alias that led here, with its days and citation.
  public let alias: AliasNote?
}

extension Catalogue {
  /// Finds the model that an id stands for: a canonical id, a short name, or any provider's id.
  ///
  /// In this order: the alias table; the id exactly as a source writes it; its dated name; its undated name; another
  /// spelling of it. Nothing is ever matched by prefix, and an id that could mean two models is an error that names both.
  /// - Parameters:
  ///   - provider: whose id it is, in any spelling; narrows aliases.
  ///   - names: gives every name of this catalogue, where somebody keeps them: an unknown name is then answered quicker.
  public func resolve(
    _ raw: String, provider: String? = nil, asOf: CalendarDate, names: NameSource? = nil
  ) throws(CatalogueError) -> IDResolution {
    if let found = try recognise(raw, provider: provider, asOf: asOf) { return .resolved(found) }
    let wanted = String(raw.unicodeScalars.prefix(200).map(Character.init)).lowercased().trimmed
    guard !wanted.isEmpty else { return .unknown([]) }
    let asked = frame.identity.withoutCaller(wanted)?.id ?? wanted
    let parsed = ParsedID(asked, policy: frame.identity)
    if parsed.isFloating {
      return .unknown(try nearest(to: String(parsed.slug.dropLast(7)), names))
    }
    // A name behind a path that nobody writes is not known to be that name.
    guard isKnownPath(asked) else { return .unknown(try nearest(to: parsed.slug, names)) }
    return try unresolved(parsed, names)
  }

  /// Whether the path before a name is written with words that are known.
  private func isKnownPath(_ id: String) -> Bool {
    frame.identity.isKnownPath(id) { frame.providers[ProviderID($0)] != nil }
  }

  /// The model that an id stands for, as `resolve` finds it, without looking for names near it: nil at once for an id that
  /// leads nowhere, which is what a scan over many files asks.
  public func recognise(_ raw: String, provider: String? = nil, asOf: CalendarDate) throws(CatalogueError)
    -> ResolvedID?
  {
    let wanted = String(raw.unicodeScalars.prefix(200).map(Character.init)).lowercased().trimmed
    guard !wanted.isEmpty else { return nil }
    let provider = provider.map(frame.identity.provider)
    if let (caller, id) = frame.identity.withoutCaller(wanted) {
      // The tool says whose API it calls; the model may be asked for without it.
      for host in [provider ?? caller, provider] {
        if let found = try found(id, provider: host, asOf: asOf) { return found }
      }
    }
    return try found(wanted, provider: provider, asOf: asOf)
  }

  private func found(_ wanted: String, provider: ProviderID?, asOf: CalendarDate) throws(CatalogueError)
    -> ResolvedID?
  {
    let identity = frame.identity
    let parsed = ParsedID(wanted, policy: identity)
    let isKnownPath = isKnownPath(wanted)
    func resolved(_ model: ModelID, _ rule: String, _ alias: AliasNote? = nil) -> ResolvedID {
      ResolvedID(model: model, attributes: parsed.attributes, provider: provider, rule: rule, alias: alias)
    }
    // A canonical id is itself, whatever a provider means by its last word.
    if provider == nil, wanted.contains("/"), let model = try lookup(wanted), model.rawValue == wanted {
      return resolved(model, "exact")
    }
    if provider == nil {
      // A name that every provider which renames it means the same by; else a canonical id is itself.
      for name in isKnownPath ? [wanted, parsed.datedSlug] : [wanted] {
        guard let alias = frame.aliases.shared(name, fixed: true, asOf: asOf),
          let model = try model(ofTarget: alias.model)
        else { continue }
        return resolved(model, "alias", alias)
      }
      if let model = try lookup(wanted), model.rawValue == wanted { return resolved(model, "exact") }
    }
    let bare = identity.withoutProvider(wanted, provider: provider)
    // Who serves, where the path says so and does not name a lab: `groq/llama-3.1-8b-instant`.
    let host = provider ?? bare.flatMap { identity.labs[$0.provider.rawValue] == nil ? $0.provider : nil }
    for name in [wanted, bare?.id] + (isKnownPath ? [parsed.datedSlug, parsed.slug] : []) {
      guard let name, let alias = frame.aliases.find(name, provider: host, policy: identity, asOf: asOf)
      else { continue }
      if let model = try model(ofTarget: alias.model) { return resolved(model, "alias", alias) }
    }
    if parsed.isTagged, isKnownPath, let model = try tuned(parsed) { return resolved(model, "tag") }
    if let model = try listed(wanted, bare: bare, provider: provider) { return resolved(model, "exact") }
    // A floating name whose target no source dates is not guessed.
    if parsed.isFloating {
      if provider == nil, let alias = frame.aliases.shared(parsed.slug, fixed: false, asOf: asOf),
        let model = try model(ofTarget: alias.model)
      {
        return resolved(model, "alias", alias)
      }
      return nil
    }
    guard isKnownPath else { return try ownName(of: parsed, in: wanted).map { resolved($0, "name") } }
    let labs = labs(of: parsed, in: wanted)
    for (key, rule) in keys(of: parsed, labs: labs) {
      if let model = try lookup(key) { return resolved(model, rule) }
    }
    for other in parsed.otherNames(at: provider.map { [$0] } ?? [], policy: identity) {
      guard let model = try lookup(other, labs: other.lab.map { [$0] + labs } ?? labs, asOf: asOf) else {
        continue
      }
      return ResolvedID(
        model: model, attributes: parsed.attributes.filled(from: other.attributes), provider: provider,
        rule: "other spelling", alias: nil)
    }
    if let model = try tuned(parsed) { return resolved(model, "tag") }
    // A short date that nobody lists is the release of the model of that date, and of no other.
    if let (name, release) = parsed.shortRelease,
      let model = try lookup(
        ParsedID(lab: parsed.lab, slug: name, attributes: parsed.attributes), labs: labs, asOf: asOf),
      let released = try self.model(model, asOf: asOf)?.released.value, release.fits(released)
    {
      return resolved(model, "release")
    }
    for name in [wanted, parsed.datedSlug, parsed.slug] where provider == nil {
      guard let alias = frame.aliases.shared(name, fixed: false, asOf: asOf),
        let model = try model(ofTarget: alias.model)
      else { continue }
      return resolved(model, "alias", alias)
    }
    return nil
  }

  /// The tuned model that runtimes mean by a plain name and size: `llama3.2:3b`, `qwen3-4b-2507`. Base models go by other tags.
  private func tuned(_ parsed: ParsedID) throws(CatalogueError) -> ModelID? {
    for prefix in frame.identity.naming.namePrefixes where parsed.slug.hasPrefix(prefix) {
      let rest = String(parsed.slug.dropFirst(prefix.count))
      if let model = try lookup(ParsedID.key(rest)) { return model }
    }
    guard let lab = parsed.lab ?? frame.identity.lab(ofSlug: parsed.slug) else { return nil }
    var names: [String] = []
    for ending in frame.identity.naming.endings(of: parsed.slug) {
      if parsed.isTagged { names.append(parsed.slug + "-" + ending) }
      let tokens = parsed.slug.split(separator: "-")
      if parsed.shortRelease != nil, let release = tokens.last, release.count == 4 {
        names.append((tokens.dropLast() + [Substring(ending), release]).joined(separator: "-"))
      }
    }
    for name in names {
      if let model = try lookup(lab.rawValue + "/" + ParsedID.key(name)) { return model }
    }
    return nil
  }

  /// The model that the owner in a path calls so itself, where the path has words that nobody knows.
  private func ownName(of parsed: ParsedID, in wanted: String) throws(CatalogueError) -> ModelID? {
    guard let owner = ParsedID.owner(in: wanted) else { return nil }
    if let dated = try lookup(owner.rawValue + "/" + parsed.datedKey) { return dated }
    return try lookup(owner.rawValue + "/" + parsed.key)
  }

  private func nearest(to text: String, _ names: NameSource?) throws(CatalogueError) -> [ModelID] {
    if let names { return try names().nearest(to: text) }
    return Suggestions.nearest(to: text, among: try summaries())
  }

  /// The model of an id as its provider lists it, or as any source writes it.
  private func listed(
    _ wanted: String, bare: (provider: ProviderID, id: String)?, provider: ProviderID?
  ) throws(CatalogueError) -> ModelID? {
    if let provider, let model = try lookup(CatalogueContents.servedName(wanted, at: provider)) {
      return model
    }
    if let bare, let model = try lookup(CatalogueContents.servedName(bare.id, at: bare.provider)) {
      return model
    }
    if let model = try lookup(wanted) { return model }
    guard let bare, let model = try lookup(bare.id) else { return nil }
    // A path alone may name any host; it counts where the host trained the model.
    return provider != nil || model.lab.rawValue == bare.provider.rawValue ? model : nil
  }

  /// Whose the model can be: the lab that the namespace names, then the one that its first word belongs to, because a host
  /// that trains too serves other labs' models; else the namespace itself.
  private func labs(of parsed: ParsedID, in wanted: String) -> [LabID] {
    var labs = [parsed.lab, frame.identity.lab(ofSlug: parsed.slug)].compactMap(\.self)
    if parsed.lab == nil, let owner = ParsedID.owner(in: wanted) { labs.append(owner) }
    return labs
  }

  private func keys(of parsed: ParsedID, labs: [LabID]) -> [(key: String, rule: String)] {
    var keys: [(String, String)] = []
    for lab in labs {
      for key in [parsed.datedKey] + parsed.shortDatedKeys {
        keys.append((lab.rawValue + "/" + key, "dated name"))
      }
      keys.append((lab.rawValue + "/" + parsed.key, "name"))
    }
    if parsed.lab == nil || labs.isEmpty {
      keys.append((parsed.datedKey, "dated name"))
      keys.append((parsed.key, "name"))
    }
    return keys
  }

  private func lookup(_ name: ParsedID, labs: [LabID], asOf: CalendarDate) throws(CatalogueError) -> ModelID?
  {
    if let alias = frame.aliases.find(name.slug, provider: nil, policy: frame.identity, asOf: asOf),
      let model = try model(ofTarget: alias.model)
    {
      return model
    }
    for lab in labs {
      if let model = try lookup(lab.rawValue + "/" + name.key) { return model }
    }
    return labs.isEmpty ? try lookup(name.key) : nil
  }

  private func model(ofTarget id: ModelID) throws(CatalogueError) -> ModelID? {
    if let exact = try lookup(id.rawValue) { return exact }
    let parsed = ParsedID(id.rawValue, policy: frame.identity)
    let lab = (parsed.lab ?? id.lab).rawValue
    if let dated = try lookup(lab + "/" + parsed.datedKey) { return dated }
    return try lookup(lab + "/" + parsed.key)
  }

  private func unresolved(_ parsed: ParsedID, _ names: NameSource?) throws(CatalogueError) -> IDResolution {
    var same: [ModelID] = []
    if let names {
      same = try names().models(named: parsed)
    } else {
      for summary in try summaries() where ParsedName(summary.id, frame.identity).isNamed(parsed) {
        same.append(summary.id)
      }
    }
    same.removeAll { parsed.lab != nil && $0.lab != parsed.lab }
    if same.count == 1 {
      return .resolved(
        ResolvedID(model: same[0], attributes: parsed.attributes, provider: nil, rule: "name", alias: nil))
    }
    if same.count > 1 { return .ambiguous(same) }
    return .unknown(try nearest(to: parsed.slug, names))
  }
}

/// Gives the names of a catalogue when they are first needed.
public typealias NameSource = () throws(CatalogueError) -> NameIndex

/// The keys of a canonical id, by which an id that nobody lists may still name it.
struct ParsedName {
  let key: String
  let datedKey: String
  let keyWithoutActive: String

  init(_ id: ModelID, _ policy: IdentityPolicy) {
    let parsed = ParsedID(id.rawValue, policy: policy)
    key = parsed.key
    datedKey = parsed.datedKey
    keyWithoutActive = ParsedID.withoutActive(key)
  }

  func isNamed(_ other: ParsedID) -> Bool {
    key == other.key || datedKey == other.datedKey || keyWithoutActive == other.key
  }
}

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
  /// How the id was found: `exact`, `alias`, `dated name`, `name`.
  public let rule: String
  /// The alias that led here, with its days and citation.
  public let alias: AliasNote?
}

extension Catalogue {
  /// Finds the model that an id stands for: a canonical id, a short name, or any provider's id.
  ///
  /// In this order: the alias table; the id exactly as a source writes it; its dated name; its undated name. Nothing
  /// is ever matched by prefix, and an id that could mean two models is an error that names both.
  /// - Parameter provider: whose id it is, in any spelling; narrows aliases.
  public func resolve(_ raw: String, provider: String? = nil, asOf: CalendarDate) throws(CatalogueError)
    -> IDResolution
  {
    let wanted = String(raw.unicodeScalars.prefix(200).map(Character.init)).lowercased().trimmed
    guard !wanted.isEmpty else { return .unknown([]) }
    let identity = frame.identity
    let provider = provider.map(identity.provider)
    let parsed = ParsedID(wanted, policy: identity)
    func resolved(_ model: ModelID, _ rule: String, _ alias: AliasNote? = nil) -> IDResolution {
      .resolved(
        ResolvedID(model: model, attributes: parsed.attributes, provider: provider, rule: rule, alias: alias))
    }
    // A canonical id is itself, whatever a provider means by its last word.
    if provider == nil, wanted.contains("/"), let model = try lookup(wanted), model.rawValue == wanted {
      return resolved(model, "exact")
    }
    if provider == nil {
      // A name that every provider which renames it means the same by; else a canonical id is itself.
      for name in [wanted, parsed.datedSlug] {
        guard let alias = frame.aliases.shared(name, fixed: true, asOf: asOf),
          let model = try model(ofTarget: alias.model)
        else { continue }
        return resolved(model, "alias", alias)
      }
      if let model = try lookup(wanted), model.rawValue == wanted { return resolved(model, "exact") }
    }
    for name in [wanted, parsed.datedSlug, parsed.slug] {
      guard let alias = frame.aliases.find(name, provider: provider, policy: identity, asOf: asOf) else {
        continue
      }
      if let model = try model(ofTarget: alias.model) { return resolved(model, "alias", alias) }
    }
    if let model = try lookup(wanted) { return resolved(model, "exact") }
    // A floating name whose target no source dates is not guessed.
    if parsed.isFloating {
      if provider == nil, let alias = frame.aliases.shared(parsed.slug, fixed: false, asOf: asOf),
        let model = try model(ofTarget: alias.model)
      {
        return resolved(model, "alias", alias)
      }
      return .unknown(Suggestions.nearest(to: String(parsed.slug.dropLast(7)), among: try summaries()))
    }
    var keys: [(String, String)] = []
    let labs = [parsed.lab ?? identity.lab(ofSlug: parsed.slug)].compactMap(\.self)
    for lab in labs {
      keys.append((lab.rawValue + "/" + parsed.datedKey, "dated name"))
      if let short = parsed.shortDatedKey { keys.append((lab.rawValue + "/" + short, "dated name")) }
      keys.append((lab.rawValue + "/" + parsed.key, "name"))
    }
    if parsed.lab == nil || labs.isEmpty {
      keys.append((parsed.datedKey, "dated name"))
      keys.append((parsed.key, "name"))
    }
    for (key, rule) in keys {
      if let model = try lookup(key) { return resolved(model, rule) }
    }
    if let name = parsed.withoutFast(provider: provider, policy: identity),
      let model = try lookup(named: name, labs: labs)
    {
      return resolved(model, "name")
    }
    // A short date that nobody lists is the release of the model of that date, and of no other.
    if let (name, release) = parsed.shortRelease, let model = try lookup(named: name, labs: labs),
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
    return try unresolved(parsed, wanted: wanted)
  }

  private func lookup(named name: String, labs: [LabID]) throws(CatalogueError) -> ModelID? {
    let key = ParsedID.key(name)
    for lab in labs {
      if let model = try lookup(lab.rawValue + "/" + key) { return model }
    }
    return labs.isEmpty ? try lookup(key) : nil
  }

  private func model(ofTarget id: ModelID) throws(CatalogueError) -> ModelID? {
    if let exact = try lookup(id.rawValue) { return exact }
    let parsed = ParsedID(id.rawValue, policy: frame.identity)
    let lab = (parsed.lab ?? id.lab).rawValue
    if let dated = try lookup(lab + "/" + parsed.datedKey) { return dated }
    return try lookup(lab + "/" + parsed.key)
  }

  private func unresolved(_ parsed: ParsedID, wanted: String) throws(CatalogueError) -> IDResolution {
    var same: [ModelID] = []
    let all = try summaries()
    for summary in all {
      let other = ParsedID(summary.id.rawValue, policy: frame.identity)
      if other.key == parsed.key || other.datedKey == parsed.datedKey,
        parsed.lab == nil || summary.id.lab == parsed.lab
      {
        same.append(summary.id)
      }
    }
    if same.count == 1, parsed.lab == nil {
      return .resolved(
        ResolvedID(model: same[0], attributes: parsed.attributes, provider: nil, rule: "name", alias: nil))
    }
    if same.count > 1 { return .ambiguous(same) }
    return .unknown(Suggestions.nearest(to: parsed.slug, among: all))
  }
}

extension String {
  var trimmed: String {
    var result = Substring(self)
    while let first = result.first, first.isWhitespace { result.removeFirst() }
    while let last = result.last, last.isWhitespace { result.removeLast() }
    return String(result)
  }
}

import Facts

/// Groups that turn out to be one model under two spellings.
extension Grouping {
  /// Joins a name to the model whose name it spells otherwise: `gpt-52` to gpt-5.2, Azure's `fw-glm-5.2` to glm-5.2. A
  /// name that nobody else goes by stays, and so does one that the curated layer keeps apart.
  mutating func mergeOtherNames() {
    let keptApart = Set(frame.aliases.all.map(\.model.slug))
    for (key, group) in groups.sorted(by: { $0.key < $1.key }) where group.canonical == nil {
      let slug = spelling(of: group)
      guard !keptApart.contains(slug) else { continue }
      let parsed = ParsedID(lab: group.lab, slug: slug, attributes: RouteAttributes())
      let providers = Set(group.routes.values.map(\.provider))
      for other in parsed.otherNames(at: providers, policy: frame.identity) {
        guard let target = knownKey(of: other, in: group.lab), target != key else { continue }
        merge(key, into: target, attributes: other.attributes)
        break
      }
    }
    mergeSizes()
  }

  /// The group that a name leads to, through an alias if there is one.
  func knownKey(of name: ParsedID, in lab: LabID) -> String? {
    if let alias = normalisedAlias(of: name, provider: nil) {
      let target = ParsedID(alias.model.rawValue, policy: frame.identity)
      return known((target.lab ?? alias.model.lab).rawValue + "/" + chosenKey(target))
    }
    let labs = [name.lab ?? lab, frame.identity.lab(ofSlug: name.slug) ?? lab]
    return labs.lazy.compactMap { known($0.rawValue + "/" + name.key) }.first
  }

  private func known(_ key: String) -> String? { groups[key] == nil ? nil : key }

  /// `qwen3.6-35b` is `qwen3.6-35b-a3b`: no lab trains two models of one version and one total size. Where several names
  /// differ from it only in their active parameters, it stays.
  private mutating func mergeSizes() {
    var bySize: [String: Set<String>] = [:]
    for key in groups.keys {
      let short = ParsedID.withoutActive(key)
      if short != key { bySize[short, default: []].insert(key) }
    }
    for (short, keys) in bySize.sorted(by: { $0.key < $1.key }) {
      guard keys.count == 1, let target = keys.first, let group = groups[short], group.canonical == nil else {
        continue
      }
      merge(short, into: target)
    }
  }

  mutating func merge(_ key: String, into target: String, attributes: RouteAttributes? = nil) {
    guard let group = groups[key], groups[target] != nil else { return }
    let routes = group.routes.mapValues { route in
      RouteContents(
        provider: route.provider, apiID: route.apiID,
        attributes: attributes.map(route.attributes.filled) ?? route.attributes, records: route.records)
    }
    groups[target]?.records += group.records
    groups[target]?.routes.merge(routes) { one, other in
      var both = one
      both.records += other.records
      return both
    }
    groups[target]?.names.formUnion(group.names)
    if group.lab == groups[target]?.lab, group.namesLab { groups[target]?.namesLab = true }
    if groups[target]?.canonical == nil { groups[target]?.canonical = group.canonical }
    groups[key] = nil
  }
}

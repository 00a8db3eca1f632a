import Facts

/// What tells that two ids are one model: the same letters and digits, whoever writes them.
enum SameModel {
  /// The letters and digits of a name, without a `v` before a version: `llama-v3.3-70b` and `llama3.3-70b` share it. What
  /// stands between two digits stays a point: `llama-3.1-8b` is not `llama-3-18b`.
  static func skeleton(_ slug: String) -> String {
    func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) || byte >= 0x80 }
    var result: [UInt8] = []
    var isApart = false
    let bytes = Array(slug.lowercased().utf8)
    for (index, byte) in bytes.enumerated() {
      guard isDigit(byte) || isLetter(byte) else {
        isApart = true
        continue
      }
      if byte == UInt8(ascii: "v"), isApart, index + 1 < bytes.count, isDigit(bytes[index + 1]) { continue }
      if isApart, isDigit(byte), let last = result.last, isDigit(last) { result.append(UInt8(ascii: ".")) }
      result.append(byte)
      isApart = false
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// A name that any host may give something of its own: `auto`, `fast`.
  static func isGeneric(_ slug: String) -> Bool {
    !slug.contains("-") && !slug.contains { $0.isNumber }
  }

  /// The owner without what people add to their names: `ricursive-ai` and `ricursiveai` are one.
  static func plainOwner(_ lab: LabID) -> String {
    var text = lab.rawValue.lowercased().filter { $0.isLetter || $0.isNumber }
    for tail in ["org", "ai", "hf", "labs"] where text.hasSuffix(tail) && text.count > tail.count + 3 {
      text.removeLast(tail.count)
    }
    return text
  }

  /// Whether a lab id is only where the model was seen: a host, or a provider that no list calls a lab.
  static func isHost(_ lab: LabID, in frame: CatalogueFrame) -> Bool {
    if frame.identity.naming.hosts.contains(lab) { return true }
    return frame.identity.labNames[lab] == nil && frame.isProvider(lab)
  }
}

extension CatalogueFrame {
  func isProvider(_ lab: LabID) -> Bool {
    let id = ProviderID(lab.rawValue)
    return providers[id] != nil || identity.providerNames[id] != nil
      || identity.providers[lab.rawValue] != nil
  }
}

extension Grouping {
  /// Joins a group whose own name the curated layer gives to another model: an alias holds however the id was written.
  mutating func mergeAliased() {
    for (key, group) in groups.sorted(by: { $0.key < $1.key }) where group.canonical == nil {
      let parsed = ParsedID(lab: group.lab, slug: spelling(of: group), attributes: RouteAttributes())
      guard
        let alias = frame.aliases.find(parsed.slug, provider: nil, policy: frame.identity, asOf: asOf),
        alias.kind != .floating
      else { continue }
      let target = ParsedID(alias.model.rawValue, policy: frame.identity)
      let wanted = (target.lab ?? alias.model.lab).rawValue + "/" + chosenKey(target)
      if wanted != key, groups[wanted] != nil { merge(key, into: wanted) }
    }
  }

  /// Joins the groups of one lab whose names differ in punctuation or a `v` alone: `llama-v3.3-70b` is `llama-3.3-70b`.
  mutating func mergeSpellings() {
    var bySkeleton: [String: [String]] = [:]
    for (key, group) in groups {
      bySkeleton[group.lab.rawValue + "/" + SameModel.skeleton(spelling(of: group)), default: []].append(key)
    }
    for (_, keys) in bySkeleton.sorted(by: { $0.key < $1.key }) where keys.count > 1 {
      let sizes = keys.sorted().compactMap { key in groups[key].map { (key: key, routes: $0.routes.count) } }
      let best = sizes.max { ($0.routes, -$0.key.count) < ($1.routes, -$1.key.count) }
      join(keys.sorted(), into: best?.key)
    }
  }

  /// Moves the routes of runtimes to the tuned model that they serve under a plain name and size: Ollama's `llama2:13b` is the
  /// chat model.
  mutating func moveRuntimeTags() {
    let runtimes: Set<ProviderID> = ["ollama", "lmstudio"]
    for (key, group) in groups.sorted(by: { $0.key < $1.key }) where group.canonical == nil {
      for (routeKey, route) in group.routes.sorted(by: { $0.key < $1.key })
      where runtimes.contains(route.provider) {
        let parsed = ParsedID(route.apiID, policy: frame.identity)
        guard parsed.isTagged else { continue }
        let targets = frame.identity.naming.endings(of: parsed.slug).map {
          group.lab.rawValue + "/" + ParsedID.key(parsed.slug + "-" + $0)
        }
        guard let target = targets.first(where: { groups[$0] != nil && $0 != key }) else { continue }
        groups[target]?.routes[routeKey] = route
        groups[target]?.names.insert(route.apiID.lowercased())
        groups[key]?.routes[routeKey] = nil
        groups[key]?.names.remove(route.apiID.lowercased())
      }
      if !group.routes.isEmpty, groups[key]?.routes.isEmpty == true, group.records.isEmpty {
        groups[key] = nil
      }
    }
  }

  /// Joins the groups that go by one name under several labs where only one of these can have made the model: the others
  /// are hosts, other spellings of the owner, or a guess from the first word of the name.
  mutating func mergeLabs() {
    var byName: [String: [String]] = [:]
    for (key, group) in groups {
      let slug = spelling(of: group)
      guard !SameModel.isGeneric(slug), frame.identity.toldApart[SameModel.skeleton(slug)] == nil else {
        continue
      }
      byName[SameModel.skeleton(slug), default: []].append(key)
    }
    for (_, keys) in byName.sorted(by: { $0.key < $1.key }) where keys.count > 1 {
      if let same = sameMaker(keys.sorted()) { join(same, into: same.first) }
    }
  }

  /// Whether a group's lab is only where the model was seen: a host, or the firm whose provider lists it without an owner.
  private func isHosted(_ key: String) -> Bool {
    guard let group = groups[key] else { return true }
    let isGuess = !group.namesLab && frame.identity.lab(ofSlug: spelling(of: group)) != group.lab
    return SameModel.isHost(group.lab, in: frame) || isGuess && !group.routes.isEmpty
  }

  /// The groups among some of one name that are one model, its maker's first; nil where several may have made it.
  private func sameMaker(_ keys: [String]) -> [String]? {
    let hosted = keys.filter(isHosted)
    let owned = keys.filter { !hosted.contains($0) }
    let named = owned.filter { groups[$0].flatMap { frame.identity.labNames[$0.lab] } != nil }
    let stated = named.filter { groups[$0]?.namesLab == true }
    if stated.count == 1 { return stated + named.filter { !stated.contains($0) } + hosted }
    if named.count == 1 { return named + hosted }
    guard named.isEmpty else { return nil }
    let most = owned.max { (groups[$0]?.routes.count ?? 0) < (groups[$1]?.routes.count ?? 0) }
    if let first = most {
      guard Set(owned.compactMap { groups[$0].map { SameModel.plainOwner($0.lab) } }).count == 1 else {
        return nil
      }
      return [first] + owned.filter { $0 != first } + hosted
    }
    let firms = hosted.filter {
      groups[$0].map { frame.identity.labNames[$0.lab] != nil && !SameModel.isHost($0.lab, in: frame) }
        ?? false
    }
    if let first = firms.first, firms.count == 1 { return [first] + hosted.filter { $0 != first } }
    // A provider whose own name begins the model's has made it: `agnes/agnes-2.5-flash`.
    let makers = hosted.filter { key in
      guard let group = groups[key] else { return false }
      return SameModel.skeleton(spelling(of: group)).hasPrefix(SameModel.plainOwner(group.lab))
    }
    let shortest = makers.min { $0.count < $1.count }
    if let shortest, let lab = groups[shortest]?.lab,
      makers.allSatisfy({ groups[$0]?.lab.rawValue.hasPrefix(lab.rawValue) ?? false })
    {
      return [shortest] + hosted.filter { $0 != shortest }
    }
    // Two providers of one firm: `opencode` and `opencode-go`.
    if let first = hosted.min(by: { $0.count < $1.count }), let lab = groups[first]?.lab,
      hosted.allSatisfy({ groups[$0]?.lab.rawValue.hasPrefix(lab.rawValue) ?? false })
    {
      return [first] + hosted.filter { $0 != first }
    }
    return nil
  }

  /// Merges groups into the one that the curated layer names, else into the best; two that it names stay apart.
  private mutating func join(_ keys: [String], into best: String?) {
    let curated = keys.filter { groups[$0]?.canonical != nil }
    guard curated.count <= 1, let target = curated.first ?? best else { return }
    for key in keys where key != target { merge(key, into: target) }
  }
}

extension Lints {
  /// Pairs of ids that are one model by their names: the same letters and digits at one lab, or under a lab and a host.
  /// - Parameter models: every model of the catalogue.
  static func sameModelTwice(_ models: [ModelSummary], _ frame: CatalogueFrame) -> [Finding] {
    var bySkeleton: [String: [ModelSummary]] = [:]
    for model in models {
      let skeleton = SameModel.skeleton(model.id.slug)
      guard frame.identity.toldApart[skeleton] == nil else { continue }
      bySkeleton[skeleton, default: []].append(model)
    }
    return bySkeleton.values.filter { $0.count > 1 }.flatMap { same -> [Finding] in
      let sorted = same.sorted { ($1.routes, $0.id) < ($0.routes, $1.id) }
      guard let first = sorted.first else { return [] }
      return sorted.dropFirst().compactMap { other in
        if other.id.lab != first.id.lab, SameModel.isGeneric(other.id.slug) { return nil }
        return Finding(
          rule: "same-model-twice", place: other.id.rawValue,
          message: "has the name of \(first.id), which has \(first.routes) routes")
      }
    }.sorted { $0.place < $1.place }
  }
}

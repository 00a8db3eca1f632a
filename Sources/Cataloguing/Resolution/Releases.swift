import Facts

/// Releases of a model below its page: `openai/gpt-4o@2024-05-13` is a view of `openai/gpt-4o`, of the records about that
/// release alone.
extension ModelID {
  /// The release of a model, as `openai/gpt-4o@2024-05-13`.
  public init(_ model: ModelID, release: String) { self.init(model.rawValue + "@" + release) }

  /// The release that the id names behind an at sign; nil where it names the model whole.
  public var release: String? {
    guard let at = rawValue.lastIndex(of: "@"), at > rawValue.startIndex else { return nil }
    let text = String(rawValue[rawValue.index(after: at)...])
    return text.isEmpty ? nil : text
  }

  /// The id without its release: the page that lists the model's releases.
  public var whole: ModelID {
    guard let release else { return self }
    return ModelID(String(rawValue.dropLast(release.count + 1)))
  }
}

extension ModelContents {
  /// The releases that ids of routes tell, oldest first by their text. A route without one serves whichever release its
  /// provider chooses.
  public var releases: [String] { Set(routes.compactMap(\.attributes.release)).sorted() }

  /// What the sources say of one release: its routes, the records whose own key names it, and of the other records what all
  /// releases of a model share. nil where no route serves it.
  func limited(to release: String, policy: IdentityPolicy) -> ModelContents? {
    let routes = self.routes.filter { $0.attributes.release == release }
    guard !routes.isEmpty else { return nil }
    let records = self.records.compactMap { cited -> CitedRecord? in
      let named = ParsedID(cited.record.key, policy: policy).attributes.release
      if let named { return named == release ? cited : nil }
      var record = cited.record
      record.claims.removeAll { !Self.shared.contains($0.field) }
      record.scores = []
      return record.claims.isEmpty ? nil : CitedRecord(source: cited.source, record: record)
    }
    return ModelContents(id: ModelID(id, release: release), records: records, routes: routes)
  }

  /// What a lab says of a model and not of one of its releases.
  private static let shared: Set<Field> = [
    .name, .lab, .family, .productType, .parameters, .activeParameters, .architecture, .license, .osiApproved,
    .openness, .commercialUse,
  ]
}

extension Catalogue {
  /// The page that an id stands for: the model, or its release where the id names one of several.
  ///
  /// `gpt-4o-2024-05-13` and `gpt-4o@2024-05-13` are the release `openai/gpt-4o@2024-05-13`, the model of the result. A model
  /// that is served in one release is its own page. A release or effort behind an at sign that no source knows is unknown,
  /// with the releases that there are.
  public func resolvePage(
    _ raw: String, provider: String? = nil, asOf: CalendarDate, names: NameSource? = nil
  ) throws(CatalogueError) -> IDResolution {
    let resolution = try resolve(raw, provider: provider, asOf: asOf, names: names)
    guard case .resolved(let found) = resolution, let contents = try contents(of: found.model) else {
      return resolution
    }
    let releases = contents.releases
    let mark = ParsedID.variantMark(raw)
    if let wanted = found.attributes.release, let release = Self.release(wanted, among: releases) {
      guard releases.count > 1 else { return resolution }
      return .resolved(found.page(ModelID(found.model, release: release)))
    }
    guard let mark, found.rule != "exact", found.rule != "alias" else { return resolution }
    if let release = Self.release(mark, among: releases) {
      return releases.count > 1
        ? .resolved(found.page(ModelID(found.model, release: release))) : resolution
    }
    let efforts = try effortLevels(of: found.model, asOf: asOf)
    if ParsedID.isEffort(mark), efforts.isEmpty || efforts.contains(mark) { return resolution }
    // Of a model whose ids tell no release nobody can say that it is none.
    if releases.isEmpty, mark.contains(where: \.isNumber) { return resolution }
    // A region or a hosting mark says where, and no release.
    if found.attributes.region == mark { return resolution }
    let known =
      releases.map { ModelID(found.model, release: $0) } + efforts.map { ModelID(found.model, release: $0) }
    return .unknown(known.isEmpty ? [found.model] : known)
  }

  /// The release with the digits of a text: `20240513` and `2024-05-13` are one.
  private static func release(_ wanted: String, among releases: [String]) -> String? {
    let digits = wanted.filter(\.isNumber)
    guard !digits.isEmpty, wanted.allSatisfy({ $0.isNumber || $0 == "-" }) else { return nil }
    return releases.first { $0.filter(\.isNumber) == digits }
  }

  /// The efforts that a request to one of the model's routes may name; none where no source says.
  private func effortLevels(of id: ModelID, asOf: CalendarDate) throws(CatalogueError) -> [String] {
    guard let model = try model(id, asOf: asOf) else { return [] }
    var levels: [String] = []
    for route in model.routes {
      for level in (route[.effortLevels].value?.text ?? "").split(separator: ",") {
        let word = level.filter { $0 != " " }
        if !levels.contains(word) { levels.append(word) }
      }
    }
    return levels
  }
}

extension ResolvedID {
  /// The same with the page of a release in place of the model.
  fileprivate func page(_ id: ModelID) -> ResolvedID {
    ResolvedID(model: id, attributes: attributes, provider: provider, rule: rule, alias: alias)
  }
}

extension ParsedID {
  private static let effortWords: Set<String> = ["none", "minimal", "low", "medium", "high", "xhigh", "max"]

  static func isEffort(_ word: String) -> Bool { effortWords.contains(word) }

  /// What stands behind the last at sign of an id; nil where that is part of a path or says nothing.
  static func variantMark(_ raw: String) -> String? {
    let text = raw.lowercased().trimmed
    guard let at = text.lastIndex(of: "@"), at > text.startIndex else { return nil }
    let mark = String(text[text.index(after: at)...])
    return mark.isEmpty || mark.contains("/") || mark == "default" || mark == "latest" ? nil : mark
  }
}

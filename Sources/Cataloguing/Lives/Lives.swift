import Facts

/// The ends of a model and of its routes, each from what is stated of it and what bounds it.
///
/// An end that is stated of an id at its provider is that route's. The lab's end bounds its own routes that state none: it is what
/// the lab or a citation says of the model, else the last of the ends of its routes where all that are still listed state one. A
/// closed model ends with its lab's last route unless a cloud states a later day; an undated listing outlives nothing. Open weights
/// do not end: their lab's routes do. A day that no page stands behind, is past, and is before the lab's own last day decides
/// nothing: whether that route is still served is unknown.
struct Lives {
  /// One route with what is claimed of its end.
  struct Entry {
    let contents: RouteContents
    let isFirstParty: Bool
    let isListed: Bool
    /// Sells models of several labs under contracts of its own, and states their ends.
    let isCloud: Bool
    let retirement: [Witness]
    let successor: [Witness]
    /// Every id of its lab is a preview's: the preview is the model.
    var isOfPreview = false

    /// What is released under the id is not what other ids call the model.
    var isPreview: Bool { namesPreview && !isOfPreview }
    var namesPreview: Bool {
      let id = contents.apiID.lowercased()
      return id.contains("preview") || id.contains("-exp")
    }
    /// One id for one release after another.
    var isMoving: Bool {
      contents.attributes.isFloating || contents.apiID.lowercased().hasSuffix("latest")
    }
    /// Whether the id is the model's own name and `latest`: it moves from release to release of this model and leads to no other.
    func isPointer(within model: ModelID) -> Bool {
      let name = contents.apiID.lowercased().split(separator: "/").last ?? ""
      guard name.hasSuffix("latest") else { return false }
      return Self.letters(name.dropLast("latest".count)) == Self.letters(model.slug.lowercased()[...])
    }

    /// Whether an id begins as this pointer does: `ministral-3b-2512` for `ministral-3b-latest`, which moves on to it.
    func mayLead(to successor: String) -> Bool {
      let name = contents.apiID.lowercased().split(separator: "/").last ?? ""
      let next = successor.lowercased().split(separator: "/").last ?? ""
      return Self.letters(next).starts(with: Self.letters(name.dropLast("latest".count)))
    }

    private static func letters(_ text: Substring) -> [Character] {
      text.filter { $0.isLetter || $0.isNumber }
    }
    /// One id for whichever release is current.
    var isAlias: Bool { contents.attributes.release == nil && !isPreview }
  }

  struct End {
    let day: Knowledge<CalendarDate>
    let scope: Life.Scope?
    let successor: Knowledge<String>
    /// The day is past, and who says it is outdone: it does not say that the route has ended.
    var isDoubted = false

    static let unknown = End(day: .unknown, scope: nil, successor: .unknown)
  }

  private let id: ModelID
  private let asOf: CalendarDate
  private let entries: [Entry]
  private let own: [End]
  /// Ends that the lab's own routes share, by provider.
  private let byProvider: [ProviderID: End]
  /// The day on which the lab stops serving the model.
  let lab: End
  /// The end of a closed model; unknown for open weights.
  let model: End

  init(_ entries: [Entry], of id: ModelID, claimed: [Witness], isOpen: Bool, asOf: CalendarDate) {
    self.id = id
    self.asOf = asOf
    var entries = entries
    let named = entries.filter {
      $0.isFirstParty && !$0.isMoving && ($0.isListed || !$0.retirement.isEmpty)
    }
    if !named.isEmpty, named.allSatisfy(\.namesPreview) {
      for index in entries.indices { entries[index].isOfPreview = true }
    }
    self.entries = entries
    let own = entries.map(Self.stated)
    self.own = own
    var byProvider: [ProviderID: End] = [:]
    let firstParty = entries.indices.filter { entries[$0].isFirstParty }
    for provider in Set(firstParty.map { entries[$0].contents.provider }) {
      byProvider[provider] = Self.shared(
        firstParty.filter { entries[$0].contents.provider == provider }, entries, own)
    }
    let claim = claimed.isEmpty ? nil : Resolution(field: .retirement, witnesses: claimed).knowledge().date
    let lab: End
    if let claim, !claim.isUnknown {
      lab = End(day: claim, scope: .lab, successor: .unknown)
    } else {
      let serving = Set(
        firstParty.filter { entries[$0].isListed || own[$0].day.value != nil }.map {
          entries[$0].contents.provider
        })
      // In a fixed order: of equal days the first one is quoted.
      let ends = serving.sorted().compactMap { byProvider[$0] }
      lab = ends.count == serving.count ? Self.last(ends, scope: .lab) ?? .unknown : .unknown
    }
    self.lab = lab
    self.byProvider = byProvider
    guard !isOpen, lab.day.value != nil else {
      model = .unknown
      return
    }
    let clouds = entries.indices.filter { entries[$0].isCloud && !entries[$0].isFirstParty }.map { own[$0] }
    model = Self.last([lab] + clouds, scope: .model) ?? .unknown
  }

  private static func stated(_ entry: Entry) -> End {
    guard !entry.retirement.isEmpty else { return .unknown }
    let day = Resolution(field: .retirement, witnesses: entry.retirement).knowledge().date
    return day.isUnknown ? .unknown : End(day: day, scope: .route, successor: successor(entry))
  }

  private static func successor(_ entry: Entry) -> Knowledge<String> {
    entry.successor.isEmpty
      ? .unknown : Resolution(field: .successor, witnesses: entry.successor).knowledge().text
  }

  /// The end of ids that state none: of the releases of the model at one provider the last, where every release that is still
  /// listed states one.
  private static func shared(_ places: [Int], _ entries: [Entry], _ own: [End]) -> End? {
    let releases = places.filter { !entries[$0].isPreview && own[$0].day.value != nil }
    let isOpenEnded = places.contains {
      own[$0].day.value == nil && entries[$0].isListed && !entries[$0].isAlias && !entries[$0].isPreview
    }
    guard !isOpenEnded else { return nil }
    return last(releases.map { own[$0] }, scope: .lab)
  }

  private static func last(_ ends: [End], scope: Life.Scope) -> End? {
    var last: (day: CalendarDate, evidence: Evidence, end: End)?
    for end in ends {
      guard case .known(let day, let evidence) = end.day else { continue }
      if let known = last, known.day >= day { continue }
      last = (day, evidence, end)
    }
    return last.map { day, evidence, end in
      let derived = Evidence(agreeing: evidence.agreeing, dissenting: evidence.dissenting, rule: .derived)
      return End(day: .known(day, derived), scope: scope, successor: end.successor)
    }
  }

  /// What the lab says of the very id at its own API, which its cloud does not outlive undated.
  private func sameID(at index: Int) -> End? {
    let id = entries[index].contents.apiID.lowercased()
    return Self.last(
      entries.indices.filter {
        $0 != index && entries[$0].isFirstParty && !entries[$0].isCloud
          && entries[$0].contents.apiID.lowercased() == id
      }.map { own[$0] }, scope: .lab)
  }

  /// Whether the route's own day is one that no page stands behind, and the lab states a later one: often it is the day before
  /// which nothing was to end.
  private func isOutlived(at index: Int) -> Bool {
    guard let day = own[index].day.value, let last = lab.day.value, day < last else { return false }
    return entries[index].retirement.allSatisfy { $0.claim.url == nil && $0.role != .reader }
      && (entries[index].isFirstParty || entries[index].isCloud && model.day.value != nil)
  }

  /// Whether an id that leads to one release after another may outlive the model.
  private func movesOn(_ entry: Entry) -> Bool {
    !entry.isPointer(within: id)
      || own.contains { $0.successor.value.map(entry.mayLead) ?? false }
  }

  /// The end of a route.
  func end(at index: Int) -> End {
    let entry = entries[index]
    let own = own[index]
    if isOutlived(at: index) {
      if entry.isFirstParty { return lab }
      guard let day = own.day.value, day.lastDayNumber < asOf.firstDayNumber else { return model }
      return End(day: own.day, scope: .route, successor: own.successor, isDoubted: true)
    }
    // An id that leads to one model after another ends only where that is said of it.
    if !own.day.isUnknown || entry.isMoving && movesOn(entry) { return own }
    if entry.isFirstParty {
      if let same = sameID(at: index) { return same }
      return entry.isAlias ? byProvider[entry.contents.provider] ?? lab : lab
    }
    return model
  }
}

import Facts

/// Where the id leads that a source names as the one to move to: what it stands for, and where that has ended too, on from there.
public struct Succession: Hashable, Sendable {
  /// An id that is named, and what it stands for.
  public struct Step: Hashable, Sendable {
    /// As the source writes it.
    public let name: String
    public let model: ModelID
    /// The last day of it, where one is stated.
    public let end: CalendarDate?
    public let hasEnded: Bool
  }

  public enum Outcome: Hashable, Sendable {
    /// The last step has not ended.
    case served
    /// The id is the one that it follows.
    case itself
    /// A name that the catalogue does not know follows the last step.
    case unknown(String)
    /// It comes back to an id of the chain.
    case circle(String)
    /// The last step has ended, and no source names what follows it.
    case open
  }

  /// The id that a source names first.
  public let stated: String
  public let steps: [Step]
  public let outcome: Outcome

  /// The model to move to: the first of the chain that has not ended.
  public var living: ModelID? { outcome == .served ? steps.last?.model : nil }

  /// What is to be said behind the name of the successor: `, which ended on 2026-09-28; after it gpt-5-mini`. Empty for one that
  /// is served under a name that is its model's.
  /// - Parameter show: makes a name harmless where it is shown.
  public func remark(_ show: (String) -> String) -> String {
    var text = ""
    for (index, step) in steps.enumerated() {
      if index > 0 { text += "; after it \(show(step.name))" }
      if step.name.lowercased() != step.model.slug, step.name.lowercased() != step.model.rawValue {
        text += " (\(show(step.model.rawValue)))"
      }
      if let end = step.end { text += ", which \(step.hasEnded ? "ended" : "ends") on \(end.text)" }
    }
    switch outcome {
    case .served: return text
    case .itself: return text + ", which is the id itself"
    case .unknown(let name):
      return text + (steps.isEmpty ? "" : "; after it \(show(name))") + ", which the catalogue does not know"
    case .circle(let name): return text + "; after it \(show(name)), which leads back"
    case .open: return text + ", and no source names what follows it"
    }
  }
}

extension Catalogue {
  /// The longest chain that is followed; tables of retirements name at most four after each other.
  private static let longestSuccession = 8

  /// Follows the successor that a source names of a route to what is still served.
  /// - Returns: nil where none is named.
  public func succession(of route: Route) throws(CatalogueError) -> Succession? {
    guard let stated = route.life.successor.value else { return nil }
    return try succession(
      named: stated, at: route.provider, after: Self.key(route.model, route.attributes.release, route.apiID),
      asOf: route.asOf)
  }

  /// The same of a model whole: the successor that is named where it ended last.
  public func succession(of model: Model) throws(CatalogueError) -> Succession? {
    guard let stated = model.life.successor.value else { return nil }
    let naming = model.routes.filter { $0.life.successor.value == stated }
    let route = naming.first(where: \.isFirstParty) ?? naming.first
    return try succession(
      named: stated, at: route?.provider, after: Self.key(model.id, nil, model.id.slug), asOf: model.asOf)
  }

  /// The same of a successor that a source names of a route, whether it is the one believed or not.
  func succession(named stated: String, after route: RouteContents, of model: ModelID, asOf: CalendarDate)
    throws(CatalogueError) -> Succession
  {
    try succession(
      named: stated, at: route.provider, after: Self.key(model, route.attributes.release, route.apiID),
      asOf: asOf)
  }

  /// - Parameters:
  ///   - provider: whose table names the successor: an id of its own comes before anybody else's.
  ///   - first: the key of what is followed.
  private func succession(
    named stated: String, at provider: ProviderID?, after first: String, asOf: CalendarDate
  ) throws(CatalogueError) -> Succession {
    var seen: Set<String> = [first]
    var steps: [Succession.Step] = []
    func result(_ outcome: Succession.Outcome) -> Succession {
      Succession(stated: stated, steps: steps, outcome: outcome)
    }
    var name = stated
    while steps.count < Self.longestSuccession {
      guard let found = try recognise(named: name, at: provider, asOf: asOf),
        let model = try model(found.model, asOf: asOf)
      else { return result(.unknown(name)) }
      let route = route(called: name, of: model, at: provider)
      let key = Self.key(model.id, route?.attributes.release ?? found.attributes.release, name)
      guard seen.insert(key).inserted else { return result(steps.isEmpty ? .itself : .circle(name)) }
      // What a platform's table alone knows is judged by its model.
      let life = route.map { $0.life.end.value == nil && !$0.isListed ? model.life : $0.life } ?? model.life
      steps.append(
        Succession.Step(name: name, model: model.id, end: life.notableEnd, hasEnded: life.hasEnded))
      guard life.hasEnded else { return result(.served) }
      guard let next = life.successor.value ?? model.life.successor.value else { return result(.open) }
      name = next
    }
    return result(.open)
  }

  private func recognise(named name: String, at provider: ProviderID?, asOf: CalendarDate)
    throws(CatalogueError) -> ResolvedID?
  {
    if let provider, let own = try recognise(name, provider: provider.rawValue, asOf: asOf) { return own }
    return try recognise(name, asOf: asOf)
  }

  /// The route of an id: the provider's own, else the lab's.
  private func route(called name: String, of model: Model, at provider: ProviderID?) -> Route? {
    for id in frame.called(name, at: provider).ids {
      let listed = model.routes.filter { $0.apiID.lowercased() == id }
      if let route = listed.first(where: { $0.provider == provider }) ?? listed.first(where: \.isFirstParty) {
        return route
      }
    }
    return nil
  }

  /// Two ids of one release of a model are one; an undated id is apart from its releases.
  private static func key(_ model: ModelID, _ release: String?, _ id: String) -> String {
    "\(model.rawValue)@\(release ?? "")\(id.lowercased().hasSuffix("latest") ? " latest" : "")"
  }
}

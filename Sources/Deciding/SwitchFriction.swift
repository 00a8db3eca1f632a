import Cataloguing
import Facts

/// What changes for a team that moves from one model to another.
public struct SwitchFriction: Sendable {
  public enum PriceDirection: Sendable {
    case cheaper
    case dearer
    case same
    /// The indices, 0 from and 1 to, whose cost is unknown.
    case unknown([Int])
    case contested
    /// The products count different things.
    case incomparable
  }

  public let from: Assessment
  public let to: Assessment
  /// Providers that serve both.
  public let sharedProviders: [ProviderID]
  public let price: PriceDirection
  /// Limits that are smaller at the target.
  public let shrinking: [Field]
  /// Had before; a source says No for the target.
  public let lost: [Capability]
  /// Had before; no source says for the target, or sources disagree.
  public let uncertain: [Capability]
  public let gained: [Capability]
  /// Ways of calling that only one side has, by SDK package; empty where they agree or one is unknown.
  public let dialects: (from: [String], to: [String])?
  /// Whether only the source model's routes take a sampling temperature.
  public let losesTemperature: Bool

  /// - Parameters:
  ///   - calling: how the model before is called.
  ///   - next: how the model after is called.
  public init(from: Assessment, to: Assessment, calling: CallingTerms, next: CallingTerms) {
    self.from = from
    self.to = to
    sharedProviders = calling.providers.filter(next.providers.contains)
    price =
      from.workload == to.workload
      ? Self.direction(from.claimedCost, to.claimedCost) : .incomparable
    var shrinking: [Field] = []
    if Self.shrinks(from.model.contextWindow, to.model.contextWindow) { shrinking.append(.contextWindow) }
    if Self.shrinks(from.model.maxOutput, to.model.maxOutput) { shrinking.append(.maxOutput) }
    self.shrinking = shrinking
    var lost: [Capability] = []
    var uncertain: [Capability] = []
    var gained: [Capability] = []
    for (place, capability) in Capability.allCases.enumerated() {
      let (had, has) = (from.capabilities[place].value == true, to.capabilities[place].value)
      switch (had, has) {
      case (true, false): lost.append(capability)
      case (true, nil): uncertain.append(capability)
      case (false, true): gained.append(capability)
      default: break
      }
    }
    self.lost = lost
    self.uncertain = uncertain
    self.gained = gained
    dialects =
      calling.dialects.isEmpty || next.dialects.isEmpty
        || calling.dialects.contains(where: next.dialects.contains)
      ? nil : (calling.dialects, next.dialects)
    losesTemperature = calling.takesTemperature == true && next.takesTemperature == false
  }

  /// Whether a limit settledly falls.
  private static func shrinks(_ before: Knowledge<TokenCount>, _ after: Knowledge<TokenCount>) -> Bool {
    guard case .known(let old, let oldEvidence) = before, case .known(let new, let newEvidence) = after,
      new < old
    else { return false }
    return !oldEvidence.isDisputed && !newEvidence.isDisputed
  }

  private static func direction(_ before: ClosedRange<Money>?, _ after: ClosedRange<Money>?) -> PriceDirection
  {
    guard let before, let after else {
      return .unknown([before == nil ? 0 : nil, after == nil ? 1 : nil].compactMap(\.self))
    }
    if before == after, before.lowerBound == before.upperBound { return .same }
    if after.upperBound < before.lowerBound { return .cheaper }
    if before.upperBound < after.lowerBound { return .dearer }
    return .contested
  }
}

/// How the routes of one model are called, whatever the traffic.
public struct CallingTerms: Sendable {
  /// The providers of tracked routes, each once, ascending.
  public let providers: [ProviderID]
  /// The SDK packages that talk to the routes a workload would use: the lab's own where there are any; ascending.
  public let dialects: [String]
  /// True or false where all routes that say agree; nil else.
  public let takesTemperature: Bool?

  public init(_ model: Model, frame: CatalogueFrame) {
    let routes = model.availableRoutes
    let own = routes.filter(\.isFirstParty)
    providers = Set(routes.map(\.provider)).sorted()
    dialects = Set(
      (own.isEmpty ? routes : own).compactMap { route in
        route[.dialect].value?.text ?? frame.providers[route.provider]?.dialect
      }
    ).sorted()
    let flags = Set(routes.compactMap { $0[.temperature].value })
    if flags.count == 1, case .flag(let flag)? = flags.first {
      takesTemperature = flag
    } else {
      takesTemperature = nil
    }
  }
}

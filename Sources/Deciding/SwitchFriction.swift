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

  public init(from: Assessment, to: Assessment, frame: CatalogueFrame) {
    self.from = from
    self.to = to
    let own = Set(from.trackedRoutes.map(\.provider))
    sharedProviders = own.intersection(to.trackedRoutes.map(\.provider)).sorted()
    price = Self.direction(from.claimedCost, to.claimedCost)
    shrinking = [Field.contextWindow, .maxOutput].filter { field in
      guard let before = from.model[field].tokens.value, let after = to.model[field].tokens.value else {
        return false
      }
      return after < before && !from.model[field].isDisputed && !to.model[field].isDisputed
    }
    let held = Capability.allCases.filter(from.model.has)
    lost = held.filter { to.model.settled($0).value == false }
    uncertain = held.filter { to.model.settled($0).value == nil }
    gained = Capability.allCases.filter { to.model.has($0) && !from.model.has($0) }
    let before = Self.dialects(of: from, frame)
    let after = Self.dialects(of: to, frame)
    dialects =
      before.isEmpty || after.isEmpty || !before.isDisjoint(with: after)
      ? nil : (before.sorted(), after.sorted())
    losesTemperature = Self.temperature(of: from) == true && Self.temperature(of: to) == false
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

  /// The SDK packages that talk to the routes a workload would use: the lab's own where there are any.
  private static func dialects(of assessment: Assessment, _ frame: CatalogueFrame) -> Set<String> {
    let own = assessment.trackedRoutes.filter(\.isFirstParty)
    return Set(
      (own.isEmpty ? assessment.trackedRoutes : own).compactMap { route in
        route[.dialect].value?.text ?? frame.providers[route.provider]?.dialect
      })
  }

  /// True or false where all routes that say agree.
  private static func temperature(of assessment: Assessment) -> Bool? {
    let flags = Set(assessment.trackedRoutes.compactMap { $0[.temperature].value })
    guard flags.count == 1, case .flag(let flag)? = flags.first else { return nil }
    return flag
  }
}

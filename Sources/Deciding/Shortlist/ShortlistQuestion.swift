import Facts
import Pricing

/// What a reader asks for: requirements, preferences and the month of traffic that costs are for.
public struct ShortlistQuestion: Hashable, Sendable {
  /// What happens to a route of which no source says whether it meets a requirement.
  public enum UnknownPolicy: String, CaseIterable, Hashable, Sendable {
    /// It is left out.
    case exclude
    /// It stands in a list of its own, with what is to be asked.
    case ask
    /// It is ranked with the others and marked.
    case keep
  }

  /// In the order in which they are asked; see `Requirement`.
  public let requirements: [Requirement]
  public let preferences: [Preference]
  public let unknown: UnknownPolicy
  /// What is said of the month; the rest is usual for each product.
  public let traffic: Traffic

  /// - Parameter requirements: in any order; that a route is available and carries the traffic is always asked, that it is
  ///   metered unless a kind is named.
  public init(
    _ requirements: [Requirement], preferences: [Preference] = [], unknown: UnknownPolicy = .ask,
    traffic: Traffic = .usual
  ) {
    var all = requirements
    if !all.contains(where: { if case .kind = $0 { true } else { false } }) { all.append(.kind([.metered])) }
    for usual in [Requirement.available, .traffic] where !all.contains(usual) { all.append(usual) }
    self.requirements = all.enumerated().sorted {
      ($0.element.order, $0.offset) < ($1.element.order, $1.offset)
    }.map(\.element)
    self.preferences = preferences
    self.unknown = unknown
    self.traffic = traffic
  }

  /// The kinds of product that the question asks for; all where it names no type.
  public var kinds: Set<ProductKind> {
    var kinds = Set(ProductKind.allCases)
    for case .type(let types) in requirements {
      kinds.formIntersection(
        types.flatMap { $0.kind.map { [$0] } ?? [.transcription, .speech, .realtimeAudio] })
    }
    return kinds
  }
}

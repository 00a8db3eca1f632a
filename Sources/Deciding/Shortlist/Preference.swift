import Cataloguing
import Facts

/// Something that makes one route better than another, and how much it counts.
public struct Preference: Hashable, Sendable {
  public enum Criterion: Hashable, Sendable {
    /// Less is better; all others: more, later or Yes is better.
    case cost
    case context
    case output
    case released
    case knowledge
    case firstParty
    case openWeights
    case osi
    case capability(Capability)
    case benchmark(BenchmarkID)
  }

  public let criterion: Criterion
  /// Above 0.
  public let weight: ExactDecimal

  public init(_ criterion: Criterion, weight: ExactDecimal) {
    self.criterion = criterion
    self.weight = weight
  }
}

extension Preference.Criterion {
  /// The value of a candidate on a scale where more is better; nil where it is unknown.
  public func value(of candidate: PricedCandidate) -> ExactDecimal? {
    let (model, route) = (candidate.model, candidate.route)
    switch self {
    case .cost: return candidate.cost.map { ExactDecimal(reducing: -$0.attodollars, exponent: -18) }
    case .context: return route.prices.window.map { ExactDecimal($0) }
    case .output: return route.prices.maxOutput.map { ExactDecimal($0) }
    case .released: return model.released.map(Self.day)
    case .knowledge: return model.knowledgeCutoff.map(Self.day)
    case .firstParty: return ExactDecimal(route.isFirstParty ? 1 : 0)
    case .openWeights: return model.openness.map { ExactDecimal($0 == .proprietary ? 0 : 1) }
    case .osi: return model.isOSIApproved.map { ExactDecimal($0 ? 1 : 0) }
    case .capability(let capability): return route.has(capability).map { ExactDecimal($0 ? 1 : 0) }
    case .benchmark(let id): return model.scores[id]
    }
  }

  /// A month or a year counts as its first day.
  private static func day(_ date: CalendarDate) -> ExactDecimal { ExactDecimal(Int64(date.firstDayNumber)) }
}

import Cataloguing
import Facts
import Pricing

/// What is decided about several models side by side. Words come later, in `Reporting`.
public struct Verdict: Sendable {
  public let assessments: [Assessment]
  public let workload: Workload
  public let context: Ranking
  public let cost: Ranking
  public let routes: Ranking
  public let benchmarks: [SharedBenchmark]
  /// By capability, who has it and who does not.
  public let capabilities: [CapabilityStanding]
  /// What speaks for each model, in page order, at most `mostReasons`.
  public let tradeoffs: [[Reason]]
  /// Ties and near-ties worth a neutral line.
  public let neutral: [NeutralNote]

  public static let mostReasons = 5

  public init(_ models: [Model], workload: Workload, medians: [BenchmarkID: BenchmarkMedian]) {
    self.init(models.map { Assessment($0, workload: workload, medians: medians) }, workload: workload)
  }

  /// - Parameter assessments: of two or more models, each at the workload.
  public init(_ assessments: [Assessment], workload: Workload) {
    let models = assessments.map(\.model)
    self.assessments = assessments
    self.workload = workload
    context = Ranking.highest(models.map(\.claimedContext))
    cost = Ranking.lowest(assessments.map(\.claimedCost))
    routes = Ranking.highest(assessments.map { $0.trackedRoutes.count...$0.trackedRoutes.count })
    benchmarks = Benchmarks.shared(models)
    capabilities = Capability.allCases.map { CapabilityStanding($0, models: models) }
    let judge = Tradeoffs(
      assessments: assessments, context: context, cost: cost, routes: routes, benchmarks: benchmarks,
      capabilities: capabilities)
    tradeoffs = judge.reasons()
    neutral = judge.neutralNotes()
  }

  public var models: [Model] { assessments.map(\.model) }

  /// Whether the models are of different product types.
  public var typesDiffer: Bool { Set(assessments.map(\.type.value)).count > 1 }

  /// The providers at which all of the models are served.
  public var sharedProviders: [ProviderID] {
    let sets = assessments.map { Set($0.trackedRoutes.map(\.provider)) }
    return (sets.dropFirst().reduce(sets.first ?? []) { $0.intersection($1) }).sorted()
  }
}

/// Who has one capability.
public struct CapabilityStanding: Sendable {
  public let capability: Capability
  public let settled: [Settled<Bool>]

  init(_ capability: Capability, models: [Model]) {
    self.capability = capability
    settled = models.map { $0.settled(capability) }
  }

  /// The only model that has it while a source says No for each other.
  public var onlyIn: Int? {
    guard let index = holders.first, holders.count == 1 else { return nil }
    return settled.indices.allSatisfy { $0 == index || settled[$0].value == false } ? index : nil
  }

  /// The only model for which it is documented, while for some other no source says, and none has it.
  public var documentedOnlyIn: Int? {
    guard let index = holders.first, holders.count == 1, onlyIn == nil else { return nil }
    return contested.isEmpty ? index : nil
  }

  public var holders: [Int] { settled.indices.filter { settled[$0].value == true } }
  public var contested: [Int] {
    settled.indices.filter { if case .contested = settled[$0] { true } else { false } }
  }
  public var isShared: Bool { holders.count == settled.count }
  /// Whether the models are known to differ.
  public var differs: Bool { !holders.isEmpty && settled.contains { $0.value == false } }
}

/// Something that speaks for one model against all others.
public enum Reason: Sendable {
  /// Leads `wins` of `of` comparable shared benchmarks; the one with the largest margin first.
  case benchmarkLead(wins: Int, of: Int, example: SharedBenchmark)
  case largerContext
  case lowerCost
  case broaderRoutes
  /// Source-stated No for the others.
  case onlyCapabilities([Capability])
  /// Documented here, unsaid for some other.
  case documentedCapabilities([Capability])
  case tags([DecisionTag])
}

/// A comparison too close, or too little known, to speak for anyone.
public enum NeutralNote: Hashable, Sendable {
  case contextTie
  case contextClose(leader: Int)
  case contextUnknown([Int])
  case contextContested([Int])
  case costTie
  case costClose(leader: Int)
  case costUnknown([Int])
  case costContested([Int])
  case capabilityContested(Capability, [Int])
}

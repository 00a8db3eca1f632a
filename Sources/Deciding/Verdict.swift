import Cataloguing
import Facts
import Pricing

/// What is decided about several models side by side. Words come later, in `Pages`.
public struct Verdict: Sendable {
  public let assessments: [Assessment]
  public let models: [Model]
  /// The month behind the first cost, which is that of all where ``sharesWorkload``.
  public let workload: Workload
  /// Whether one month is behind all costs; products that count different things have months of their own.
  public let sharesWorkload: Bool
  /// Whether the models are of different product types.
  public let typesDiffer: Bool
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

  public init(_ models: [Model], traffic: Traffic, medians: [BenchmarkID: BenchmarkMedian]) {
    self.init(models.map { Assessment($0, traffic: traffic, medians: medians) })
  }

  /// - Parameter assessments: of two or more models, each at the same traffic.
  public init(_ assessments: [Assessment]) {
    self.assessments = assessments
    models = assessments.map(\.model)
    let workload = assessments[0].workload
    self.workload = workload
    let sharesWorkload = assessments.allSatisfy { $0.workload == workload }
    self.sharesWorkload = sharesWorkload
    typesDiffer = assessments.contains { $0.type.value != assessments[0].type.value }
    context = Ranking.highest(assessments.map(\.claimedContext))
    cost = sharesWorkload ? Ranking.lowest(assessments.map(\.claimedCost)) : .incomparable
    routes = Ranking.highest(assessments.map { $0.trackedRoutes.count...$0.trackedRoutes.count })
    benchmarks = Benchmarks.shared(assessments)
    capabilities = Capability.allCases.enumerated().map { place, capability in
      CapabilityStanding(capability, place: place, assessments: assessments)
    }
    let judge = Tradeoffs(
      assessments: assessments, context: context, cost: cost, routes: routes, benchmarks: benchmarks,
      capabilities: capabilities)
    tradeoffs = judge.reasons()
    neutral = judge.neutralNotes()
  }

  /// The providers at which all of the models are served.
  public var sharedProviders: [ProviderID] {
    let sets = assessments.map { Set($0.trackedRoutes.map(\.provider)) }
    return (sets.dropFirst().reduce(sets.first ?? []) { $0.intersection($1) }).sorted()
  }
}

/// Who has one capability, by index of the model.
public struct CapabilityStanding: Sendable {
  public let capability: Capability
  /// The models that settledly have it.
  public let holders: [Int]
  /// The models about which sources contradict each other.
  public let contested: [Int]
  /// How many models settledly lack it: a source says No.
  private let lacking: Int
  private let count: Int

  /// - Parameter place: of the capability in `Capability.allCases`.
  init(_ capability: Capability, place: Int, assessments: [Assessment]) {
    self.capability = capability
    var holders: [Int] = []
    var contested: [Int] = []
    var lacking = 0
    for (index, assessment) in assessments.enumerated() {
      switch assessment.capabilities[place] {
      case .value(true, _): holders.append(index)
      case .value(false, _): lacking += 1
      case .contested: contested.append(index)
      case .unknown: break
      }
    }
    self.holders = holders
    self.contested = contested
    self.lacking = lacking
    count = assessments.count
  }

  /// The only model that has it while a source says No for each other.
  public var onlyIn: Int? { holders.count == 1 && lacking == count - 1 ? holders.first : nil }

  /// The only model for which it is documented, while for some other no source says, and none has it.
  public var documentedOnlyIn: Int? {
    holders.count == 1 && lacking < count - 1 && contested.isEmpty ? holders.first : nil
  }

  public var isShared: Bool { holders.count == count }
  /// Whether the models are known to differ.
  public var differs: Bool { !holders.isEmpty && lacking > 0 }
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
  /// The products count different things.
  case costIncomparable
  case capabilityContested(Capability, [Int])
}

import Cataloguing
import Facts
import Pricing

/// What requirements ask of a model, as plain values: nil is what no source says. A class, because a question hands thousands of
/// them from list to list.
public final class IndexedModel: Sendable {
  public let id: ModelID
  public let name: String
  public let type: ProductType
  /// What the product counts, which gives its usual month.
  public let kind: ProductKind
  public let openness: Openness?
  public let license: LicenceID?
  public let isOSIApproved: Bool?
  public let commercialUse: CommercialUse?
  public let released: CalendarDate?
  public let knowledgeCutoff: CalendarDate?
  /// The best score of each benchmark, whatever the effort, the evaluator and the version.
  public let scores: [BenchmarkID: ExactDecimal]
  /// In the order of the model; those that are gone or retired too.
  public let routes: [IndexedRoute]

  public init(_ model: Model) {
    id = model.id
    name = model.name
    type = ProductType.of(model).value
    kind = type.kind(of: model)
    openness = model[.openness].value.flatMap { Openness(rawValue: $0.text) }
    license = model[.license].value.map { LicenceID($0.text) }
    isOSIApproved = IndexedModel.flag(model[.osiApproved])
    commercialUse = model[.commercialUse].value.flatMap { CommercialUse(rawValue: $0.text) }
    released = model.released.value
    knowledgeCutoff = model[.knowledgeCutoff].date.value
    var scores: [BenchmarkID: ExactDecimal] = [:]
    for score in model.scores {
      let claim = score.claim
      scores[claim.benchmark] = max(scores[claim.benchmark] ?? claim.value, claim.value)
    }
    self.scores = scores
    routes = model.routes.enumerated().map { IndexedRoute($1, of: model, at: $0) }
  }

  /// Yes, No, or nil where no source says; a stated absence is a No.
  static func flag(_ knowledge: Knowledge<FactValue>) -> Bool? {
    switch knowledge {
    case .known(.flag(let flag), _): flag
    case .absent: false
    default: nil
    }
  }
}

/// What requirements ask of a route, as plain values: nil is what no source says of this route.
public final class IndexedRoute: Sendable {
  /// Its place among the routes of its model.
  public let place: Int
  public let provider: ProviderID
  public let providerName: String
  /// The id that a caller sends.
  public let apiID: String
  public let isFirstParty: Bool
  /// Its place among routes of equal cost by what its channel adds.
  public let fee: ChannelFee.Order
  /// Whether it is still served.
  public let life: Life.State
  /// Whether the newest list of its source holds it and no end has passed.
  public let isAvailable: Bool
  /// Lower case: `eu`, `us-east-1`.
  public let region: String?
  public let kind: RouteKind?
  /// Whether a source says that the route is never retired.
  public let isNeverRetired: Bool
  public let retirement: CalendarDate?
  public let prices: RoutePrices
  /// The only way of processing it serves, where that is not the ordinary one: `batch`.
  public let processing: String?
  /// What makes it price nothing by itself: a floating id.
  public let reservation: String?
  private let capabilities: [Bool?]

  init(_ route: Route, of model: Model, at place: Int) {
    self.place = place
    provider = route.provider
    providerName = route.providerName
    apiID = route.apiID
    isFirstParty = route.isFirstParty
    fee = ChannelFee.order(route.fee)
    life = route.life.state
    isAvailable = route.isAvailable
    region = (route[.region].value?.text ?? route.attributes.region)?.lowercased()
    kind = route.kind.value
    retirement = route.retirement.value
    if case .absent = route.retirement { isNeverRetired = true } else { isNeverRetired = false }
    prices = RoutePrices(route, keepsEvidence: false)
    processing = route.processing
    reservation = route.reservation
    capabilities = Capability.allCases.map { capability in
      let own = IndexedModel.flag(route[.capability(capability)])
      // What a product around the model does is documented of the model, never of its routes.
      guard own == nil, IndexedRoute.belongsToModel(capability) else { return own }
      return IndexedModel.flag(model[.capability(capability)])
    }
  }

  /// `provider/api-id`.
  public var id: String { "\(provider)/\(apiID)" }

  /// What the route says of a capability; of the four that are documented of models alone, what the model says.
  public func has(_ capability: Capability) -> Bool? { capabilities[capability.place] }

  /// Whether a capability is a fact of the model where a route is silent; a route never inherits another.
  public static func belongsToModel(_ capability: Capability) -> Bool {
    switch capability {
    case .codeExecution, .ideIntegration, .computerUse, .parallelAgents: true
    case .vision, .multimodal, .reasoning, .functionCalling, .toolUse, .structuredOutputs: false
    }
  }
}

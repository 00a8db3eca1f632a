import Cataloguing
import Deciding
import Documents
import Facts
import Pricing

/// A fact that a shortlist shows of each route.
enum ShortlistColumn: Hashable {
  /// Of the route, or of the model where that has it.
  case fact(Field)
  case score(BenchmarkID)

  var title: String {
    switch self {
    case .fact(let field): field.title
    case .score(let id): Display.harmless(Benchmarks.title(id))
    }
  }

  /// Context and output, then what is required and preferred, each once.
  static func columns(of question: ShortlistQuestion) -> [ShortlistColumn] {
    var columns: [ShortlistColumn] = [.fact(.contextWindow), .fact(.maxOutput)]
    func add(_ column: ShortlistColumn) { if !columns.contains(column) { columns.append(column) } }
    for requirement in question.requirements {
      switch requirement {
      case .benchmark(let id, _): add(.score(id))
      // The model's own line names lab, kind and type.
      case .lab, .kind, .type: continue
      default: if let field = requirement.field { add(.fact(field)) }
      }
    }
    for preference in question.preferences {
      switch preference.criterion {
      case .cost, .firstParty, .context, .output: continue
      case .released: add(.fact(.released))
      case .knowledge: add(.fact(.knowledgeCutoff))
      case .openWeights: add(.fact(.openness))
      case .osi: add(.fact(.osiApproved))
      case .capability(let capability): add(.fact(.capability(capability)))
      case .benchmark(let id): add(.score(id))
      }
    }
    return columns
  }
}

/// A route of a shortlist with the resolved facts behind it.
struct ShortlistRow: Sendable {
  let listed: ShortlistedRoute
  let model: Model
  let route: Route
  /// nil where the route has no cost at the workload.
  let cost: RouteCost?

  init?(_ listed: ShortlistedRoute, in model: Model, at workload: Workload) {
    let place = listed.candidate.route.place
    guard model.routes.indices.contains(place) else { return nil }
    self.listed = listed
    self.model = model
    let route = model.routes[place]
    self.route = route
    cost = Estimate.cost(of: workload, through: route)
  }

  var label: String { Display.harmless(model.name) }
  var note: String {
    "\(Display.harmless(route.providerName)) · \(Display.harmless(route.apiID))"
      + (route.isFirstParty ? "; the lab's own" : "")
  }
  var path: String { Paths.route(model.id, route.provider) }

  func costCell(decimals: Int) -> Cell {
    if let cost { return Cells.cost(cost, decimals: decimals) }
    // A free route costs nothing; its kind says so.
    if route.kind.value == .free, case .known(_, let evidence) = route.kind, listed.candidate.cost == .zero {
      return Cells.derived(
        "free", exact: "0", from: evidence.agreeing, rule: "a source says that the route is free")
    }
    return .unknown
  }

  func cell(_ column: ShortlistColumn) -> Cell {
    switch column {
    case .score(let id):
      return model.scores.filter { $0.claim.benchmark == id }.max { $0.claim.value < $1.claim.value }?.cell
        ?? .unknown
    case .fact(.capability(let capability)):
      let own = Cells.cell(route[.capability(capability)], .capability(capability))
      guard own.state == .unknown, IndexedRoute.belongsToModel(capability) else { return flag(own) }
      return Cells.capability(model.capability(capability), capability)
    case .fact(let field):
      switch field {
      case .contextWindow, .maxOutput, .retirement: return Cells.cell(route[field], field)
      case .region: return region
      default: return Cells.cell(model[field], field)
      }
    }
  }

  /// A stated absence of a capability is a No.
  private func flag(_ cell: Cell) -> Cell {
    guard cell.state == .absent else { return cell }
    return Cell(
      Display.flag(false), state: .absent, exact: "no", citations: cell.citations, dissents: cell.dissents,
      rule: cell.rule)
  }

  private var region: Cell {
    let stated = Cells.cell(route[.region], .region)
    guard stated.state == .unknown, let region = route.attributes.region else { return stated }
    return Cells.derived(
      Display.harmless(region), exact: region, from: route.listing, rule: "the route's id names the region")
  }
}

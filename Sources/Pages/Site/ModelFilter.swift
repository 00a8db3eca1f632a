import Cataloguing
import Deciding
import Documents
import Facts

/// Which models a list shows, in which order: the query of `/models`.
public struct ModelFilter: Sendable {
  public enum Order: String, CaseIterable, Sendable {
    case name
    case released
    case context
    case cost
    case routes

    var title: String {
      switch self {
      case .name: "by name"
      case .released: "newest first"
      case .context: "largest context first"
      case .cost: "lowest monthly cost first"
      case .routes: "most routes first"
      }
    }
  }

  public var lab: LabID?
  public var type: ProductType?
  public var capability: Capability?
  public var leastContext: TokenCount?
  public var openness: String?
  public var order = Order.name
  /// From 1.
  public var page = 1

  public static let pageSize = 50

  public init() {}

  /// Every model that fits; a value that is unknown fits no condition on it.
  func apply(to sheets: [ModelSheet]) -> [ModelSheet] {
    let fitting = sheets.filter { sheet in
      let model = sheet.model
      if let lab, model.lab != lab { return false }
      if let type, sheet.assessment.type.value != type { return false }
      if let capability, !model.has(capability) { return false }
      if let leastContext, (model.contextWindow.value.map { $0 < leastContext } ?? true) { return false }
      if let openness, model[.openness].value?.text != openness { return false }
      return true
    }
    switch order {
    case .name: return fitting
    case .released: return sorted(fitting) { $0.model.released.value.map { -$0.firstDayNumber } }
    case .context: return sorted(fitting) { $0.model.contextWindow.value.map { -$0.tokens } }
    case .cost: return sorted(fitting) { $0.assessment.estimate.cheapest?.cost }
    case .routes: return sorted(fitting) { -$0.assessment.trackedRoutes.count }
    }
  }

  /// By a key, the models without one last; in the list's order where keys are the same.
  private func sorted<Key: Comparable>(_ sheets: [ModelSheet], by key: (ModelSheet) -> Key?) -> [ModelSheet] {
    sheets.enumerated().map { (key: key($0.element), place: $0.offset, sheet: $0.element) }.sorted {
      guard let left = $0.key else { return $1.key == nil && $0.place < $1.place }
      guard let right = $1.key else { return true }
      return left == right ? $0.place < $1.place : left < right
    }.map(\.sheet)
  }

  /// The query that gives the filter, keys in a fixed order; empty for all models by name.
  func query(page: Int) -> String {
    var parts: [String] = []
    func add(_ key: String, _ value: String?) {
      if let value { parts.append(key + "=" + Paths.segment(value)) }
    }
    add("lab", lab?.rawValue)
    add("type", type?.rawValue)
    add("capability", capability?.rawValue)
    add("context", leastContext.map { String($0.tokens) })
    add("openness", openness)
    if order != .name { add("order", order.rawValue) }
    if page > 1 { add("page", String(page)) }
    return parts.isEmpty ? "" : "?" + parts.joined(separator: "&")
  }
}

/// What a reader wrote in a form and what is wrong with it, by the field's key.
public struct Entered: Sendable {
  public var values: [String: String]
  public var problems: [String: String]

  public init(values: [String: String] = [:], problems: [String: String] = [:]) {
    self.values = values
    self.problems = problems
  }
}

import Cataloguing
import Facts

/// One side of a switch: a model, the route through which it is called, and what the rules say of that way.
public struct SwitchSide: Sendable {
  public let model: Model
  public let route: Route
  public let provider: SwitchRules.Provider?
  public let api: SwitchRules.API?
  /// What says which API it is, where the rules do not know the provider.
  public let dialect: Evidence?

  /// - Parameters:
  ///   - provider: whose route to take; nil takes the lab's own, else the first by name that is listed.
  ///   - api: the id of an API of the provider, in place of its usual one: `openai-responses`.
  ///   - isLeft: whether it is the side that is left: its route may have ended.
  /// - Throws: `SwitchError` for a model without a route at the provider, or an API that the rules do not know.
  public init(
    _ model: Model, provider: ProviderID?, api: String?, rules: SwitchRules, isLeft: Bool = false
  ) throws(SwitchError) {
    let listed = isLeft || model.availableRoutes.isEmpty ? model.routes : model.availableRoutes
    let metered = listed.filter { $0.kind.value != .free && $0.kind.value != .plan }
    let routes = metered.isEmpty ? listed : metered
    let wanted =
      if let provider { listed.filter { $0.provider == provider } } else {
        routes.filter(\.isFirstParty).isEmpty ? routes : routes.filter(\.isFirstParty)
      }
    // Of several ids at one provider the plainest: no mode, no region, the shortest.
    guard
      let route = wanted.min(by: { left, right in
        (
          rules.providers[left.provider] == nil ? 1 : 0, left.attributes.parts.count, left.apiID.utf8.count,
          left.id
        )
          < (
            rules.providers[right.provider] == nil ? 1 : 0, right.attributes.parts.count,
            right.apiID.utf8.count, right.id
          )
      })
    else {
      throw SwitchError(
        "\(model.id) has no route" + (provider.map { " at \($0)" } ?? "")
          + ". hint: `llmref model \(model.id)` lists its routes")
    }
    self.model = model
    self.route = route
    let known = rules.providers[route.provider]
    self.provider = known
    if let api {
      guard let found = rules.apis[api] else {
        throw SwitchError(
          "no API is known as \(api). hint: the APIs are \(rules.apis.keys.sorted().joined(separator: ", "))")
      }
      (self.api, dialect) = (found, nil)
      return
    }
    // Anthropic's models at Google are called in Anthropic's dialect.
    if let known, !(route.provider == "google-vertex" && model.lab == "anthropic") {
      (self.api, dialect) = (rules.apis[known.api], nil)
      return
    }
    guard case .known(.text(let package), let evidence) = route[.dialect] else {
      (self.api, dialect) = (nil, nil)
      return
    }
    let id =
      package.contains("anthropic") ? "anthropic-messages" : package.contains("openai") ? "openai-chat" : ""
    (self.api, dialect) = (rules.apis[id], evidence)
  }

  /// `Claude Sonnet 4.5 at Anthropic`.
  public var title: String { "\(model.name) at \(route.providerName)" }

  /// The rules about this model, by any id under which a provider lists it.
  func rules(_ all: [SwitchRules.ModelRule]) -> [SwitchRules.ModelRule] {
    let ids = model.routes.map(\.apiID)
    return all.filter { rule in ids.contains { rule.ids.contains($0) } }
  }
}

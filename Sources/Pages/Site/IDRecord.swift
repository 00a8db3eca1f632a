import Cataloguing
import Documents
import Facts

/// What an id stands for, as JSON of the form `llmref/resolve/1`.
public struct IDRecord: Sendable {
  public let data: DataValue
  /// Whether it stands for one model.
  public let isKnown: Bool

  /// - Parameters:
  ///   - provider: the provider or source whose id it is.
  ///   - saysLife: whether the life of the model is looked up too, which takes some milliseconds a model.
  /// - Throws: `CatalogueError` when the catalogue is broken.
  public init(
    _ id: String, provider: String?, on shelf: Shelf, saysLife: Bool = true
  ) throws(CatalogueError) {
    var members: [(String, DataValue)] = [("schema", .text("llmref/resolve/1")), ("id", .text(id))]
    var resolution = try shelf.resolvePage(id, provider: provider)
    var page: ModelID?
    if case .resolved(let found) = resolution {
      page = found.model.release == nil ? nil : found.model
      resolution = try shelf.resolve(id, provider: provider)
    }
    switch resolution {
    case .resolved(let resolved):
      isKnown = true
      members += [
        ("state", .text("known")), ("model", .text(resolved.model.rawValue)), ("rule", .text(resolved.rule)),
        ("route", .map(resolved.attributes.parts.map { ($0.name, .text($0.value)) })),
        ("candidates", .texts([resolved.model.rawValue])),
      ]
      if let page { members.append(("page", .text(page.rawValue))) }
      if let alias = resolved.alias { members.append(("alias", Self.alias(alias))) }
      if saysLife, let sheet = try shelf.sheet(page ?? resolved.model) {
        members.append(("life", LifeLines.data(sheet.model.life, then: sheet.succession)))
      }
    case .ambiguous(let candidates):
      isKnown = false
      members += [
        ("state", .text("ambiguous")), ("route", .map([])),
        ("candidates", .texts(candidates.map(\.rawValue))),
      ]
    case .unknown(let nearest):
      isKnown = false
      members += [
        ("state", .text("unknown")), ("route", .map([])), ("candidates", .texts(nearest.map(\.rawValue))),
      ]
    }
    data = .map(members)
  }

  private static func alias(_ alias: AliasNote) -> DataValue {
    var evidence: [(String, DataValue)] = [
      ("alias", .text(alias.alias)), ("kind", .text(alias.kind.rawValue)),
    ]
    if let from = alias.from { evidence.append(("from", .text(from.text))) }
    if let until = alias.until { evidence.append(("until", .text(until.text))) }
    if let url = alias.url { evidence.append(("url", .text(url))) }
    if let seen = alias.seen { evidence.append(("seen", .text(seen.text))) }
    if let mark = alias.mark { evidence.append(("mark", .text(mark))) }
    return .map(evidence)
  }
}

import Cataloguing
import Facts
import TextFormats

/// The shape of models.dev's `api.json` (https://models.dev/api.json): providers, each with its models. What is unknown is left out.
public enum ModelsDevExport {
  public static func json(_ routes: ExportedRoutes) -> ExportedFile {
    let byProvider = Dictionary(grouping: routes.entries, by: \.route.provider)
    var count = 0
    let providers = byProvider.keys.sorted().map { id -> (String, JSONValue) in
      var models: [(String, JSONValue)] = []
      var seen: Set<String> = []
      for entry in byProvider[id] ?? [] where seen.insert(entry.route.apiID).inserted {
        models.append((entry.route.apiID, .map(model(entry))))
      }
      count += models.count
      var members: [(String, JSONValue)] = [
        ("id", .string(id.rawValue)),
        ("name", .string(byProvider[id]?.first?.route.providerName ?? id.rawValue)),
      ]
      if let dialect = routes.providers[id]?.dialect { members.append(("npm", .string(dialect))) }
      if let page = routes.providers[id]?.documentation { members.append(("doc", .string(page))) }
      members.append(("models", .map(models)))
      return (id.rawValue, .map(members))
    }
    return ExportedFile(bytes: JSONText.file(.map(providers)), routes: count, leftOut: [:])
  }

  private static func model(_ entry: ExportedRoutes.Entry) -> [(String, JSONValue)] {
    let (model, route) = (entry.model, entry.route)
    var members: [(String, JSONValue)] = [("id", .string(route.apiID)), ("name", .string(model.name))]
    if let family = model.family { members.append(("family", .string(family))) }
    func flag(_ name: String, _ value: Knowledge<FactValue>) {
      if case .known(.flag(let flag), _) = value { members.append((name, .bool(flag))) }
    }
    flag("reasoning", route[.capability(.reasoning)])
    flag("tool_call", route[.capability(.functionCalling)])
    flag("structured_output", route[.capability(.structuredOutputs)])
    flag("temperature", route[.temperature])
    if let cutoff = model[.knowledgeCutoff].date.value { members.append(("knowledge", .string(cutoff.text))) }
    if let released = model.released.value { members.append(("release_date", .string(released.text))) }
    if case .known(.text(let openness), _) = model[.openness] {
      members.append(("open_weights", .bool(openness.contains("open"))))
    }
    let limits = [("context", route.contextWindow), ("output", route.maxOutput)].compactMap { name, value in
      value.value.map { (name, JSONValue.number(String($0.tokens))) }
    }
    if !limits.isEmpty { members.append(("limit", .map(limits))) }
    let costs = [
      ("input", BillableUnit.input), ("output", .output), ("cache_read", .cacheRead),
      ("cache_write", .cacheWrite), ("reasoning", .reasoning),
      ("input_audio", .audioInput), ("output_audio", .audioOutput),
    ].compactMap { name, unit in route.prices.base(unit).value.map { (name, JSONValue.number($0.text)) } }
    if !costs.isEmpty { members.append(("cost", .map(costs))) }
    return members
  }
}

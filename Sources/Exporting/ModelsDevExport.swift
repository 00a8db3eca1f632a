import Cataloguing
import Facts

/// The shape of models.dev's `api.json` (https://models.dev/api.json): providers, each with its models. What is unknown is left out.
public enum ModelsDevExport {
  public static func json(_ routes: ExportedRoutes) -> ExportedFile {
    let byProvider = Dictionary(grouping: routes.entries, by: \.route.provider)
    var count = 0
    let providers = byProvider.keys.sorted().map { id -> (String, ExportValue) in
      var models: [(String, ExportValue)] = []
      var seen: Set<String> = []
      for entry in byProvider[id] ?? [] where seen.insert(entry.route.apiID).inserted {
        models.append((entry.route.apiID, .object(model(entry))))
      }
      count += models.count
      var members: [(String, ExportValue)] = [
        ("id", .text(id.rawValue)), ("name", .text(byProvider[id]?.first?.route.providerName ?? id.rawValue)),
      ]
      if let dialect = routes.providers[id]?.dialect { members.append(("npm", .text(dialect))) }
      if let page = routes.providers[id]?.documentation { members.append(("doc", .text(page))) }
      members.append(("models", .object(models)))
      return (id.rawValue, .object(members))
    }
    return ExportedFile(bytes: ExportValue.object(providers).json(), routes: count, leftOut: [:])
  }

  private static func model(_ entry: ExportedRoutes.Entry) -> [(String, ExportValue)] {
    let (model, route) = (entry.model, entry.route)
    var members: [(String, ExportValue)] = [("id", .text(route.apiID)), ("name", .text(model.name))]
    if let family = model.family { members.append(("family", .text(family))) }
    func flag(_ name: String, _ value: Knowledge<FactValue>) {
      if case .known(.flag(let flag), _) = value { members.append((name, .flag(flag))) }
    }
    flag("reasoning", route[.capability(.reasoning)])
    flag("tool_call", route[.capability(.functionCalling)])
    flag("structured_output", route[.capability(.structuredOutputs)])
    flag("temperature", route[.temperature])
    if let cutoff = model[.knowledgeCutoff].date.value { members.append(("knowledge", .text(cutoff.text))) }
    if let released = model.released.value { members.append(("release_date", .text(released.text))) }
    if case .known(.text(let openness), _) = model[.openness] {
      members.append(("open_weights", .flag(openness.contains("open"))))
    }
    let limits = [("context", route.contextWindow), ("output", route.maxOutput)].compactMap { name, value in
      value.value.map { (name, ExportValue.number(String($0.tokens))) }
    }
    if !limits.isEmpty { members.append(("limit", .object(limits))) }
    let costs = [
      ("input", BillableUnit.input), ("output", .output), ("cache_read", .cacheRead),
      ("cache_write", .cacheWrite), ("reasoning", .reasoning),
      ("input_audio", .audioInput), ("output_audio", .audioOutput),
    ].compactMap { name, unit in route.prices.base(unit).value.map { (name, ExportValue.number($0.text)) } }
    if !costs.isEmpty { members.append(("cost", .object(costs))) }
    return members
  }
}

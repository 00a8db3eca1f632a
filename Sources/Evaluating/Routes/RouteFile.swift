import Facts
import TextFormats

/// A routes file, as `Schemas/evaluation-routes-1.schema.json` says: the ways to models that are compared, and what holds for
/// all prompts.
package struct RouteFile: Hashable, Sendable {
  /// In the order of the file; the first candidate is the baseline of comparisons.
  package let routes: [EvaluationRoute]
  /// Most tokens of an answer where a prompt says nothing.
  package let maxTokens: Int64
  /// Times that each prompt goes through each route.
  package let trials: Int

  package static let usualMaxTokens: Int64 = 1024
  package static let mostRoutes = 200
  package static let mostTrials: Int64 = 1000

  package init(routes: [EvaluationRoute], maxTokens: Int64 = usualMaxTokens, trials: Int = 1) {
    self.routes = routes
    self.maxTokens = maxTokens
    self.trials = trials
  }

  package var candidates: [EvaluationRoute] { routes.filter { $0.use == .candidate } }
  package var judges: [EvaluationRoute] { routes.filter { $0.use == .judge } }

  /// The document that reads back as this file.
  package var value: JSONValue {
    .members([
      "max_tokens": .number(maxTokens), "trials": .number(trials),
      "routes": .array(routes.map(RouteCodec.entry)),
    ])
  }

  /// Reads a document of YAML or JSON.
  /// - Returns: nil and what is wrong, or the file and nothing.
  package static func read(_ document: JSONValue, file: String) -> (RouteFile?, [InputProblem]) {
    guard let object = document.object else {
      return (
        nil,
        [
          InputProblem(
            file: file, rule: "a routes file is a map with routes; found \(document.kind)",
            hint: "write one with: llmref eval init")
        ]
      )
    }
    var reader = ObjectReader(object, file: file, line: nil, path: "")
    let maxTokens = reader.count("max_tokens", 1...10_000_000) ?? usualMaxTokens
    let trials = reader.count("trials", 1...mostTrials) ?? 1
    var routes: [EvaluationRoute] = []
    let entries = reader.array("routes", most: mostRoutes)
    if entries == nil, reader.problems.isEmpty {
      reader.report("routes", "routes is missing", "list at least one route")
    }
    for (place, value) in (entries ?? []).enumerated() {
      guard let object = value.object else {
        reader.report(
          "routes[\(place)]", "a route is a map; found \(value.kind)", "write name, base_url, api and model")
        continue
      }
      var inner = reader.inside("routes[\(place)]", object)
      let route = RouteReader.read(&inner)
      reader.add(inner.finish())
      if let route { routes.append(route) }
    }
    var names: Set<String> = []
    for (place, route) in routes.enumerated() where !names.insert(route.name).inserted {
      reader.report(
        "routes[\(place)].name", "a name stands once; \"\(route.name.bounded)\" stands twice",
        "rename one of the two")
    }
    if reader.problems.isEmpty, !routes.contains(where: { $0.use == .candidate }) {
      reader.report("routes", "at least one route is a candidate", "leave use out, or write use: candidate")
    }
    let problems = reader.finish()
    guard problems.isEmpty else { return (nil, problems) }
    return (RouteFile(routes: routes, maxTokens: maxTokens, trials: Int(trials)), [])
  }
}

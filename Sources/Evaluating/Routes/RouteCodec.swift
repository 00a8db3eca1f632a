import Facts
import TextFormats

/// Writes routes as JSON: an entry of the routes file, and the part of it that decides whom a request reaches.
package enum RouteCodec {
  /// The entry of the routes file that reads back as this route.
  package static func entry(_ route: EvaluationRoute) -> JSONValue {
    .members([
      "name": .string(route.name),
      "use": route.use == .candidate ? nil : .string(route.use.rawValue),
      "base_url": .string(route.baseURL),
      "api": .string(route.api.rawValue),
      "model": .string(route.model),
      "provider": texts(route.providerPin),
      "region": route.region.map { .string($0) },
      "key_variable": route.keyVariable.map { .string($0) },
      "rpm": route.requestsPerMinute.map { .number($0) },
      "tpm": route.tokensPerMinute.map { .number($0) },
      "concurrency": .number(route.concurrency),
      "catalogue_route": route.catalogueRoute.map { .string($0) },
      "headers": texts(route.headers),
      "header_variables": texts(route.headerVariables),
      "body": route.body.members.isEmpty ? nil : .object(route.body),
      "stream": .bool(route.streams),
      "timeout_seconds": .number(route.timeoutSeconds),
      "max_errors": route.maxErrors.map { .number($0) },
    ])
  }

  /// What decides whom a request reaches and what it holds; part of a cell's key. The API kind is a part of its own.
  static func identity(_ route: EvaluationRoute) -> JSONValue {
    .members([
      "base_url": .string(route.baseURL), "model": .string(route.model), "provider": texts(route.providerPin),
      "region": route.region.map { .string($0) }, "headers": texts(route.headers),
      "header_names": texts(route.headerVariables.keys.sorted()),
      "body": route.body.members.isEmpty ? nil : .object(route.body), "stream": .bool(route.streams),
    ])
  }

  private static func texts(_ values: [String]) -> JSONValue? {
    values.isEmpty ? nil : .array(values.map { .string($0) })
  }

  private static func texts(_ values: [String: String]) -> JSONValue? {
    guard !values.isEmpty else { return nil }
    var object = JSONObject()
    for (key, value) in values.sorted(by: { $0.key < $1.key }) { _ = object.insert(key, .string(value)) }
    return .object(object)
  }
}

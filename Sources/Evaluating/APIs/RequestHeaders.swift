/// The headers of a request, lower-case names first to last.
package enum RequestHeaders {
  /// - Parameters:
  ///   - key: the secret itself; it goes into the header that the API kind defines and nowhere else.
  ///   - variables: values of the route's header variables, by header.
  ///
  /// `authorization` is that of https://developers.openai.com/api/reference/overview; `x-api-key` and `anthropic-version` are
  /// those of https://platform.claude.com/docs/en/api/overview. Headers of the route take the place of these.
  package static func list(
    for route: EvaluationRoute, key: String?, variables: [String: String] = [:]
  ) -> [(name: String, value: String)] {
    var headers: [String: String] = [
      "content-type": "application/json",
      "accept": route.streams ? "text/event-stream, application/json" : "application/json",
      "user-agent": "llmref",
    ]
    switch route.api {
    case .chat, .responses:
      if let key { headers["authorization"] = "Bearer \(key)" }
    case .messages:
      if let key { headers["x-api-key"] = key }
      headers["anthropic-version"] = "2023-06-01"
    }
    for (name, value) in route.headers { headers[name.lowercased()] = value }
    for (name, value) in variables { headers[name.lowercased()] = value }
    return headers.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
  }
}

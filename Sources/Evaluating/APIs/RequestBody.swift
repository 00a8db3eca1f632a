import TextFormats

/// The JSON body that asks a prompt through a route.
package enum RequestBody {
  /// - Parameters:
  ///   - maxTokens: most tokens of the answer where the prompt says nothing.
  ///   - pictures: bytes by their digest, in base64; a picture that is not there is sent as an empty one and refused by the
  ///     server, so whoever sends looks them up first.
  ///   - asksForUsage: whether a stream of chat completions is asked for its usage; some servers refuse the member.
  package static func value(
    _ prompt: EvaluationPrompt, through route: EvaluationRoute, maxTokens: Int64,
    pictures: [String: String] = [:], asksForUsage: Bool = true
  ) -> JSONValue {
    let most = prompt.maxTokens ?? maxTokens
    let own: JSONObject =
      switch route.api {
      case .chat: ChatRequests.body(prompt, route, most, pictures, asksForUsage)
      case .responses: ResponsesRequests.body(prompt, route, most, pictures)
      case .messages: MessagesRequests.body(prompt, route, most, pictures)
      }
    return .object(over(own, pin(route), route.body))
  }

  /// Members of the prompt that the API kind has no word for; they are not sent, so routes of several kinds do not ask quite the
  /// same.
  package static func unsaid(_ prompt: EvaluationPrompt, by api: APIKind) -> [String] {
    var names: [String] = []
    if prompt.seed != nil, api != .chat { names.append("seed") }
    if !prompt.stop.isEmpty, api == .responses { names.append("stop") }
    if prompt.responseFormat == .jsonObject, api == .messages { names.append("response_format") }
    return names
  }

  /// Only these providers, in this order: `provider.order` without fallbacks, defined by
  /// https://openrouter.ai/docs/features/provider-routing.
  private static func pin(_ route: EvaluationRoute) -> JSONObject {
    guard !route.providerPin.isEmpty else { return JSONObject() }
    return JSONObject([
      "provider": .members([
        "order": .array(route.providerPin.map { .string($0) }), "allow_fallbacks": .bool(false),
      ])
    ])
  }

  /// Members of later objects take the place of earlier ones; null takes the member away.
  private static func over(_ objects: JSONObject...) -> JSONObject {
    var result = JSONObject()
    for (place, object) in objects.enumerated() {
      for (key, value) in object.members where result[key] == nil {
        let last = objects[place...].last { $0[key] != nil }?[key] ?? value
        if last != .null { _ = result.insert(key, last) }
      }
    }
    return result
  }
}

extension PromptPicture {
  /// `data:image/png;base64,…`, as RFC 2397 defines it.
  func dataURL(_ pictures: [String: String]) -> String {
    "data:\(mediaType.rawValue);base64,\(base64(pictures))"
  }

  func base64(_ pictures: [String: String]) -> String { digest.flatMap { pictures[$0] } ?? "" }
}

extension PromptMessage {
  /// The texts of its parts as one.
  var text: String {
    parts.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined(separator: "\n")
  }

  /// Whether it holds text alone, so that plain content says it all.
  var isTextAlone: Bool {
    parts.count == 1 && parts.allSatisfy { if case .text = $0 { true } else { false } }
  }
}

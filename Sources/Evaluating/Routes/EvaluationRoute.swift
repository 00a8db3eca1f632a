import Facts
import TextFormats

/// How a server is spoken to.
package enum APIKind: String, CaseIterable, Hashable, Sendable {
  /// Chat completions of OpenAI and those who follow it.
  case chat
  /// Responses of OpenAI.
  case responses
  /// Messages of Anthropic.
  case messages

  /// What follows the base URL.
  package var path: String {
    switch self {
    case .chat: "/chat/completions"
    case .responses: "/responses"
    case .messages: "/messages"
    }
  }
}

/// One exact way to a model: server, API kind, model, provider pin and region, with the limits that its owner allows.
package struct EvaluationRoute: Hashable, Sendable {
  package enum Use: String, CaseIterable, Hashable, Sendable {
    /// Every prompt is sent to it.
    case candidate
    /// It only judges answers of others.
    case judge
  }

  /// Unique in its file; reports call the route so.
  package let name: String
  package let use: Use
  /// Without a slash at its end: `https://api.openai.com/v1`. The API kind's path follows.
  package let baseURL: String
  package let api: APIKind
  /// The id that is sent.
  package let model: String
  /// Providers that a broker such as OpenRouter may use, in order, and no others; empty sets no pin.
  package let providerPin: [String]
  /// The user's own word for where it runs; only shown and part of the key.
  package let region: String?
  /// The NAME of the environment variable that holds the key; nil sends none.
  package let keyVariable: String?
  /// Requests a minute; nil sets no limit.
  package let requestsPerMinute: Int64?
  /// Tokens a minute, prompt and answer; nil sets no limit.
  package let tokensPerMinute: Int64?
  /// Requests at a time.
  package let concurrency: Int
  /// The catalogue's route by which cells are priced: `openai/gpt-5.4`, provider first; nil is unpriced.
  package let catalogueRoute: String?
  /// Sent with every request, in the order of their names; never a key.
  package let headers: [String: String]
  /// Headers whose values stand in environment variables: header to variable NAME.
  package let headerVariables: [String: String]
  /// Members added to every request body, over those of the program.
  package let body: JSONObject
  package let streams: Bool
  /// Most seconds from the start of an attempt to its end.
  package let timeoutSeconds: Int64
  /// Failures after which the route is given up; nil never gives up.
  package let maxErrors: Int64?

  package init(
    name: String, use: Use = .candidate, baseURL: String, api: APIKind, model: String,
    providerPin: [String] = [], region: String? = nil, keyVariable: String? = nil,
    requestsPerMinute: Int64? = nil, tokensPerMinute: Int64? = nil, concurrency: Int = 4,
    catalogueRoute: String? = nil, headers: [String: String] = [:], headerVariables: [String: String] = [:],
    body: JSONObject = JSONObject(), streams: Bool = true, timeoutSeconds: Int64 = 300,
    maxErrors: Int64? = nil
  ) {
    self.name = name
    self.use = use
    self.baseURL = baseURL
    self.api = api
    self.model = model
    self.providerPin = providerPin
    self.region = region
    self.keyVariable = keyVariable
    self.requestsPerMinute = requestsPerMinute
    self.tokensPerMinute = tokensPerMinute
    self.concurrency = concurrency
    self.catalogueRoute = catalogueRoute
    self.headers = headers
    self.headerVariables = headerVariables
    self.body = body
    self.streams = streams
    self.timeoutSeconds = timeoutSeconds
    self.maxErrors = maxErrors
  }

  /// The environment variables that must be set before anything is sent, each once, in order.
  package var variables: [String] {
    let all = [keyVariable].compactMap { $0 } + headerVariables.sorted { $0.key < $1.key }.map(\.value)
    var seen: Set<String> = []
    return all.filter { seen.insert($0).inserted }
  }
}

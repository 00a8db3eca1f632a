import Evaluating
import EvaluationStore
import Facts
import TextFormats

/// What all lanes of a worker share.
struct RunContext: Sendable {
  let settings: RunSettings
  let store: EvaluationStore
  let sender: RequestSender
  let secrets: Secrets
  let stop: StopSignal
  let progress: RunProgress
  let pace: RunPace
  let retry = RetryPolicy()
  /// Wall-clock seconds.
  let wallClock: @Sendable () -> Timestamp
  /// What a usage costs through a route at a time, by the catalogue.
  let price: @Sendable (EvaluationRoute, TokenUsage, Timestamp) -> CatalogueCost

  /// The base64 of a prompt's pictures by digest.
  func pictures(_ prompt: EvaluationPrompt) async throws -> [String: String] {
    var pictures: [String: String] = [:]
    for picture in prompt.pictures {
      guard let digest = picture.digest, pictures[digest] == nil else { continue }
      guard let bytes = try await store.picture(digest) else { continue }
      pictures[digest] = Base64.text(bytes)
    }
    return pictures
  }

  /// A request that asks the prompt through the route, and the tokens that it may use by a rough count.
  func request(
    _ prompt: EvaluationPrompt, through route: EvaluationRoute, asksForUsage: Bool
  ) async throws -> (url: String, headers: [(name: String, value: String)], body: [UInt8], tokens: Int64) {
    let pictures = try await pictures(prompt)
    let value = RequestBody.value(
      prompt, through: route, maxTokens: settings.maxTokens, pictures: pictures, asksForUsage: asksForUsage)
    let body = value.bytes
    // Four bytes a token is the usual rule of thumb; a picture counts as a thousand and a half.
    let words = body.count - pictures.values.reduce(0) { $0 + $1.utf8.count }
    let tokens =
      Int64(max(1, words) / 4) + Int64(pictures.count) * 1500 + (prompt.maxTokens ?? settings.maxTokens)
    return (route.baseURL + route.api.path, secrets.headers(for: route), body, tokens)
  }
}

/// Tokens that a quota gave for a request, by an estimate.
struct GrantedTokens: Sendable {
  /// Of the store's clock.
  let second: Int64
  let tokens: Int64
  let limits: QuotaLimits
}

extension RunContext {
  /// Corrects a grant once the server has counted.
  func settle(_ granted: GrantedTokens, by usage: TokenUsage?, bucket: String) async throws {
    guard granted.limits.tokensPerMinute != nil, let input = usage?.input, let output = usage?.output else {
      return
    }
    try await store.settle(
      granted.limits, bucket: bucket, second: granted.second, granted: granted.tokens, used: input + output)
  }
}

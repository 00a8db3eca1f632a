import Evaluating
import EvaluationStore
import Facts

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

/// Base64 of RFC 4648 section 4.
enum Base64 {
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func text(_ bytes: [UInt8]) -> String {
    var output: [UInt8] = []
    output.reserveCapacity((bytes.count + 2) / 3 * 4)
    var place = 0
    while place < bytes.count {
      let count = min(3, bytes.count - place)
      var group: UInt32 = 0
      for offset in 0..<3 {
        group = group << 8 | (offset < count ? UInt32(bytes[place + offset]) : 0)
      }
      for offset in 0..<4 {
        let digit = digits[Int(group >> UInt32(18 - 6 * offset) & 63)]
        output.append(offset <= count ? digit : UInt8(ascii: "="))
      }
      place += 3
    }
    return String(decoding: output, as: UTF8.self)
  }
}

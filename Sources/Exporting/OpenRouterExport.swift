import Cataloguing
import Facts
import TextFormats

/// Requests' `model` and `provider` for OpenRouter (https://openrouter.ai/docs/features/provider-routing): who may serve each model,
/// cheapest first, and the most that may be paid.
public enum OpenRouterExport {
  public static func preferences(_ routes: ExportedRoutes) -> ExportedFile {
    var leftOut: [String: Int] = [:]
    var rows: [(String, JSONValue)] = []
    for entry in routes.entries where entry.route.provider == "openrouter" && !entry.route.attributes.isFree {
      guard let input = entry.route.prices.base(.input).value,
        let output = entry.route.prices.base(.output).value
      else {
        leftOut["routes without both token prices", default: 0] += 1
        continue
      }
      // The word of a provider at OpenRouter is known for some; others are left to OpenRouter's own order.
      let hosts = entry.model.availableRoutes.compactMap {
        route -> (name: String, input: Money, output: Money)? in
        guard let name = names[route.provider.rawValue], route.attributes.region == nil,
          route.attributes.mode == nil,
          let own = route.prices.base(.input).value, let answer = route.prices.base(.output).value,
          own <= input, answer <= output,
          !own.isZero || !answer.isZero
        else { return nil }
        return (name, own, answer)
      }.sorted { ($0.input, $0.output, $0.name) < ($1.input, $1.output, $1.name) }
      var order: [String] = []
      for host in hosts where !order.contains(host.name) { order.append(host.name) }
      var provider: [(String, JSONValue)] = []
      if !order.isEmpty { provider.append(("order", .array(order.map { .string($0) }))) }
      provider += [
        ("allow_fallbacks", .bool(true)), ("require_parameters", .bool(true)),
        ("max_price", .map([("prompt", .number(input.text)), ("completion", .number(output.text))])),
      ]
      rows.append(
        (
          entry.model.id.rawValue,
          .map([("model", .string(entry.route.apiID)), ("provider", .map(provider))])
        ))
    }
    var seen: Set<String> = []
    let once = rows.filter { seen.insert($0.0).inserted }
    return ExportedFile(bytes: JSONText.file(.map(once)), routes: once.count, leftOut: leftOut)
  }

  /// OpenRouter's words for providers, as pydantic-ai-slim 2.68.0 lists them (`pydantic_ai/models/openrouter.py`).
  private static let names: [String: String] = [
    "openai": "openai", "azure": "azure", "anthropic": "anthropic", "google": "google-ai-studio",
    "google-vertex": "google-vertex",
    "amazon-bedrock": "amazon-bedrock", "mistral": "mistral", "cohere": "cohere", "groq": "groq",
    "deepseek": "deepseek", "xai": "xai",
    "togetherai": "together", "fireworks-ai": "fireworks", "deepinfra": "deepinfra", "cerebras": "cerebras",
    "novita-ai": "novita",
    "sambanova": "sambanova", "moonshotai": "moonshotai", "minimax": "minimax", "nebius": "nebius",
    "perplexity": "perplexity",
    "siliconflow": "siliconflow", "friendli": "friendli", "baseten": "baseten", "chutes": "chutes",
    "parasail": "parasail",
    "alibaba": "alibaba", "nvidia": "nvidia", "gmicloud": "gmicloud", "hyperbolic": "hyperbolic",
    "inception": "inception",
  ]
}

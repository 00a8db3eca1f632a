import Cataloguing
import Facts
import TextFormats

/// LiteLLM's files: the price table that `register_model` and `LITELLM_MODEL_COST_MAP_URL` take
/// (https://docs.litellm.ai/docs/proxy/custom_pricing), and the proxy's `config.yaml` (https://docs.litellm.ai/docs/proxy/configs).
public enum LiteLLMExport {
  /// The price table as JSON: a row a route under `provider/id`.
  public static func prices(_ routes: ExportedRoutes) -> ExportedFile {
    var leftOut: [String: Int] = [:]
    var rows: [(String, JSONValue)] = []
    for (entry, names) in named(routes, &leftOut) {
      let members = [("litellm_provider", JSONValue.string(names.prefix))] + info(entry, &leftOut)
      rows.append(("\(names.prefix)/\(entry.route.apiID)", .map(members)))
    }
    return ExportedFile(bytes: JSONText.file(.map(rows)), routes: rows.count, leftOut: leftOut)
  }

  /// `config.yaml`: a deployment a route, under the model's canonical id, so that routes of one model share the load.
  public static func config(_ routes: ExportedRoutes) -> ExportedFile {
    var leftOut: [String: Int] = [:]
    var bytes = Array("# Prices as of \(routes.asOf.text).\nmodel_list:".utf8)
    var count = 0
    for (entry, names) in named(routes, &leftOut) {
      func line(_ indent: Int, _ name: String, _ value: [UInt8]) {
        bytes += [UInt8](repeating: 0x20, count: indent) + Array("\(name): ".utf8) + value + [0x0A]
      }
      if count == 0 { bytes.append(0x0A) }
      count += 1
      line(2, "- model_name", quoted(entry.model.id.rawValue))
      bytes += "    litellm_params:\n".utf8
      line(6, "model", quoted("\(names.prefix)/\(entry.route.apiID)"))
      if !["bedrock", "vertex_ai"].contains(names.prefix) {
        line(6, "api_key", quoted("os.environ/\(names.key)"))
      }
      if names.prefix == "azure" { line(6, "api_base", quoted("os.environ/AZURE_API_BASE")) }
      bytes += "    model_info:\n".utf8
      line(6, "id", quoted(entry.route.id))
      for (name, value) in info(entry, &leftOut) {
        switch value {
        case .number, .bool, .string: line(6, name, JSONText.compact(value))
        case .array, .object, .null: continue
        }
      }
    }
    if count == 0 { bytes += " []\n".utf8 }
    return ExportedFile(bytes: bytes, routes: count, leftOut: leftOut)
  }

  /// A text as YAML takes it, whatever it holds: JSON's quoted form is YAML (https://yaml.org/spec/1.2.2/#12-overview-of-yaml).
  private static func quoted(_ text: String) -> [UInt8] { JSONText.compact(.string(text)) }

  private static func named(_ routes: ExportedRoutes, _ leftOut: inout [String: Int]) -> [(
    ExportedRoutes.Entry, LiteLLMNames
  )] {
    var seen: Set<String> = []
    return routes.entries.compactMap { entry in
      guard let names = LiteLLMNames(entry.route.provider) else {
        leftOut["routes at providers that LiteLLM has no name for", default: 0] += 1
        return nil
      }
      guard entry.route.prices.base(.input).value != nil else {
        leftOut["routes without a price for input", default: 0] += 1
        return nil
      }
      guard seen.insert("\(names.prefix)/\(entry.route.apiID)").inserted else { return nil }
      return (entry, names)
    }
  }

  private static func info(_ entry: ExportedRoutes.Entry, _ leftOut: inout [String: Int]) -> [(
    String, JSONValue
  )] {
    let route = entry.route
    var members: [(String, JSONValue)] = [("mode", .string(mode(entry.model)))]
    if let tokens = (route.maxInput.value ?? route.contextWindow.value)?.tokens {
      members.append(("max_input_tokens", .number(String(tokens))))
    }
    if let tokens = route.maxOutput.value?.tokens {
      members.append(("max_output_tokens", .number(String(tokens))))
    }
    if let day = route.retirement.value { members.append(("deprecation_date", .string(day.text))) }
    for (capability, name) in [
      (Capability.functionCalling, "supports_function_calling"), (.vision, "supports_vision"),
      (.reasoning, "supports_reasoning"),
      (.structuredOutputs, "supports_response_schema"), (.computerUse, "supports_computer_use"),
    ] {
      if case .known(.flag(let flag), _) = route[.capability(capability)] {
        members.append((name, .bool(flag)))
      }
    }
    for (term, price) in route.prices.terms.sorted(by: { $0.key.text < $1.key.text }) {
      guard case .known(let money, _) = price else { continue }
      guard let name = priceName(term) else {
        leftOut["prices that LiteLLM's table cannot hold", default: 0] += 1
        continue
      }
      members.append((name, .number(perToken(money))))
    }
    // LiteLLM wants both; a model without answer tokens (an embedding) answers for nothing.
    if !members.contains(where: { $0.0 == "output_cost_per_token" }),
      entry.model[.productType].value?.text == "embedding model"
    {
      members.append(("output_cost_per_token", .number("0")))
    }
    return members
  }

  private static func mode(_ model: Model) -> String {
    switch model[.productType].value?.text {
    case "embedding model": "embedding"
    case "rerank model": "rerank"
    default: "chat"
    }
  }

  /// A price per million tokens as one per token, with every digit.
  private static func perToken(_ money: Money) -> String { money.dollars.scaled(byPowerOfTen: -6).text }

  /// `input_cost_per_token_above_272k_tokens_priority`; nil for what the table has no name for.
  static func priceName(_ term: PriceTerm) -> String? {
    let heads: [BillableUnit: String] = [
      .input: "input_cost_per_token", .output: "output_cost_per_token",
      .cacheRead: "cache_read_input_token_cost",
      .cacheWrite: "cache_creation_input_token_cost",
      .cacheWriteHour: "cache_creation_input_token_cost_above_1hr",
      .reasoning: "output_cost_per_reasoning_token", .audioInput: "input_cost_per_audio_token",
      .audioOutput: "output_cost_per_audio_token",
    ]
    let modes: [PriceMode: String] = [
      .standard: "", .batch: "_batches", .flex: "_flex", .priority: "_priority",
    ]
    guard let head = heads[term.unit], let mode = modes[term.mode], term.hours == nil,
      term.condition == nil
    else { return nil }
    guard let tier = term.tier else { return head + mode }
    guard tier.semantics == .cliff, tier.counting == .prompt, tier.limit.tokens % 1000 == 0 else {
      return nil
    }
    return "\(head)_above_\(tier.limit.tokens / 1000)k_tokens" + mode
  }
}

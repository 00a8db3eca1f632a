import Facts
import Pricing

/// The object that a key stands in, as far as a scanner tells objects apart.
enum RowObject: UInt32 {
  case none = 0
  case row
  case usage
  case promptDetails
  case answerDetails
  case labels
}

/// The keys of the formats that a scanner reads: what each holds. `CanonicalRows` and `OpenAIResponses` define them; a value
/// that only those understand is `odd`, and the line is theirs.
struct RowKeys: Sendable {
  enum Form: Sendable {
    /// Canonical rows, flat.
    case rows
    /// Responses of OpenAI's API and of those that speak it, with a `usage` object.
    case responses
  }

  let form: Form
  /// Names of labels that the report asks for, at most ``RowField/mostLabels``.
  let labels: [String]

  init(_ form: Form, labels: [String] = []) {
    self.form = form
    self.labels = Array(labels.prefix(RowField.mostLabels))
  }

  func field(_ name: String, in object: RowObject) -> RowField {
    switch object {
    case .row:
      let field = (form == .rows ? Self.rows : Self.responses)[name] ?? .other
      // Without a wish for labels nothing in them matters.
      return field == .labels && labels.isEmpty ? .other : field
    case .usage: return Self.usage[name] ?? .other
    case .promptDetails: return Self.prompt[name] ?? .other
    case .answerDetails: return Self.answer[name] ?? .other
    case .labels: return label(name) ?? .other
    case .none: return .odd
    }
  }

  /// The field of a label that the report asks for.
  func label(_ name: String) -> RowField? {
    labels.firstIndex(of: name).flatMap { RowField(rawValue: RowField.label0.rawValue + UInt8($0)) }
  }

  private static let rows: [String: RowField] = {
    var keys: [String: RowField] = [
      "time": .time, "provider": .provider, "model": .model, "mode": .mode, "charged_usd": .charged,
      "key": .key, "id": .id, "tags": .labels,
    ]
    for unit in BillableUnit.allCases { keys[unit.usageKey] = .odd }
    for (field, unit) in RowField.units { keys[unit.usageKey] = field }
    return keys
  }()

  private static let responses: [String: RowField] = [
    "time": .time, "timestamp": .time, "created_at": .time, "ts": .time, "created": .time,
    "provider": .provider, "model": .model, "service_tier": .mode, "id": .id, "api_key": .key, "key": .key,
    "user": .key, "tags": .labels, "metadata": .labels, "usage": .usage, "response": .odd, "result": .odd,
    "message": .odd, "usageMetadata": .odd, "usage_metadata": .odd, "output": .odd, "data": .odd,
  ]
  private static let usage: [String: RowField] = [
    "prompt_tokens": .input, "input_tokens": .input, "completion_tokens": .output, "output_tokens": .output,
    "total_tokens": .total, "prompt_tokens_details": .promptDetails, "input_tokens_details": .promptDetails,
    "input_token_details": .promptDetails, "completion_tokens_details": .answerDetails,
    "output_tokens_details": .answerDetails, "output_token_details": .answerDetails,
    "prompt_cache_hit_tokens": .odd, "cost": .odd,
  ]
  private static let prompt: [String: RowField] = [
    "cached_tokens": .cacheRead, "cache_write_tokens": .cacheWrite, "audio_tokens": .inputAudio,
    "image_tokens": .odd,
  ]
  private static let answer: [String: RowField] = [
    "reasoning_tokens": .reasoning, "audio_tokens": .outputAudio, "image_tokens": .odd,
  ]
}

import Facts

/// What a scanner takes from a row. The first ten are counts and index ``ScannedRow/counts``.
enum RowField: UInt8 {
  /// All prompt tokens, cached ones included.
  case input
  case output
  case cacheRead
  case cacheWrite
  case cacheWriteHour
  case reasoning
  case inputAudio
  case outputAudio
  case webSearches
  case requests
  case time
  case provider
  case model
  case mode
  case charged
  case key
  case id
  /// The first of the labels that the report asks for; the others follow.
  case label0
  case label1
  case label2
  case label3
  // Objects that hold fields.
  case usage
  case promptDetails
  case completionDetails
  case cacheCreation
  case serverTools
  case labels
  /// A value that no report needs: checked and passed over.
  case other

  static let counts = 10
  static let mostLabels = 4

  var bit: UInt32 { 1 &<< UInt32(rawValue) }
  var isCount: Bool { rawValue < UInt8(Self.counts) }
  var isObject: Bool { rawValue >= Self.usage.rawValue && rawValue <= Self.labels.rawValue }

  /// The place of a text among ``ScannedRow/texts``; nil for what is no text.
  var textPlace: Int? {
    switch self {
    case .provider: 0
    case .model: 1
    case .key: 2
    case .id: 3
    case .label0, .label1, .label2, .label3: Int(rawValue &- Self.label0.rawValue) &+ 4
    default: nil
    }
  }

  /// The name that messages call it by: the key of the canonical row.
  var name: String {
    switch self {
    case .input: "input"
    case .output: "output"
    case .cacheRead: "cache_read"
    case .cacheWrite: "cache_write"
    case .cacheWriteHour: "cache_write_1h"
    case .reasoning: "reasoning"
    case .inputAudio: "input_audio"
    case .outputAudio: "output_audio"
    case .webSearches: "web_searches"
    case .requests: "requests"
    case .time: "time"
    case .provider: "provider"
    case .model: "model"
    case .mode: "mode"
    case .charged: "charged_usd"
    case .key: "key"
    case .id: "id"
    case .label0, .label1, .label2, .label3, .labels: "tags"
    case .usage: "usage"
    case .promptDetails: "prompt_tokens_details"
    case .completionDetails: "completion_tokens_details"
    case .cacheCreation: "cache_creation"
    case .serverTools: "server_tool_use"
    case .other: "a value"
    }
  }

  /// The unit that the count of a field counts; nil for `requests`, which are billed only where a price names them.
  var unit: BillableUnit? {
    switch self {
    case .input: .input
    case .output: .output
    case .cacheRead: .cacheRead
    case .cacheWrite: .cacheWrite
    case .cacheWriteHour: .cacheWriteHour
    case .reasoning: .reasoning
    case .inputAudio: .audioInput
    case .outputAudio: .audioOutput
    case .webSearches: .webSearch
    default: nil
    }
  }
}

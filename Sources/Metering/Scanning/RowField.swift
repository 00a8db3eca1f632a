import Facts

/// What a scanner takes from a row. The first ones are counts and index ``ScannedRow/counts``.
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
  /// A log's own sum of prompt and answer.
  case total
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
  case answerDetails
  case labels
  /// A value that no report needs: checked and passed over.
  case other
  /// A value that changes what others mean; only the reader of the format can tell.
  case odd

  static let counts = 11
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

  /// The counts that are pieces of a unit, with the unit.
  static let units: [(field: RowField, unit: BillableUnit)] = [
    (.input, .input), (.output, .output), (.cacheRead, .cacheRead), (.cacheWrite, .cacheWrite),
    (.cacheWriteHour, .cacheWriteHour), (.reasoning, .reasoning), (.inputAudio, .audioInput),
    (.outputAudio, .audioOutput), (.webSearches, .webSearch), (.requests, .request),
  ]
}

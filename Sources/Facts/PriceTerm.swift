/// What a provider counts when it bills. Token prices are US dollars per 1,000,000 tokens everywhere in the
/// project, whatever the source wrote; the others are US dollars per piece.
public enum BillableUnit: String, CaseIterable, Hashable, Sendable {
  /// Tokens of the prompt that no cache served.
  case input
  /// Tokens of the answer, reasoning included unless priced apart.
  case output
  case cacheRead = "cache_read"
  /// Tokens written to a cache that lives about 5 minutes, or to the only cache there is.
  case cacheWrite = "cache_write"
  case cacheWriteHour = "cache_write_1h"
  case reasoning
  case audioInput = "audio_input"
  case audioOutput = "audio_output"
  case request

  /// How many pieces one price buys: 1,000,000 tokens, or 1 request.
  public var piecesPerPrice: Int64 { self == .request ? 1 : 1_000_000 }

  public var title: String {
    switch self {
    case .input: "Input"
    case .output: "Output"
    case .cacheRead: "Cache read"
    case .cacheWrite: "Cache write"
    case .cacheWriteHour: "Cache write, 1 hour"
    case .reasoning: "Reasoning"
    case .audioInput: "Audio input"
    case .audioOutput: "Audio output"
    case .request: "Request"
    }
  }
}

/// How a request is processed, where the provider prices that apart.
public enum PriceMode: String, CaseIterable, Hashable, Sendable {
  case standard
  case batch
  case flex
  case priority
  /// A discount at some hours; only the hours' own calendar says when.
  case offPeak = "off_peak"
}

/// One line of a price list: which unit, in which mode, above which prompt length.
public struct PriceTerm: Hashable, Sendable {
  public let unit: BillableUnit
  public let mode: PriceMode
  /// The tier's limit: the price holds for requests with *more* prompt tokens than this; nil is the base price.
  public let above: TokenCount?

  public init(_ unit: BillableUnit, mode: PriceMode = .standard, above: TokenCount? = nil) {
    self.unit = unit
    self.mode = mode
    self.above = above
  }

  /// `price.input`, `price.output.batch`, `price.input.above_200000`.
  public var text: String {
    var text = "price." + unit.rawValue
    if mode != .standard { text += "." + mode.rawValue }
    if let above { text += ".above_\(above.tokens)" }
    return text
  }

  public var title: String {
    var title = unit.title + " price"
    if mode != .standard { title += ", " + mode.rawValue.replacing("_", with: "-") }
    if let above { title += ", above \(above.tokens) tokens" }
    return title
  }
}

/// How a tier reprices a request that passes its limit.
public enum TierSemantics: String, Hashable, Sendable {
  /// Every token of the request is billed at the higher price.
  case cliff
  /// Only the tokens above the limit are.
  case marginal
}

import Facts

/// What a product counts, as far as a month of its traffic has a shape of its own.
public enum ProductKind: String, CaseIterable, Hashable, Sendable {
  case chat
  case embedding
  case moderation
  case rerank
  /// Speech into text.
  case transcription
  /// Text into speech.
  case speech
  case image
  case video
  /// Speech into speech, billed by tokens of sound.
  case realtimeAudio = "realtime_audio"
  case ocr
}

extension Workload {
  /// The usual month of a product: what each surface prices where a reader says nothing of the traffic.
  public static func usual(for kind: ProductKind) -> Workload {
    func month(
      input: Int64 = 0, output: Int64 = 0, requests: Int64, _ others: [BillableUnit: Int64] = [:],
      measure: Measure = .everything
    ) -> Workload {
      Workload(
        inputTokens: TokenCount(input), outputTokens: TokenCount(output), requests: requests, others: others,
        measure: measure)
    }
    switch kind {
    case .chat: return usual
    case .embedding, .moderation: return month(input: 800_000_000, requests: 1_000_000)
    case .rerank:
      return month(
        input: 800_000_000, requests: 1_000_000, [.rerankSearch: 1_000_000], measure: .searchesOrTokens)
    // A minute a request.
    case .transcription:
      return month(requests: 100_000, [.audioSecond: 6_000_000, .audioInputSecond: 6_000_000])
    case .speech: return month(requests: 100_000, [.inputCharacter: 100_000_000])
    case .image: return month(requests: 10_000, [.image: 10_000])
    // Ten seconds a request.
    case .video: return month(requests: 1_000, [.videoSecond: 10_000])
    case .realtimeAudio:
      return month(
        input: 100_000_000, output: 100_000_000, requests: 100_000,
        [.audioInput: 100_000_000, .audioOutput: 100_000_000], measure: .soundTokens)
    case .ocr: return month(requests: 100_000, [.documentPage: 100_000])
    }
  }
}

/// What a reader says of a month; the rest is usual for the product.
public struct Traffic: Hashable, Sendable {
  public var inputTokens: TokenCount?
  public var outputTokens: TokenCount?
  /// At least 1.
  public var requests: Int64?
  /// Of the input tokens.
  public var cached: Share?
  public var batch: Share?
  public var hours: TrafficHours?
  public var conditions: Set<PriceCondition> = []
  /// Pieces of units that are not tokens of text.
  public var amounts: [BillableUnit: Int64] = [:]

  public init() {}

  /// Nothing is said.
  public static let usual = Traffic()

  /// That very month, whatever the product.
  public init(_ workload: Workload) {
    inputTokens = workload.inputTokens
    outputTokens = workload.outputTokens
    requests = workload.requests
    exact = workload
  }

  /// A month that was stated whole.
  private var exact: Workload?

  /// The month of a product of some kind. What is stated in another measure than a product has is used beside what is usual.
  public func workload(for kind: ProductKind) -> Workload {
    if let exact { return exact }
    let usual = Workload.usual(for: kind)
    guard self != .usual else { return usual }
    var others = usual.others
    for (unit, pieces) in amounts {
      others[unit] = pieces
      // Sound that is heard is sound.
      if unit == .audioSecond { others[.audioInputSecond] = pieces }
    }
    if usual.measure == .soundTokens {
      others[.audioInput] = inputTokens?.tokens ?? usual.inputTokens.tokens
      others[.audioOutput] = outputTokens?.tokens ?? usual.outputTokens.tokens
    }
    let plain = Workload(
      inputTokens: inputTokens ?? usual.inputTokens, outputTokens: outputTokens ?? usual.outputTokens,
      requests: requests ?? amounts[.rerankSearch] ?? usual.requests, others: others,
      batchShare: batch ?? .none, hours: hours ?? .spread, conditions: conditions, measure: usual.measure)
    return cached.map(plain.cached) ?? plain
  }

  /// Whether the reader says at which hours the traffic falls.
  public var saysHours: Bool { hours != nil }
}

/// A measure that a reader may state beside text tokens, with the key of options and addresses.
public enum TrafficMeasure: String, CaseIterable, Sendable {
  case images
  case searches
  case audioMinutes = "audio_minutes"
  case characters
  case pages
  case videoSeconds = "video_seconds"

  public var unit: BillableUnit {
    switch self {
    case .images: .image
    case .searches: .rerankSearch
    case .audioMinutes: .audioSecond
    case .characters: .inputCharacter
    case .pages: .documentPage
    case .videoSeconds: .videoSecond
    }
  }

  /// Pieces of the unit in one.
  public var piecesEach: Int64 { self == .audioMinutes ? 60 : 1 }

  /// As it stands in an option: `--audio-minutes`.
  public var option: String { rawValue.replacing("_", with: "-") }

  /// Pieces of the unit in so many; nil for more than is believed.
  public func pieces(_ count: Int64) -> Int64? {
    let (pieces, overflow) = count.multipliedReportingOverflow(by: piecesEach)
    return overflow || pieces > Usage.most ? nil : pieces
  }
}

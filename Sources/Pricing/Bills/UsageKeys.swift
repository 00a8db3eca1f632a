import Facts

extension BillableUnit {
  /// The key under which `llmref cost --usage` and canonical usage rows count the unit; plural where pieces are counted.
  public var usageKey: String {
    switch self {
    case .audioInput: "input_audio"
    case .audioOutput: "output_audio"
    case .imageInput: "input_image"
    case .imageOutput: "output_image"
    case .videoInput: "input_video"
    case .videoOutput: "output_video"
    case .request: "requests"
    case .citation: "citations"
    case .webSearch: "web_searches"
    case .storageSearch: "storage_searches"
    case .documentPage: "document_pages"
    case .annotatedPage: "annotated_pages"
    case .audioSecond: "audio_seconds"
    case .audioInputSecond: "input_audio_seconds"
    case .inputCharacter: "input_characters"
    case .textMessage: "text_messages"
    case .image: "images"
    case .videoSecond: "video_seconds"
    case .codeSession: "code_sessions"
    case .mapsSearch: "maps_searches"
    case .rerankSearch: "rerank_searches"
    case .outputCharacter: "output_characters"
    case .imageRead: "images_read"
    case .videoInputSecond: "input_video_seconds"
    case .cacheStorage: "cache_storage_token_hours"
    case .input, .output, .cacheRead, .cacheWrite, .cacheWriteHour, .cacheWriteHalfDay, .cacheWriteAudio,
      .reasoning, .cacheReadAudio, .cacheReadImage:
      rawValue
    }
  }

  public init?(usageKey: String) {
    guard let unit = Self.allCases.first(where: { $0.usageKey == usageKey }) else { return nil }
    self = unit
  }
}

/// What a provider counts when it bills.
///
/// The field's tokens are nested: cached, audio and picture tokens are part of the input, reasoning and audio tokens part of
/// the output. A unit that a route does not price is billed as the unit it is part of; see ``wider``.
public enum BillableUnit: String, CaseIterable, Hashable, Sendable {
  /// Tokens of the prompt that no other unit prices apart.
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
  /// A call, whatever its length.
  case request
  case imageInput = "image_input"
  case imageOutput = "image_output"
  case videoInput = "video_input"
  case videoOutput = "video_output"
  case cacheReadAudio = "cache_read_audio"
  case cacheReadImage = "cache_read_image"
  /// Tokens of cited passages in an answer.
  case citation
  case webSearch = "web_search"
  /// A search in documents that the provider stores.
  case storageSearch = "storage_search"
  case documentPage = "document_page"
  case annotatedPage = "annotated_page"
  /// A second of sound, heard or spoken; priced per hour.
  case audioSecond = "audio_second"
  /// A second of sound heard; priced per hour.
  case audioInputSecond = "audio_input_second"
  case inputCharacter = "input_character"
  case textMessage = "text_message"
  /// A picture made.
  case image
  /// A second of video made.
  case videoSecond = "video_second"
  /// Tokens written to a cache that lives about 12 hours.
  case cacheWriteHalfDay = "cache_write_12h"
  /// Sound tokens written to a cache.
  case cacheWriteAudio = "cache_write_audio"
  /// Tokens that a provider keeps in a cache for an hour; never a cache write.
  case cacheStorage = "cache_storage"
  /// A session of the provider's own code interpreter.
  case codeSession = "code_session"
  /// An answer grounded in the provider's maps.
  case mapsSearch = "maps_search"
  /// A query with the documents to rank, up to the number that the provider counts as one.
  case rerankSearch = "rerank_search"
  case outputCharacter = "output_character"
  /// A picture read.
  case imageRead = "image_read"
  /// A second of video read.
  case videoInputSecond = "video_input_second"

  /// How many pieces one price buys: 1,000,000 tokens or characters, an hour of sound in seconds, else one piece.
  public var piecesPerPrice: Int64 {
    switch self {
    case .request, .webSearch, .storageSearch, .documentPage, .annotatedPage, .textMessage, .image,
      .videoSecond, .codeSession, .mapsSearch, .rerankSearch, .imageRead, .videoInputSecond:
      1
    case .audioSecond, .audioInputSecond: 3600
    default: 1_000_000
    }
  }

  /// What one price buys, in words.
  public var priceUnit: String {
    switch self {
    case .request: "per request"
    case .webSearch, .storageSearch, .mapsSearch, .rerankSearch: "per search"
    case .codeSession: "per session"
    case .cacheStorage: "per 1M tokens and hour"
    case .documentPage, .annotatedPage: "per page"
    case .textMessage: "per message"
    case .image, .imageRead: "per picture"
    case .videoSecond, .videoInputSecond: "per second"
    case .audioSecond, .audioInputSecond: "per hour"
    case .inputCharacter, .outputCharacter: "per 1M characters"
    default: "per 1M tokens"
    }
  }

  /// The units that this one is part of, nearest first; empty for a unit that stands alone.
  public var wider: [BillableUnit] {
    switch self {
    case .cacheRead, .cacheWrite, .audioInput, .imageInput, .videoInput: [.input]
    case .cacheWriteHour, .cacheWriteHalfDay: [.cacheWrite, .input]
    case .cacheWriteAudio: [.cacheWrite, .audioInput, .input]
    case .cacheReadAudio: [.cacheRead, .audioInput, .input]
    case .cacheReadImage: [.cacheRead, .imageInput, .input]
    case .reasoning, .audioOutput, .imageOutput, .videoOutput, .citation: [.output]
    case .audioInputSecond: [.audioSecond]
    case .annotatedPage: [.documentPage]
    default: []
    }
  }

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
    case .imageInput: "Image input"
    case .imageOutput: "Image output"
    case .videoInput: "Video input"
    case .videoOutput: "Video output"
    case .cacheReadAudio: "Cache read, audio"
    case .cacheReadImage: "Cache read, image"
    case .citation: "Citation"
    case .webSearch: "Web search"
    case .storageSearch: "Storage search"
    case .documentPage: "Document page"
    case .annotatedPage: "Annotated page"
    case .audioSecond: "Audio"
    case .audioInputSecond: "Audio input time"
    case .inputCharacter: "Input characters"
    case .textMessage: "Text message"
    case .image: "Picture"
    case .videoSecond: "Video"
    case .cacheWriteHalfDay: "Cache write, 12 hours"
    case .cacheWriteAudio: "Cache write, audio"
    case .cacheStorage: "Cache storage"
    case .codeSession: "Code interpreter session"
    case .mapsSearch: "Maps search"
    case .rerankSearch: "Rerank search"
    case .outputCharacter: "Output characters"
    case .imageRead: "Picture read"
    case .videoInputSecond: "Video read"
    }
  }
}

import Cataloguing
import Facts
import Pricing

extension ProductType {
  /// What a product of the type counts; nil for sound, where its prices and its name say.
  var kind: ProductKind? {
    switch self {
    case .codingSpecialized, .standaloneAPI, .agent, .openWeights: .chat
    case .embedding: .embedding
    case .rerank: .rerank
    case .image: .image
    case .video: .video
    case .moderation: .moderation
    case .ocr: .ocr
    case .audio: nil
    }
  }

  /// What the model counts: its own type says, and of sound what its routes price, else a word of its name.
  public func kind(of model: Model) -> ProductKind {
    if let kind { return kind }
    var priced: Set<BillableUnit> = []
    for route in model.routes { priced.formUnion(route.prices.terms.keys.map(\.unit)) }
    let words = Self.words(model.id.slug)
    func says(_ marks: [String]) -> Bool {
      words.contains { word in marks.contains { word.hasPrefix($0) } }
    }
    if says(["whisper", "transcri", "asr", "stt", "scribe"]) { return .transcription }
    if says(["tts"]) || priced.contains(.inputCharacter) { return .speech }
    if priced.contains(.audioInputSecond) || priced.contains(.audioSecond) { return .transcription }
    return .realtimeAudio
  }
}

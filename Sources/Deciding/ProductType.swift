import Cataloguing
import Facts

/// What kind of product a model is; comparisons across kinds say so before anything else.
public enum ProductType: String, CaseIterable, Hashable, Sendable {
  case codingSpecialized = "coding-specialized model"
  case standaloneAPI = "standalone API model"
  case embedding = "embedding model"
  case rerank = "rerank model"
  case image = "image model"
  case video = "video model"
  case audio = "audio model"
  case moderation = "moderation model"
  case ocr = "OCR model"
  case agent = "agent product"
  case openWeights = "open-weights model"

  /// Whole words of a name or family that say coding; `Decoder` is none of them.
  static let codingWords: Set<String> = [
    "codex", "coder", "code", "codestral", "devstral", "codellama", "starcoder", "codegemma", "codeqwen",
    "codegen",
  ]

  static func saysCoding(_ text: String) -> Bool {
    guard hintsAtCoding(text.utf8) else { return false }
    return words(text).contains {
      codingWords.contains($0)
        || codingWords.contains(String($0.reversed().drop(while: \.isNumber).reversed()))
    }
  }

  /// Whether the letters c-o-d, or d-e-v-s of Devstral, stand anywhere: every coding word has them, most names do not.
  private static func hintsAtCoding(_ bytes: String.UTF8View) -> Bool {
    var (first, second, third): (UInt8, UInt8, UInt8) = (0, 0, 0)
    for byte in bytes {
      let letter = byte | 0x20
      if second == UInt8(ascii: "c"), third == UInt8(ascii: "o"), letter == UInt8(ascii: "d") { return true }
      if first == UInt8(ascii: "d"), second == UInt8(ascii: "e"), third == UInt8(ascii: "v"),
        letter == UInt8(ascii: "s")
      {
        return true
      }
      (first, second, third) = (second, third, letter)
    }
    return false
  }

  static func words(_ text: String) -> [String] {
    text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
  }

  /// The kind that a source's own words mean.
  static func stated(_ text: String) -> ProductType? {
    if let exact = ProductType(rawValue: text) { return exact }
    let lowered = text.lowercased()
    if saysCoding(lowered) || lowered.contains("coding") { return .codingSpecialized }
    let marks: [(String, ProductType)] = [
      ("embedding", .embedding), ("rerank", .rerank), ("image", .image), ("video", .video), ("audio", .audio),
      ("speech", .audio),
      ("moderation", .moderation), ("agent", .agent), ("open-weights", .openWeights),
      ("api model", .standaloneAPI),
    ]
    return marks.first { lowered.contains($0.0) }?.1
  }

  /// The kind of a model known in short.
  public init(_ summary: ModelSummary) {
    let stated = summary.productType.flatMap(Self.stated)
    if stated == .codingSpecialized || Self.saysCoding(summary.name) || Self.saysCoding(summary.family ?? "")
      || Self.saysCoding(summary.id.slug)
    {
      self = .codingSpecialized
    } else {
      self = stated ?? (summary.routes == 0 ? .openWeights : .standaloneAPI)
    }
  }

  /// The kind of a model, with the facts that say so.
  public static func of(_ model: Model) -> Conclusion<ProductType> {
    let claim = model[.productType].text
    if let stated = claim.value.flatMap(stated), stated == .codingSpecialized, let evidence = claim.evidence {
      return Conclusion(.codingSpecialized, because: evidence.agreeing, rule: "a source says so")
    }
    for field in [Field.name, .family] {
      if let text = model[field].value?.text, saysCoding(text), let evidence = model[field].evidence {
        return Conclusion(
          .codingSpecialized, because: evidence.agreeing,
          rule: "a whole word of the \(field.title.lowercased()) says coding")
      }
    }
    if saysCoding(model.name) || saysCoding(model.id.slug) {
      return Conclusion(
        .codingSpecialized, because: model.routes.first?.listing ?? [],
        rule: "a whole word of the name says coding")
    }
    if let stated = claim.value.flatMap(stated), let evidence = claim.evidence {
      return Conclusion(stated, because: evidence.agreeing, rule: "a source says so")
    }
    if model.routes.isEmpty, let open = model[.openness].evidence,
      model[.openness].value?.text != Openness.proprietary.rawValue
    {
      return Conclusion(.openWeights, because: open.agreeing, rule: "open weights and no tracked route")
    }
    return Conclusion(
      .standaloneAPI, because: model.routes.flatMap(\.listing), rule: "served by an API under its own name")
  }
}

/// A conclusion with the citations of the facts it rests on and the rule that drew it.
public struct Conclusion<Value: Sendable>: Sendable {
  public let value: Value
  public let citations: [Citation]
  public let rule: String

  public init(_ value: Value, because citations: [Citation], rule: String) {
    self.value = value
    var seen: Set<Citation> = []
    self.citations = citations.filter { seen.insert($0).inserted }
    self.rule = rule
  }
}

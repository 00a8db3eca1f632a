import Facts

/// What stands behind a colon or an at sign.
extension ParsedID {
  /// - Returns: the number behind a last colon, which is a version at Bedrock, and whether a size stood behind one.
  static func takeMarks(from text: inout String, into attributes: inout RouteAttributes) -> (
    version: String?, isTagged: Bool
  ) {
    var version: String?
    var isTagged = false
    while let colon = text.lastIndex(of: ":"), colon > text.startIndex {
      let mark = String(text[text.index(after: colon)...])
      guard !mark.contains("/") else {
        // A provider prefix such as `openrouter:lab/model`.
        text = mark
        continue
      }
      text = String(text[..<colon])
      // Behind another mark, `:thinking:mini`, a word is no size.
      if !sizes.contains(mark) || !text.contains(":"), let tag = tag(mark, into: &attributes) {
        text += "-" + tag
        isTagged = true
        break
      }
      switch mark {
      case "free": attributes.isFree = true
      case "latest", "default", "standard", "": break
      case _ where mark.allSatisfy(\.isNumber): version = mark
      case _
      where isFileQuantisation(mark)
        || mark.hasPrefix("ud-") && isFileQuantisation(String(mark.dropFirst(3))):
        attributes.quantisation = mark
      default: attributes.mode = mark
      }
    }
    if let at = text.lastIndex(of: "@"), at > text.startIndex, !text[at...].contains("/") {
      let mark = String(text[text.index(after: at)...])
      text = String(text[..<at])
      let first = mark.prefix { $0 != "-" }
      if mark.count == 10, (try? CalendarDate(parsing: mark)) != nil {
        // A release of the model: `gpt-4o@2024-05-13`.
        text += "-" + mark
      } else if first.count == 3, first.allSatisfy(\.isNumber) {
        // Google numbers its stable versions: `textembedding-gecko@003`.
        attributes.release = String(first)
      } else if first.count == 8 || first.count == 4, first.allSatisfy(\.isNumber) {
        // Vertex: `claude-…@20250929`, `mistral-large@2407`, `mistral-large@2411-001`.
        text += "-" + first
      } else if isEffort(mark) {
        attributes.mode = mark
      } else if isRegion(mark) {
        attributes.region = mark
      } else if !mark.isEmpty, mark != "default", mark != "latest" {
        attributes.variant = mark
      }
    }
    return (version, isTagged)
  }

  /// Ollama writes size or release behind the colon, and `-cloud` when it serves the model itself: `gpt-oss:120b-cloud`,
  /// `deepseek-v4-flash:0731`. They are part of the name: `gpt-oss:20b` is another model.
  private static func tag(_ mark: String, into attributes: inout RouteAttributes) -> String? {
    var parts = mark.split(separator: "-").map(String.init)
    guard let size = parts.first,
      isSize(size) || size.first == "e" && isSize(String(size.dropFirst())) || sizes.contains(size)
        || size.count == 4 && size.first == "0" && size.allSatisfy(\.isNumber)
    else { return nil }
    while let last = parts.last, parts.count > 1 {
      if last == "cloud" {
        attributes.variant = "cloud"
      } else if isFileQuantisation(last) {
        attributes.quantisation = attributes.quantisation ?? last
      } else {
        break
      }
      parts.removeLast()
    }
    return parts.joined(separator: "-")
  }

  /// Sizes that a model names in words: `phi3:mini`.
  private static let sizes: Set<String> = ["mini"]

  /// A quantisation as files of weights name it: `q4_K_M`, `iq2_xs`, `fp16`.
  static func isFileQuantisation(_ text: String) -> Bool {
    let text = text.lowercased()
    if ["fp16", "bf16", "f16", "f32", "fp32"].contains(text) { return true }
    let digits = text.hasPrefix("iq") ? text.dropFirst(2) : text.hasPrefix("q") ? text.dropFirst() : ""
    guard let first = digits.first, ("1"..."8").contains(first), digits.count <= 6 else { return false }
    let rest = digits.dropFirst()
    return rest.isEmpty || rest.first == "_" && rest.allSatisfy { "_ksmlxn01t".contains($0) }
  }

  /// Takes the quantisation and the kind of file off a name: `Qwen2.5-VL-7B-Instruct-Q4_K_M`, `….Q8_0.gguf`.
  static func takeFileMarks(from name: inout String, into attributes: inout RouteAttributes) {
    if name.hasSuffix(".gguf") { name.removeLast(".gguf".count) }
    while let place = name.lastIndex(where: { $0 == "-" || $0 == "." }), place > name.startIndex {
      let tail = String(name[name.index(after: place)...])
      guard isFileQuantisation(tail) else { return }
      attributes.quantisation = attributes.quantisation ?? tail
      name = String(name[..<place])
    }
  }

  /// What may stand before any id.
  static let beginnings = [
    "~", "https://huggingface.co/", "huggingface.co/", "hf.co/", "hf:", "azureml://", "models/",
    "publishers/",
    "system.ai.",
  ]

  /// Takes the size of the window off an id: Claude Code writes `claude-sonnet-4-5[1m]`.
  static func takeWindow(from text: inout String, into attributes: inout RouteAttributes) {
    guard text.hasSuffix("]"), let open = text.lastIndex(of: "["), open > text.startIndex else { return }
    let window = text[text.index(after: open)...].dropLast()
    guard let unit = window.last, unit == "m" || unit == "k", window.count > 1,
      window.dropLast().allSatisfy(\.isNumber)
    else { return }
    attributes.variant = String(window)
    text = String(text[..<open])
  }

  /// `registries/azure-openai/models/gpt-4o/versions/2024-08-06` is gpt-4o of that day; a short version is the registry's own.
  static func takeRegistry(from text: inout String) {
    guard let range = text.firstRange(of: "/versions/") else { return }
    let version = text[range.upperBound...]
    guard !version.contains("/") else { return }
    let isRelease = version.count >= 4 && version.first?.isNumber == true
    text = text[..<range.lowerBound] + (isRelease ? "-" + version : "")
  }

  /// `120b`, `1t`, `0.6b`: how many parameters a name states.
  static func isSize(_ token: String) -> Bool {
    guard let unit = token.last, unit == "b" || unit == "t" || unit == "m", token.first?.isNumber == true
    else {
      return false
    }
    return token.dropLast().allSatisfy { $0.isNumber || $0 == "." || $0 == "x" }
  }
}

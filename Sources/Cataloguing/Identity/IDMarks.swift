/// What stands behind a colon or an at sign.
extension ParsedID {
  /// - Returns: the number behind a last colon, which is a version at Bedrock.
  static func takeMarks(from text: inout String, into attributes: inout RouteAttributes) -> String? {
    var version: String?
    while let colon = text.lastIndex(of: ":"), colon > text.startIndex {
      let mark = String(text[text.index(after: colon)...])
      guard !mark.contains("/") else {
        // A provider prefix such as `openrouter:lab/model`.
        text = mark
        continue
      }
      text = String(text[..<colon])
      if let tag = tag(mark, into: &attributes) {
        text += "-" + tag
        break
      }
      switch mark {
      case "free": attributes.isFree = true
      case "latest", "default", "standard", "": break
      case _ where mark.allSatisfy(\.isNumber): version = mark
      default: attributes.mode = mark
      }
    }
    if let at = text.lastIndex(of: "@"), at > text.startIndex, !text[at...].contains("/") {
      let mark = String(text[text.index(after: at)...])
      text = String(text[..<at])
      let first = mark.prefix { $0 != "-" }
      if first.count == 8 || first.count == 4, first.allSatisfy(\.isNumber) {
        // Vertex: `claude-…@20250929`, `mistral-large@2407`, `mistral-large@2411-001`.
        text += "-" + first
      } else if isRegion(mark) {
        attributes.region = mark
      } else if mark != "default", mark != "latest" {
        attributes.variant = mark
      }
    }
    return version
  }

  /// Ollama writes size or release behind the colon, and `-cloud` when it serves the model itself: `gpt-oss:120b-cloud`,
  /// `deepseek-v4-flash:0731`. They are part of the name: `gpt-oss:20b` is another model.
  private static func tag(_ mark: String, into attributes: inout RouteAttributes) -> String? {
    var parts = mark.split(separator: "-").map(String.init)
    guard let size = parts.first,
      isSize(size) || size.count == 4 && size.first == "0" && size.allSatisfy(\.isNumber)
    else { return nil }
    if parts.last == "cloud" {
      attributes.variant = "cloud"
      parts.removeLast()
    }
    return parts.joined(separator: "-")
  }

  /// `120b`, `1t`, `0.6b`: how many parameters a name states.
  static func isSize(_ token: String) -> Bool {
    guard let unit = token.last, unit == "b" || unit == "t" || unit == "m", token.first?.isNumber == true
    else {
      return false
    }
    return token.dropLast().allSatisfy { $0.isNumber || $0 == "." }
  }
}

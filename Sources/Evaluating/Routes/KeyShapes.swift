import TextFormats

/// Recognises keys that somebody wrote into a file by mistake, so that they never reach a store, a log or a report.
enum KeyShapes {
  /// Headers that carry keys.
  static func isKeyHeader(_ header: String) -> Bool {
    let name = header.lowercased()
    return ["authorization", "proxy-authorization", "cookie", "x-api-key", "api-key", "x-goog-api-key"]
      .contains(name)
      || name.hasSuffix("-api-key") || name.hasSuffix("-token") || name.hasSuffix("-secret")
  }

  /// Members of a body that carry keys; `max_tokens` and its like carry counts.
  static func isKeyName(_ name: String) -> Bool {
    let name = name.lowercased()
    return [
      "api_key", "apikey", "api-key", "access_token", "auth_token", "secret", "password", "authorization",
    ]
    .contains(name)
  }

  /// The beginnings that vendors give their keys, with enough after them to be one: `sk-…` of OpenAI, Anthropic (`sk-ant-…`) and
  /// OpenRouter (`sk-or-…`), `AIza…` of Google, `gsk_…` of Groq, `xai-…`, `hf_…` of Hugging Face; and what follows `Bearer`.
  static func looksLikeKey(_ text: String) -> Bool {
    let lower = text.lowercased()
    if lower.hasPrefix("bearer ") || lower.hasPrefix("basic ") { return true }
    for beginning in ["sk-", "AIza", "gsk_", "xai-", "hf_", "pplx-", "nvapi-", "r8_"] {
      var rest = text[...]
      while let found = rest.range(of: beginning) {
        let before = found.lowerBound == text.startIndex ? nil : text[text.index(before: found.lowerBound)]
        let body = text[found.upperBound...].prefix {
          $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_")
        }
        if body.utf8.count >= 16, before.map({ !$0.isLetter && !$0.isNumber }) ?? true { return true }
        rest = text[found.upperBound...]
      }
    }
    return false
  }

  static func holdsKey(_ value: JSONValue) -> Bool {
    switch value {
    case .string(let text): looksLikeKey(text)
    case .array(let values): values.contains(where: holdsKey)
    case .object(let object): object.members.contains { isKeyName($0.key) || holdsKey($0.value) }
    case .null, .bool, .number: false
    }
  }
}

extension Substring {
  /// The first place of a text in this one.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}

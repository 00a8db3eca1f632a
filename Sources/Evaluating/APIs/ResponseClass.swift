import TextFormats

/// What the status of a response means before its body is read.
package enum ResponseClass {
  /// nil for a response whose body is the reply. Classes are those of RFC 9110 section 15; 529 is Anthropic's "overloaded"
  /// (https://platform.claude.com/docs/en/api/errors).
  package static func failure(status: Int) -> FailureClass? {
    switch status {
    case 200..<300: nil
    case 300..<400: .redirected
    case 429: .rateLimited
    case 400..<500: .rejected
    case 500..<600: .server
    default: .malformed
    }
  }

  /// Whether the same request may be sent again: 408, 409, 429, 5xx, and what a connection or a stream did. A request that was
  /// not taken as such is never sent again, nor one whose answer came and is wrong.
  package static func mayBeTriedAgain(_ failure: FailureClass, status: Int?) -> Bool {
    switch failure {
    case .rateLimited, .server, .refused, .timeout, .truncated, .malformed, .dropped, .errorInStream:
      // Bytes that are no reply come again from a server that took the request and answered otherwise.
      return failure != .malformed || status == nil || status.map { (200..<300).contains($0) } == true
    case .rejected: return status == 408 || status == 409
    case .redirected, .oversize, .contradictory, .lost, .cancelled: return false
    }
  }

  /// Whether a server of chat completions refused the question for usage: then the request is asked once without it.
  package static func refusesUsageQuestion(status: Int, body: String) -> Bool {
    (status == 400 || status == 422)
      && (body.contains("stream_options") || body.contains("include_usage"))
  }

  /// What the body of a refused request says, in one short line; nil for a body that says nothing in words.
  package static func words(_ body: [UInt8]) -> String? {
    if let value = try? JSONReader.read(body) {
      return ReplyProblem.text(value) ?? value["detail"]?.string ?? value["message"]?.string
    }
    let text = String(decoding: body.prefix(300), as: UTF8.self)
    return text.isEmpty || text.hasPrefix("<") ? nil : text
  }
}

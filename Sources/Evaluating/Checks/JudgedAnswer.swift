/// An answer as checks see it.
package struct JudgedAnswer: Hashable, Sendable {
  /// The text without reasoning.
  package let text: String
  package let toolCalls: [StoredAnswer.ToolCall]

  package init(text: String, toolCalls: [StoredAnswer.ToolCall] = []) {
    self.text = text
    self.toolCalls = toolCalls
  }

  /// Unicode scalars that checks read; longer answers are not checked, so that no answer takes all the time.
  package static let mostScalars = 1 << 20

  /// The text without white space around it.
  var trimmed: String {
    var scalars = Substring(text).unicodeScalars
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return String(scalars)
  }
}

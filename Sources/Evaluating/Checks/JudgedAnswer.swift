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
}

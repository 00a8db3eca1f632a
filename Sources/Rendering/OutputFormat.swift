import Documents

/// The forms a document can take. A renderer lays out; it never words.
public enum OutputFormat: String, CaseIterable, Sendable {
  case terminal
  case markdown
  case html
  case json

  /// - Parameter terminal: width and colour, used by the terminal form alone.
  public func render(_ document: Document, terminal: TerminalStyle = .plain) -> [UInt8] {
    switch self {
    case .terminal: TerminalRenderer(style: terminal).render(document)
    case .markdown: MarkdownRenderer().render(document)
    case .html: HTMLRenderer().render(document)
    case .json: JSONRenderer().render(document)
    }
  }
}

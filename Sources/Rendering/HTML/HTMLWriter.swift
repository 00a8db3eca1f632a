import Documents
import Facts

/// Writes HTML as bytes. `raw` takes literals only; everything that comes at run time goes through `text` or
/// `attribute`, which escape.
struct HTMLWriter {
  private(set) var buffer = ByteBuffer(capacity: 64 * 1024)

  mutating func raw(_ literal: StaticString) { buffer.raw(literal) }

  /// Text between tags.
  mutating func text(_ text: some StringProtocol) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": buffer.raw("&lt;")
      case ">": buffer.raw("&gt;")
      case "&": buffer.raw("&amp;")
      case "\"": buffer.raw("&quot;")
      case "'": buffer.raw("&#39;")
      case _ where !scalar.isHarmless && scalar != "\n": buffer.raw("\u{FFFD}")
      default: buffer.escaped(String(scalar))
      }
    }
  }

  /// A whole attribute with its value: ` title="…"`.
  mutating func attribute(_ name: StaticString, _ value: some StringProtocol) {
    raw(" ")
    raw(name)
    raw("=\"")
    text(value)
    raw("\"")
  }

  /// A link where the address is http or https, else the words alone.
  mutating func link(_ address: String, _ words: String) {
    guard let safe = SafeLink(address) else { return text(words) }
    raw("<a rel=\"noopener nofollow\"")
    attribute("href", safe.text)
    raw(">")
    text(words)
    raw("</a>")
  }

  /// JSON inside a script element; the JSON writer escapes `<`.
  mutating func json(_ value: DataValue) {
    for byte in JSONText.write(value) { buffer.byte(byte) }
  }
}

import Documents

/// Writes small XML documents: names are literals, texts and attribute values are escaped.
public struct XMLText {
  private var writer = HTMLWriter(capacity: 16 * 1024)

  public init() { writer.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") }

  public var bytes: [UInt8] { writer.buffer.bytes }

  public mutating func open(_ name: StaticString, _ attributes: [(StaticString, String)] = []) {
    start(name, attributes)
    writer.raw(">\n")
  }

  public mutating func close(_ name: StaticString) {
    writer.raw("</")
    writer.raw(name)
    writer.raw(">\n")
  }

  public mutating func empty(_ name: StaticString, _ attributes: [(StaticString, String)]) {
    start(name, attributes)
    writer.raw("/>\n")
  }

  public mutating func element(
    _ name: StaticString, _ text: String, _ attributes: [(StaticString, String)] = []
  ) {
    start(name, attributes)
    writer.raw(">")
    writer.text(text)
    close(name)
  }

  private mutating func start(_ name: StaticString, _ attributes: [(StaticString, String)]) {
    writer.raw("<")
    writer.raw(name)
    for (name, value) in attributes { writer.attribute(name, value) }
  }
}

/// A flat badge: a word on dark ground, a value on blue.
public enum Badge {
  public static func svg(_ label: String, _ value: String) -> [UInt8] {
    // Verdana at 11 px is about 6.6 px a letter; the text is stretched to the width reserved.
    let left = 10 + label.count * 7
    let right = 10 + value.count * 7
    var xml = XMLText()
    xml.open(
      "svg",
      [
        ("xmlns", "http://www.w3.org/2000/svg"), ("width", "\(left + right)"), ("height", "20"),
        ("role", "img"),
      ])
    xml.element("title", "\(label): \(value)")
    xml.empty("rect", [("width", "\(left)"), ("height", "20"), ("fill", "#2b3240")])
    xml.empty("rect", [("x", "\(left)"), ("width", "\(right)"), ("height", "20"), ("fill", "#0b57a4")])
    for (text, x, width) in [(label, 5, left - 10), (value, left + 5, right - 10)] {
      xml.element(
        "text", text,
        [
          ("x", "\(x)"), ("y", "14"), ("fill", "#fff"), ("font-family", "Verdana,DejaVu Sans,sans-serif"),
          ("font-size", "11"), ("textLength", "\(max(1, width))"),
        ])
    }
    xml.close("svg")
    return xml.bytes
  }
}

import Documents

/// Draws a card as an SVG file of 1200 × 630 pixels, the size of previews: https://ogp.me. It carries plain attributes and no
/// style, so that converters without style sheets draw it the same.
public enum CardDrawing {
  public static let width = 1200
  public static let height = 630

  private static let margin = 72.0
  /// The font whose widths `TextWidth` knows.
  private static let font = "DejaVu Sans, Verdana, sans-serif"
  private static let ink = "#1d2430"
  private static let soft = "#566072"
  private static let line = "#d9dee7"
  private static let accent = "#0b57a4"

  private static let labelWidth = 270.0
  private static let inner = Double(width) - 2 * margin
  private static let gap = 24.0

  public static func svg(_ card: Card) -> [UInt8] {
    var xml = XMLText()
    xml.open(
      "svg",
      [
        ("xmlns", "http://www.w3.org/2000/svg"), ("width", "\(width)"), ("height", "\(height)"),
        ("viewBox", "0 0 \(width) \(height)"), ("role", "img"), ("font-family", font),
        ("aria-label", SceneWriter.lawful(card.title)),
      ])
    xml.empty("rect", [("width", "\(width)"), ("height", "\(height)"), ("fill", "#fff")])
    xml.empty("rect", [("width", "\(width)"), ("height", "12"), ("fill", accent)])
    brand(into: &xml)
    title(card.title, into: &xml)
    table(card, into: &xml)
    text(card.footer, x: margin, y: 592, size: 22, fill: soft, most: inner, into: &xml)
    xml.close("svg")
    return xml.bytes
  }

  private static func brand(into xml: inout XMLText) {
    xml.empty(
      "rect", [("x", "72"), ("y", "54"), ("width", "40"), ("height", "40"), ("rx", "9"), ("fill", accent)])
    xml.empty(
      "path",
      [
        ("d", "M83 64v20h8M95 84V69m6 15V71"), ("fill", "none"), ("stroke", "#fff"), ("stroke-width", "4"),
        ("stroke-linecap", "round"),
      ])
    text("LLM Reference", x: 128, y: 84, size: 26, fill: soft, most: 600, isStrong: true, into: &xml)
  }

  /// One line as large as it fits, else two smaller ones.
  private static func title(_ title: String, into xml: inout XMLText) {
    let one = [60.0, 54, 48].first { TextWidth.of(title, size: $0, isStrong: true) <= inner }
    if let one {
      text(title, x: margin, y: 210, size: one, fill: ink, most: inner, isStrong: true, into: &xml)
      return
    }
    let lines = TextWidth.wrapped(title, to: inner, size: 44, lines: 2, isStrong: true)
    for (place, line) in lines.enumerated() {
      text(
        line, x: margin, y: 184 + Double(place) * 56, size: 44, fill: ink, most: inner, isStrong: true,
        into: &xml)
    }
  }

  private static func table(_ card: Card, into xml: inout XMLText) {
    let count = Double(max(card.columns.count, 1))
    let column = (inner - labelWidth) / count
    let size = count > 2 ? 22.0 : 28
    func left(_ place: Int) -> Double { margin + labelWidth + Double(place) * column }
    for (place, name) in card.columns.enumerated() {
      text(
        name, x: left(place), y: 318, size: size - 4, fill: soft, most: column - gap, isStrong: true,
        into: &xml)
    }
    for (row, entry) in card.rows.enumerated() {
      let top = 336 + Double(row) * 54
      xml.empty(
        "rect",
        [
          ("x", "72"), ("y", SceneWriter.text(top)), ("width", SceneWriter.text(inner)), ("height", "2"),
          ("fill", line),
        ])
      text(entry.label, x: margin, y: top + 37, size: 24, fill: soft, most: labelWidth - gap, into: &xml)
      for (place, value) in entry.values.prefix(card.columns.count).enumerated() {
        let leads = entry.leader == place
        text(
          value, x: left(place), y: top + 37, size: size, fill: leads ? accent : ink, most: column - gap,
          isStrong: leads, into: &xml)
      }
    }
  }

  private static func text(
    _ text: String, x: Double, y: Double, size: Double, fill: String, most: Double, isStrong: Bool = false,
    into xml: inout XMLText
  ) {
    // Every text ends within its room, whatever stands in a name.
    let shown = TextWidth.fitted(text, to: most, size: size, isStrong: isStrong)
    guard !shown.isEmpty else { return }
    var attributes: [(StaticString, String)] = [
      ("x", SceneWriter.text(x)), ("y", SceneWriter.text(y)), ("font-size", SceneWriter.text(size)),
      ("fill", fill),
    ]
    if isStrong { attributes.append(("font-weight", "bold")) }
    xml.element("text", SceneWriter.lawful(shown), attributes)
  }
}

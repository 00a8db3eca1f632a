import Facts

/// Writes a scene as SVG elements: colours by class, dashes and shapes as attributes, no style attribute.
struct SceneWriter {
  private(set) var writer: HTMLWriter

  init(_ writer: HTMLWriter) { self.writer = writer }

  /// Dashes of the eight series, distinct at the width of a telephone; the first is solid.
  private static let dashes: [StaticString] = [
    "", "9 4", "2 4", "12 4 2 4", "16 6", "6 3 1 3 1 3", "5 5", "1 3 6 3",
  ]
  private static let inks: [StaticString] = ["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"]

  mutating func write(_ scene: Scene) {
    for item in scene.items {
      switch item {
      case .path(let spots, let stroke): path(spots, stroke)
      case .bar(let box, let ink, let title): bar(box, ink, title)
      case .mark(let mark): self.mark(mark)
      case .label(let label): self.label(label)
      }
    }
  }

  /// A title or description element with an id, for `aria-labelledby`.
  mutating func described(by id: String, title: String, description: String) {
    writer.raw("<title")
    writer.attribute("id", id + "-title")
    writer.raw(">")
    words(title)
    writer.raw("</title><desc")
    writer.attribute("id", id + "-desc")
    writer.raw(">")
    words(description)
    writer.raw("</desc>\n")
  }

  mutating func words(_ text: String) { writer.text(Self.lawful(text)) }

  mutating func attribute(_ name: StaticString, _ value: String) { writer.attribute(name, value) }

  mutating func endTag() { writer.raw(">\n") }

  mutating func number(_ name: StaticString, _ value: Double) {
    writer.raw(" ")
    writer.raw(name)
    writer.raw("=\"")
    place(value)
    writer.raw("\"")
  }

  /// The same as `text`, written without a text in between: a drawing has hundreds.
  private mutating func place(_ value: Double) {
    guard value.isFinite, abs(value) < 1e9 else { return writer.raw("0") }
    let tenths = Int((value * 10).rounded())
    if tenths < 0 { writer.raw("-") }
    writer.number(Int(tenths.magnitude / 10))
    guard tenths.magnitude % 10 != 0 else { return }
    writer.raw(".")
    writer.number(Int(tenths.magnitude % 10))
  }

  // MARK: Elements

  private mutating func path(_ spots: [Spot], _ stroke: Scene.Stroke) {
    guard let first = spots.first else { return }
    writer.raw("<path class=\"")
    switch stroke {
    case .grid: writer.raw("grid\"")
    case .axis: writer.raw("axis\"")
    case .front: writer.raw("front\"")
    case .leader: writer.raw("leader\"")
    case .guide: writer.raw("leader\" stroke-dasharray=\"1 3\"")
    case .interval: writer.raw("interval\"")
    case .series(let index):
      writer.raw("line ")
      writer.raw(Self.inks[index % Self.inks.count])
      writer.raw("\"")
      if index % Self.dashes.count > 0 {
        writer.raw(" stroke-dasharray=\"")
        writer.raw(Self.dashes[index % Self.dashes.count])
        writer.raw("\"")
      }
    }
    writer.raw(" d=\"M")
    place(first.x)
    writer.raw(" ")
    place(first.y)
    var last = first
    for spot in spots.dropFirst() {
      if spot.y == last.y {
        writer.raw("H")
        place(spot.x)
      } else if spot.x == last.x {
        writer.raw("V")
        place(spot.y)
      } else {
        writer.raw("L")
        place(spot.x)
        writer.raw(" ")
        place(spot.y)
      }
      last = spot
    }
    writer.raw("\"/>\n")
  }

  private mutating func bar(_ box: Box, _ ink: Scene.Ink, _ title: String) {
    writer.raw("<rect class=\"bar ")
    writer.raw(Self.name(of: ink))
    writer.raw("\"")
    number("x", box.left)
    number("y", box.top)
    number("width", box.width)
    number("height", box.height)
    writer.raw(" rx=\"1.5\">")
    self.title(title)
    writer.raw("</rect>\n")
  }

  private mutating func mark(_ mark: Scene.Mark) {
    writer.raw("<path class=\"dot ")
    writer.raw(Self.name(of: mark.ink))
    switch mark.shape {
    case .ring, .frame: writer.raw(" open")
    case .cross: writer.raw(" cross")
    case .disc, .square, .triangle, .diamond, .wedge: break
    }
    writer.raw("\"")
    writer.attribute("d", Self.outline(mark))
    guard let text = mark.title else { return writer.raw("/>\n") }
    writer.raw(">")
    title(text)
    writer.raw("</path>\n")
  }

  private mutating func label(_ label: Scene.Label) {
    writer.raw("<text")
    switch label.style {
    case .plain: break
    case .soft: writer.raw(" class=\"soft\"")
    case .name:
      writer.raw(" class=\"name")
      if let series = label.series {
        writer.raw(" own ")
        writer.raw(Self.name(of: .series(series)))
      }
      writer.raw("\"")
    case .strong: writer.raw(" class=\"name strong\"")
    case .unknown: writer.raw(" class=\"none\"")
    }
    switch label.anchor {
    case .start: number("x", label.box.left)
    case .middle:
      number("x", label.box.middle.x)
      writer.raw(" text-anchor=\"middle\"")
    case .end:
      number("x", label.box.right)
      writer.raw(" text-anchor=\"end\"")
    }
    // Lines are 1.25 of the text size; the letters' middle lies 0.35 above their baseline.
    number("y", label.box.middle.y + label.box.height * 0.28)
    writer.raw(">")
    if let full = label.full { title(full) }
    words(label.text)
    writer.raw("</text>\n")
  }

  private mutating func title(_ text: String) {
    writer.raw("<title>")
    words(text)
    writer.raw("</title>")
  }

  // MARK: Shapes and numbers

  private static func name(of ink: Scene.Ink) -> StaticString {
    switch ink {
    case .series(let index): inks[index % inks.count]
    case .quiet: "quiet"
    case .main: "main"
    }
  }

  /// The path of a mark, inside its radius; corners are cut so that all shapes look equally large.
  private static func outline(_ mark: Scene.Mark) -> String {
    let r = mark.radius
    func polygon(_ corners: [(x: Double, y: Double)]) -> String {
      corners.map { text(mark.centre.x + $0.x * r) + " " + text(mark.centre.y + $0.y * r) }
        .enumerated().map { ($0.offset == 0 ? "M" : "L") + $0.element }.joined() + "Z"
    }
    switch mark.shape {
    case .disc, .ring:
      let arc = "a" + text(r) + " " + text(r) + " 0 1 0 "
      return "M" + text(mark.centre.x - r) + " " + text(mark.centre.y) + arc + text(2 * r) + " 0" + arc
        + text(-2 * r) + " 0Z"
    case .square, .frame: return polygon([(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)])
    case .triangle: return polygon([(0, -1), (1, 0.8), (-1, 0.8)])
    case .wedge: return polygon([(0, 1), (1, -0.8), (-1, -0.8)])
    case .diamond: return polygon([(0, -1), (1, 0), (0, 1), (-1, 0)])
    case .cross:
      let (x, y) = (mark.centre.x, mark.centre.y)
      return "M" + text(x - r) + " " + text(y) + "H" + text(x + r) + "M" + text(x) + " " + text(y - r) + "V"
        + text(y + r)
    }
  }

  /// A tenth of a unit, the same bytes on every machine.
  static func text(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "0" }
    let tenths = Int((value * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let rest = tenths.magnitude % 10
    return sign + String(tenths.magnitude / 10) + (rest == 0 ? "" : "." + String(rest))
  }

  /// The text without the two characters that XML forbids and the escaping keeps. https://www.w3.org/TR/xml/#charsets
  static func lawful(_ text: String) -> String {
    func isForbidden(_ scalar: Unicode.Scalar) -> Bool { scalar.value == 0xFFFE || scalar.value == 0xFFFF }
    // Both begin with this byte.
    guard text.utf8.contains(0xEF), text.unicodeScalars.contains(where: isForbidden) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { isForbidden($0) ? "\u{FFFD}" : $0 }))
  }
}

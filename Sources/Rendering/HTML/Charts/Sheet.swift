import Documents

/// The paper of a drawing: its size, and the size of its text.
struct Sheet: Sendable {
  let width: Double
  /// Charts of rows grow beyond it.
  let height: Double
  let textSize: Double
  /// Too narrow for names beside lines and bars; they go above.
  let isNarrow: Bool

  /// At the width of a paragraph a unit is about a CSS pixel.
  static let wide = Sheet(width: 720, height: 430, textSize: 14, isNarrow: false)
  /// For telephones: 13 units are 12 CSS pixels at 360.
  static let narrow = Sheet(width: 380, height: 400, textSize: 13, isNarrow: true)

  var lineHeight: Double { textSize * 1.25 }

  func measure(_ text: String, isStrong: Bool = false) -> Double {
    TextWidth.of(text, size: textSize, isStrong: isStrong)
  }

  /// A label of at most a width at a place, moved where it would leave the sheet's sides.
  ///
  /// - Parameter middle: the height of the middle of its line.
  func label(
    _ text: String, x: Double, middle: Double, anchor: Scene.Label.Anchor = .start,
    style: Scene.Label.Style = .plain, within most: Double = .infinity
  ) -> Scene.Label {
    let isStrong = style == .strong
    let shown = TextWidth.fitted(text, to: min(most, width - 2), size: textSize, isStrong: isStrong)
    let room = measure(shown, isStrong: isStrong)
    var left =
      switch anchor {
      case .start: x
      case .middle: x - room / 2
      case .end: x - room
      }
    // A font may be a little wider than it says; the right side keeps a margin for that.
    left = max(0, min(left, width - 2 - room))
    let box = Box(
      left: left, top: middle - lineHeight / 2, right: left + room, bottom: middle + lineHeight / 2)
    return Scene.Label(
      text: shown, box: box, anchor: anchor, style: style, full: shown == text ? nil : text)
  }

  /// Lines of text from a height downwards.
  ///
  /// - Returns: the height below them.
  func write(
    _ text: String, lines: Int, x: Double, below top: Double, anchor: Scene.Label.Anchor = .start,
    style: Scene.Label.Style, into scene: inout Scene
  ) -> Double {
    var y = top
    for line in TextWidth.wrapped(
      text, to: width, size: textSize, lines: lines, isStrong: style == .strong)
    {
      scene.label(label(line, x: x, middle: y + lineHeight / 2, anchor: anchor, style: style))
      y += lineHeight
    }
    return y
  }

  /// A sheet without a mark, which says so.
  func blank() -> Scene {
    var scene = Scene(width: width, height: lineHeight * 3)
    scene.label(
      label(Chart.nothingDrawn, x: width / 2, middle: lineHeight * 1.5, anchor: .middle, style: .unknown))
    return scene
  }
}

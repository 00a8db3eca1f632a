import Documents

/// Draws charts as SVG: inside a page as a figure, or as a file of its own.
///
/// A figure holds the same picture twice, composed for a column of text and for a telephone; the style shows the one that
/// fits, so that text is never scaled beyond reading. It needs ``style`` on the page and no script.
public enum ChartDrawing {
  /// The rules that a page with charts adds to its style.
  public static var style: StaticString { Stylesheet.chartStyle }

  /// The figure with its caption, in UTF-8. The table stands beside it, which the page renders as any other.
  public static func figure(_ chart: Chart) -> [UInt8] {
    var writer = HTMLWriter()
    write(chart, into: &writer)
    return writer.buffer.bytes
  }

  static func write(_ chart: Chart, into writer: inout HTMLWriter) {
    let anchor = anchor(chart.id)
    writer.raw("<figure class=\"chart\"")
    writer.attribute("id", anchor)
    writer.raw(">\n<figcaption><strong>")
    writer.text(SceneWriter.lawful(chart.title))
    writer.raw("</strong> ")
    writer.text(SceneWriter.lawful(chart.fullDescription))
    writer.raw("</figcaption>\n")
    svg(chart, on: .wide, class: "at-wide", id: anchor + "-wide", into: &writer)
    svg(chart, on: .narrow, class: "at-narrow", id: anchor + "-narrow", into: &writer)
    writer.raw("</figure>\n")
  }

  /// The chart as an SVG file of a size in CSS pixels, its title written above the plot, light or dark as the reader
  /// prefers. The text grows with the width. It carries its own style: a site that serves it under a content security
  /// policy allows `style-src 'unsafe-inline'` for this file.
  public static func standalone(_ chart: Chart, width: Int, height: Int) -> [UInt8] {
    let margin = 16.0
    let pixels = (width: Double(max(width, 1)), height: Double(max(height, 1)))
    // Below 320 the whole picture shrinks; above 720 it grows.
    let scale = pixels.width < 320 ? pixels.width / 320 : max(1, pixels.width / 720)
    let paper = (width: pixels.width / scale, height: max(pixels.height / scale, 260))
    let isNarrow = paper.width < 520
    let textSize = isNarrow ? Sheet.narrow.textSize : Sheet.wide.textSize
    let inner = paper.width - 2 * margin
    let heading = Sheet(width: inner, height: paper.height, textSize: textSize, isNarrow: isNarrow)
    var title = Scene(width: inner, height: paper.height)
    let below =
      heading.write(chart.title, lines: 2, x: 0, below: 0, style: .strong, into: &title) + textSize * 0.6
    let plot = scene(
      of: chart,
      on: Sheet(
        width: inner, height: paper.height - 2 * margin - below, textSize: textSize, isNarrow: isNarrow))

    var writer = HTMLWriter()
    let anchor = anchor(chart.id)
    writer.raw("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\"")
    var content = SceneWriter(writer)
    content.number("width", pixels.width)
    content.number("height", pixels.height)
    frame(
      width: paper.width, height: max(paper.height, plot.height + below + 2 * margin), textSize: textSize,
      id: anchor, into: &content)
    content.described(by: anchor, title: chart.title, description: chart.fullDescription)
    writer = content.writer
    writer.raw("<style>")
    writer.raw(Stylesheet.standaloneChart)
    writer.raw(Stylesheet.chartStyle)
    writer.raw("</style>\n<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n<g")
    writer.attribute(
      "transform", "translate(\(SceneWriter.text(margin)) \(SceneWriter.text(margin)))")
    writer.raw(">\n")
    content = SceneWriter(writer)
    content.write(title)
    writer = content.writer
    writer.raw("<g")
    writer.attribute("transform", "translate(0 \(SceneWriter.text(below)))")
    writer.raw(">\n")
    content = SceneWriter(writer)
    content.write(plot)
    writer = content.writer
    writer.raw("</g>\n</g>\n</svg>\n")
    return writer.buffer.bytes
  }

  /// The picture for a sheet, before it is written.
  static func scene(of chart: Chart, on sheet: Sheet) -> Scene {
    switch chart.shape {
    case .scatter(let scatter): ScatterLayout(scatter: scatter, sheet: sheet).scene()
    case .bars(let bars): BarsLayout(bars: bars, sheet: sheet).scene()
    case .steps(let steps): StepsLayout(steps: steps, sheet: sheet).scene()
    case .lines(let lines): LinesLayout(lines: lines, sheet: sheet).scene()
    }
  }

  private static func svg(
    _ chart: Chart, on sheet: Sheet, class name: StaticString, id: String, into writer: inout HTMLWriter
  ) {
    let scene = scene(of: chart, on: sheet)
    writer.raw("<svg class=\"")
    writer.raw(name)
    writer.raw("\"")
    var content = SceneWriter(writer)
    content.number("width", scene.width)
    content.number("height", scene.height)
    frame(width: scene.width, height: scene.height, textSize: sheet.textSize, id: id, into: &content)
    content.described(by: id, title: chart.title, description: chart.fullDescription)
    content.write(scene)
    writer = content.writer
    writer.raw("</svg>\n")
  }

  /// The rest of the start tag: what the picture measures and is called.
  private static func frame(
    width: Double, height: Double, textSize: Double, id: String, into content: inout SceneWriter
  ) {
    content.attribute("viewBox", "0 0 \(SceneWriter.text(width)) \(SceneWriter.text(height))")
    content.number("font-size", textSize)
    content.attribute("role", "img")
    content.attribute("aria-labelledby", "\(id)-title \(id)-desc")
    content.endTag()
  }

  /// An id without what would split it in a list of ids.
  private static func anchor(_ id: String) -> String {
    String(
      String.UnicodeScalarView(
        id.unicodeScalars.map { scalar in
          switch scalar {
          case "a"..."z", "A"..."Z", "0"..."9", "-", "_": scalar
          default: "-"
          }
        }))
  }
}

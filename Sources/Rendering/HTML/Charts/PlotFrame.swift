import Documents
import Facts

/// The plot of a chart with two axes: gridlines, ticks and titles around a box, and the scales inside it.
struct PlotFrame {
  /// Builds a scale between two places; the builder knows the values, the frame the room.
  typealias Scaling = (_ start: Double, _ end: Double, _ spacing: Double) -> ChartScale

  /// A plot is never lower than so many lines of text; the drawing grows instead.
  private static let leastLines = 10.0

  let plot: Box
  let x: ChartScale
  let y: ChartScale

  /// Draws the frame into the part of the sheet below a height.
  ///
  /// - Parameters:
  ///   - right: room kept free at the right of the plot.
  ///   - isUpright: draws gridlines from the ticks of x too.
  ///   - tickWidth: the room of a tick of x.
  init(
    on sheet: Sheet, below top: Double, right: Double, xTitle: String, yTitle: String, isUpright: Bool,
    tickWidth: Double, x xScale: Scaling, y yScale: Scaling, into scene: inout Scene
  ) {
    let line = sheet.lineHeight
    let plotTop =
      sheet.write(yTitle, lines: 2, x: 0, below: top, style: .soft, into: &scene) + line * 0.7
    let titleLines = TextWidth.wrapped(xTitle, to: sheet.width, size: sheet.textSize, lines: 2).count
    let below = line * Double(titleLines + 1) + (titleLines > 0 ? 14 : 10)
    let plotBottom = max(plotTop + line * Self.leastLines, sheet.height - below)
    scene.grow(to: plotBottom + below)
    y = yScale(plotBottom, plotTop, line * 2.6)
    let tickRoom = min(y.ticks.map { sheet.measure($0.text) }.max() ?? 0, sheet.width * 0.3)
    plot = Box(
      left: tickRoom + 10, top: plotTop, right: max(tickRoom + 60, sheet.width - right), bottom: plotBottom)
    x = xScale(plot.left, plot.right, tickWidth)

    for tick in y.ticks {
      scene.line(Spot(x: plot.left, y: tick.place), Spot(x: plot.right, y: tick.place), .grid)
      scene.label(
        sheet.label(
          tick.text, x: tickRoom, middle: tick.place, anchor: .end, style: .soft, within: tickRoom))
    }
    var taken: Box?
    for tick in x.ticks {
      if isUpright {
        scene.line(Spot(x: tick.place, y: plot.top), Spot(x: tick.place, y: plot.bottom), .grid)
      }
      let label = sheet.label(
        tick.text, x: tick.place, middle: plot.bottom + 9 + line / 2, anchor: .middle, style: .soft)
      scene.line(Spot(x: tick.place, y: plot.bottom), Spot(x: tick.place, y: plot.bottom + 4), .axis)
      if let taken, taken.grown(by: 6).meets(label.box) { continue }
      scene.label(label)
      taken = label.box
    }
    scene.line(Spot(x: plot.left, y: plot.bottom), Spot(x: plot.right, y: plot.bottom), .axis)
    _ = sheet.write(
      xTitle, lines: 2, x: plot.middle.x, below: plot.bottom + line + 13, anchor: .middle, style: .soft,
      into: &scene)
  }
}

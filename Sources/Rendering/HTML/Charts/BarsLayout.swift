import Documents
import Facts

/// Rows of bars, or of dots on a logarithmic scale. On a narrow sheet each name stands above its bar.
struct BarsLayout {
  let bars: Chart.Bars
  let sheet: Sheet

  private static let dot = 5.5
  /// A known zero is still a mark.
  private static let sliver = 1.5

  func scene() -> Scene {
    guard !bars.bars.isEmpty else { return sheet.blank() }
    let values = bars.bars.compactMap { bars.drawnValue($0) }
    let line = sheet.lineHeight
    let room = columns()
    let titleLines = TextWidth.wrapped(bars.axis.title, to: sheet.width, size: sheet.textSize, lines: 2).count
    let below = values.isEmpty ? 4 : line * Double(titleLines + 1) + 14
    let least = sheet.isNarrow ? line + 20 : line + 10
    let row = min(max(least, (sheet.height - below) / Double(bars.bars.count)), least + 8)
    let plot = Box(
      left: room.plot.left, top: 0, right: room.plot.right, bottom: row * Double(bars.bars.count))
    var scene = Scene(width: sheet.width, height: plot.bottom + below)

    var scale: ChartScale?
    if !values.isEmpty {
      let own = ChartScale(
        values, axis: bars.axis, reach: bars.axis.scale == .linear ? .exact : .around, from: plot.left,
        to: plot.right, spacing: sheet.textSize * 4.6)
      scale = own
      drawAxis(own, plot: plot, into: &scene)
    }
    for (index, bar) in bars.bars.enumerated() {
      draw(bar, at: row * Double(index), height: row, room: room, scale: scale, into: &scene)
    }
    return scene
  }

  private struct Columns {
    let label: Double
    let value: Double
    let plot: (left: Double, right: Double)
  }

  /// The widths of names and of values; on a narrow sheet both stand above the bar.
  private func columns() -> Columns {
    let names = bars.bars.map { sheet.measure($0.label, isStrong: $0.isEmphasised) }.max() ?? 0
    let displays = min(
      bars.bars.map { sheet.measure($0.display, isStrong: $0.isEmphasised) }.max() ?? 0, sheet.width * 0.25)
    if sheet.isNarrow {
      // Bars line up with their names; a dot needs room to its left.
      let inset = bars.axis.scale == .linear ? 0 : Self.dot
      return Columns(
        label: sheet.width - displays - 12, value: displays, plot: (inset, sheet.width - Self.dot - 3))
    }
    let label = min(names, sheet.width * 0.36)
    return Columns(label: label, value: displays, plot: (label + 14, sheet.width - displays - 14))
  }

  private func drawAxis(_ scale: ChartScale, plot: Box, into scene: inout Scene) {
    var taken: Box?
    for tick in scale.ticks {
      scene.line(Spot(x: tick.place, y: plot.top), Spot(x: tick.place, y: plot.bottom + 4), .grid)
      let label = sheet.label(
        tick.text, x: tick.place, middle: plot.bottom + 6 + sheet.lineHeight / 2, anchor: .middle,
        style: .soft)
      if let taken, taken.grown(by: 6).meets(label.box) { continue }
      scene.label(label)
      taken = label.box
    }
    _ = sheet.write(
      bars.axis.title, lines: 2, x: plot.middle.x, below: plot.bottom + sheet.lineHeight + 10,
      anchor: .middle,
      style: .soft, into: &scene)
  }

  private func draw(
    _ bar: Chart.Bars.Bar, at top: Double, height: Double, room: Columns, scale: ChartScale?,
    into scene: inout Scene
  ) {
    let value = bars.drawnValue(bar)
    let nameMiddle = sheet.isNarrow ? top + sheet.lineHeight / 2 : top + height / 2
    let barMiddle = sheet.isNarrow ? top + sheet.lineHeight + 6 : nameMiddle
    let style: Scene.Label.Style = bar.isEmphasised ? .strong : .plain
    var end = room.plot.left
    if let value, let scale {
      let ink: Scene.Ink = bar.isEmphasised ? .series(0) : .quiet
      let title = "\(bar.label): \(Display.amount(value, bars.axis.unit))"
      let place = scale.place(value)
      end = place
      if scale.isLogarithmic {
        scene.line(Spot(x: room.plot.left, y: barMiddle), Spot(x: place, y: barMiddle), .leader)
        scene.mark(
          Scene.Mark(
            centre: Spot(x: place, y: barMiddle), radius: Self.dot, shape: .disc, ink: ink, title: title))
        end += Self.dot
      } else {
        let zero = scale.place(ExactDecimal.zero)
        let half = sheet.isNarrow ? 4.5 : 7
        scene.bar(
          Box(
            left: min(zero, place), top: barMiddle - half, right: max(zero + Self.sliver, place),
            bottom: barMiddle + half), ink,
          title: title)
        end = max(zero, place)
      }
    }
    scene.label(
      sheet.label(
        bar.label, x: sheet.isNarrow ? 0 : room.label, middle: nameMiddle,
        anchor: sheet.isNarrow ? .start : .end,
        style: style, within: room.label))
    let isUnknown = bar.value == nil
    scene.label(
      sheet.label(
        bar.display, x: sheet.isNarrow ? sheet.width - 2 : end + 7, middle: nameMiddle,
        anchor: sheet.isNarrow ? .end : .start,
        style: isUnknown ? .unknown : bar.isEmphasised ? .strong : .name, within: room.value))
  }
}

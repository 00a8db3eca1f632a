import Documents
import Facts

/// Values that hold until they change, over the calendar.
struct StepsLayout {
  let steps: Chart.Steps
  let sheet: Sheet

  func scene() -> Scene {
    let series = steps.drawn
    let known = series.flatMap { $0.changes.compactMap { steps.drawnValue($0) } }
    let days = series.flatMap { $0.changes.filter { steps.drawnValue($0) != nil }.map(\.date.firstDayNumber) }
    guard let first = days.min(), let last = days.max() else { return sheet.blank() }
    var scene = Scene(width: sheet.width, height: sheet.height)
    let layout = SeriesLayout(sheet: sheet, labels: series.map(\.label))
    let shown = series.indices.filter { series[$0].changes.contains { steps.drawnValue($0) != nil } }
    let top = layout.key(shown, into: &scene)
    let end = max(last, steps.until.lastDayNumber, first)
    let frame = PlotFrame(
      on: sheet, below: top, right: layout.right, xTitle: "", yTitle: steps.axis.title, isUpright: false,
      tickWidth: sheet.textSize * 6.2, x: { ChartScale(days: first...end, from: $0, to: $1, spacing: $2) },
      y: { ChartScale(known, axis: steps.axis, reach: .toTick, from: $0, to: $1, spacing: $2) }, into: &scene)
    _ = layout.draw(
      series.map { line($0, end: end, in: frame) }, around: [], in: frame, into: &scene)
    return scene
  }

  /// A piece runs from a known value over further known ones until the chart ends or the value becomes unknown.
  private func line(_ series: Chart.Steps.Series, end: Int, in frame: PlotFrame) -> SeriesLayout.Line {
    var pieces: [[Spot]] = []
    var piece: [Spot] = []
    var marks: [(spot: Spot, title: String)] = []
    for change in series.changes {
      let x = frame.x.place(Double(change.date.firstDayNumber))
      // The value before holds until this day.
      if let last = piece.last { piece.append(Spot(x: x, y: last.y)) }
      guard let value = steps.drawnValue(change) else {
        if !piece.isEmpty { pieces.append(piece) }
        piece = []
        continue
      }
      let spot = Spot(x: x, y: frame.y.place(value))
      piece.append(spot)
      marks.append(
        (spot, "\(series.label): \(Display.amount(value, steps.axis.unit)), \(change.date.text)"))
    }
    if let last = piece.last {
      piece.append(Spot(x: frame.x.place(Double(end)), y: last.y))
      pieces.append(piece)
    }
    return SeriesLayout.Line(label: series.label, pieces: pieces, marks: marks)
  }
}

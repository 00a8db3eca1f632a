import Documents
import Facts

/// Lines over traffic, with the points where they cross.
struct LinesLayout {
  let lines: Chart.Lines
  let sheet: Sheet

  private static let crossingRadius = 6.0
  /// How often a straight line is halved on a scale that bends it.
  private static let halvings = 5
  /// Lines of more points are close to their curve as they are.
  private static let mostBent = 32

  func scene() -> Scene {
    let series = lines.drawn.map { (label: $0.label, points: $0.points.filter(lines.holds)) }
    let crossings = lines.crossings.filter { lines.holds($0.point) }
    let points = series.flatMap(\.points)
    guard !points.isEmpty else { return sheet.blank() }
    var scene = Scene(width: sheet.width, height: sheet.height)
    let layout = SeriesLayout(sheet: sheet, labels: series.map(\.label))
    let top = layout.key(series.indices.filter { !series[$0].points.isEmpty }, into: &scene)
    let all = points + crossings.map(\.point)
    let places = all.map(\.x) + [lines.drawnHere?.x].compactMap(\.self)
    let frame = PlotFrame(
      on: sheet, below: top, right: layout.right, xTitle: lines.x.title, yTitle: lines.y.title,
      isUpright: false,
      tickWidth: sheet.textSize * 4.6,
      x: { ChartScale(places, axis: lines.x, reach: .exact, from: $0, to: $1, spacing: $2) },
      y: { ChartScale(all.map(\.y), axis: lines.y, reach: .toTick, from: $0, to: $1, spacing: $2) },
      into: &scene)
    let drawn = series.map { line($0.label, $0.points, in: frame) }
    let spots = crossings.map { Spot(x: frame.x.place($0.point.x), y: frame.y.place($0.point.y)) }
    let drops = spots.map {
      Segment(
        start: Spot(x: $0.x, y: min($0.y + Self.crossingRadius, frame.plot.bottom)),
        end: Spot(x: $0.x, y: frame.plot.bottom))
    }
    for drop in drops { scene.line(drop.start, drop.end, .guide) }
    let here = drawHere(in: frame, into: &scene)
    let names = layout.draw(
      drawn, around: spots.map { Box(around: $0, radius: Self.crossingRadius) } + here, in: frame,
      into: &scene)
    draw(crossings, at: spots, around: drawn, drops: drops, names: names + here, in: frame, into: &scene)
    return scene
  }

  /// The upright line at the place that the page is about, its label at the head.
  ///
  /// - Returns: the room of the label.
  private func drawHere(in frame: PlotFrame, into scene: inout Scene) -> [Box] {
    guard let here = lines.drawnHere else { return [] }
    let x = frame.x.place(here.x)
    scene.line(Spot(x: x, y: frame.plot.top), Spot(x: x, y: frame.plot.bottom), .guide)
    let most = frame.plot.width * 0.4
    let width = min(sheet.measure(here.label), most)
    // Beside the line, on the side with more room.
    let isRight = x + 6 + width <= frame.plot.right
    let label = sheet.label(
      here.label, x: isRight ? x + 6 : x - 6, middle: frame.plot.top + sheet.lineHeight * 0.5,
      anchor: isRight ? .start : .end, style: .soft, within: most)
    scene.label(label)
    return [label.box]
  }

  private func line(_ label: String, _ points: [Chart.Lines.Point], in frame: PlotFrame) -> SeriesLayout.Line
  {
    var spots = points.prefix(1).map { Spot(x: frame.x.place($0.x), y: frame.y.place($0.y)) }
    for (from, to) in zip(points, points.dropFirst()) {
      if points.count <= Self.mostBent, frame.x.isLogarithmic || frame.y.isLogarithmic {
        spots += bend(from, to, in: frame)
      }
      spots.append(Spot(x: frame.x.place(to.x), y: frame.y.place(to.y)))
    }
    let marks = points.suffix(1).map { point in
      (
        spot: Spot(x: frame.x.place(point.x), y: frame.y.place(point.y)),
        title:
          "\(label): \(Display.amount(point.x, lines.x.unit)), \(Display.amount(point.y, lines.y.unit))"
      )
    }
    return SeriesLayout.Line(label: label, pieces: spots.isEmpty ? [] : [spots], marks: marks)
  }

  /// Places between two points, at equal distances along the x axis of the drawing: its middle is the geometric mean
  /// on a logarithmic scale.
  private func bend(_ from: Chart.Lines.Point, _ to: Chart.Lines.Point, in frame: PlotFrame) -> [Spot] {
    let (x0, x1) = (Double(drawing: from.x), Double(drawing: to.x))
    let (y0, y1) = (Double(drawing: from.y), Double(drawing: to.y))
    guard x1 > x0 else { return [] }
    var places = [x0, x1]
    for _ in 0..<Self.halvings {
      let middles = zip(places, places.dropFirst()).map {
        frame.x.isLogarithmic ? $0.squareRoot() * $1.squareRoot() : ($0 + $1) / 2
      }
      places = zip(places, middles).flatMap { [$0, $1] } + places.suffix(1)
    }
    return places.dropFirst().dropLast().map { x in
      Spot(x: frame.x.place(x), y: frame.y.place(y0 + (y1 - y0) * ((x - x0) / (x1 - x0))))
    }
  }

  private func draw(
    _ crossings: [Chart.Lines.Crossing], at spots: [Spot], around drawn: [SeriesLayout.Line],
    drops: [Segment],
    names: [Box], in frame: PlotFrame, into scene: inout Scene
  ) {
    let marks = spots.map { Box(around: $0, radius: Self.crossingRadius) }
    let ends = drawn.flatMap { $0.marks.map { Box(around: $0.spot, radius: SeriesLayout.radius) } }
    let segments = drawn.flatMap { $0.pieces.flatMap(\.segments) } + drops
    var placer = LabelPlacer(
      bounds: Box(
        left: frame.plot.left + 2, top: frame.plot.top - sheet.lineHeight * 0.5, right: frame.plot.right,
        bottom: frame.plot.bottom - 2), marks: marks + ends + names, lines: segments)
    for (crossing, spot) in zip(crossings, spots) {
      let title =
        "\(crossing.label): \(Display.amount(crossing.point.x, lines.x.unit)), \(Display.amount(crossing.point.y, lines.y.unit))"
      scene.mark(
        Scene.Mark(
          centre: spot, radius: Self.crossingRadius, shape: .ring, ink: .main, title: title))
      let label = sheet.label(
        crossing.label, x: 0, middle: 0, style: .strong, within: frame.plot.width * 0.85)
      guard
        let placement = placer.place(
          width: label.box.width, height: label.box.height, beside: spot, radius: Self.crossingRadius,
          mayCrossLines: true)
      else { continue }
      if let leader = placement.leader { scene.line(leader.start, leader.end, .leader) }
      scene.label(label.moved(to: placement.box))
    }
  }
}

import Documents
import Facts

/// Points of price and score with the line of the best.
struct ScatterLayout {
  let scatter: Chart.Scatter
  let sheet: Sheet

  /// Up to so many points, the ordinary ones are named too.
  private static let fewPoints = 12

  func scene() -> Scene {
    let points = scatter.drawn
    guard !points.isEmpty else { return sheet.blank() }
    var scene = Scene(width: sheet.width, height: sheet.height)
    let top = ChartKey(entries: entries(points)).draw(on: sheet, below: 0, into: &scene)
    let frame = PlotFrame(
      on: sheet, below: top, right: 14, xTitle: scatter.x.title, yTitle: scatter.y.title, isUpright: true,
      tickWidth: sheet.textSize * 4.6,
      x: {
        ChartScale(
          Self.places(points, \.x, \.point.xRange, scatter.x), axis: scatter.x, reach: .around, from: $0,
          to: $1, spacing: $2)
      },
      y: {
        ChartScale(
          Self.places(points, \.y, \.point.yRange, scatter.y), axis: scatter.y, reach: .around, from: $0,
          to: $1, spacing: $2)
      },
      into: &scene)
    let marks = points.map { mark($0, in: frame) }
    let front = front(points, in: frame)
    if front.count > 1 { scene.path(front, .front) }
    for (start, end) in points.flatMap({ ranges($0, in: frame) }) { scene.line(start, end, .interval) }
    // The marks that matter lie on top.
    for level in 0...2 {
      for (point, mark) in zip(points, marks) where Self.level(point.point) == level { scene.mark(mark) }
    }
    name(points, marks, front: front, in: frame, into: &scene)
    return scene
  }

  /// The values and the ends of their ranges, as far as the scale holds them.
  private static func places(
    _ points: [Chart.Scatter.Drawn], _ value: (Chart.Scatter.Drawn) -> ExactDecimal,
    _ range: (Chart.Scatter.Drawn) -> ClosedRange<ExactDecimal>?, _ axis: Chart.Axis
  ) -> [ExactDecimal] {
    points.flatMap { point in
      [value(point)]
        + [range(point)?.lowerBound, range(point)?.upperBound].compactMap(\.self).filter(axis.holds)
    }
  }

  /// The lines through a point that show where its values may lie.
  private func ranges(_ point: Chart.Scatter.Drawn, in frame: PlotFrame) -> [(Spot, Spot)] {
    let centre = Spot(x: frame.x.place(point.x), y: frame.y.place(point.y))
    var lines: [(Spot, Spot)] = []
    if let range = point.point.xRange {
      let low = scatter.x.holds(range.lowerBound) ? frame.x.place(range.lowerBound) : frame.plot.left
      lines.append((Spot(x: low, y: centre.y), Spot(x: frame.x.place(range.upperBound), y: centre.y)))
    }
    if let range = point.point.yRange {
      let low = scatter.y.holds(range.lowerBound) ? frame.y.place(range.lowerBound) : frame.plot.bottom
      lines.append((Spot(x: centre.x, y: low), Spot(x: centre.x, y: frame.y.place(range.upperBound))))
    }
    return lines
  }

  private static func level(_ point: Chart.Scatter.Point) -> Int {
    point.isEmphasised ? 2 : point.isFront ? 1 : 0
  }

  private func mark(_ point: Chart.Scatter.Drawn, in frame: PlotFrame) -> Scene.Mark {
    let centre = Spot(x: frame.x.place(point.x), y: frame.y.place(point.y))
    let title =
      "\(point.point.label): \(Display.amount(point.x, scatter.x.unit)), \(Display.amount(point.y, scatter.y.unit))"
    return switch Self.level(point.point) {
    case 2: Scene.Mark(centre: centre, radius: 7, shape: .diamond, ink: .series(1), title: title)
    case 1: Scene.Mark(centre: centre, radius: 4.5, shape: .disc, ink: .series(0), title: title)
    default: Scene.Mark(centre: centre, radius: 3.5, shape: .ring, ink: .quiet, title: title)
    }
  }

  /// What a price buys at best: level until the next better model, then up to it, and on to the end of the plot.
  private func front(_ points: [Chart.Scatter.Drawn], in frame: PlotFrame) -> [Spot] {
    let best = points.filter(\.point.isFront).sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    var spots: [Spot] = []
    for point in best {
      let spot = Spot(x: frame.x.place(point.x), y: frame.y.place(point.y))
      if let last = spots.last { spots.append(Spot(x: spot.x, y: last.y)) }
      spots.append(spot)
    }
    if let last = spots.last { spots.append(Spot(x: frame.plot.right, y: last.y)) }
    return spots
  }

  private func name(
    _ points: [Chart.Scatter.Drawn], _ marks: [Scene.Mark], front: [Spot], in frame: PlotFrame,
    into scene: inout Scene
  ) {
    let bounds = Box(
      left: frame.plot.left + 2, top: frame.plot.top - sheet.lineHeight * 0.5, right: sheet.width,
      bottom: frame.plot.bottom - 2)
    var placer = LabelPlacer(
      bounds: bounds, marks: marks.map(\.box),
      lines: front.segments + points.flatMap { ranges($0, in: frame).map { Segment(start: $0.0, end: $0.1) } }
    )
    let least = points.count <= Self.fewPoints ? 0 : 1
    let most = sheet.width * (sheet.isNarrow ? 0.5 : 0.36)
    // The page's own models first, then the front from the best score down: the order in which room is given.
    let order = points.indices.filter { Self.level(points[$0].point) >= least }.sorted { left, right in
      let levels = (Self.level(points[left].point), Self.level(points[right].point))
      if levels.0 != levels.1 { return levels.0 > levels.1 }
      return points[left].y != points[right].y ? points[left].y > points[right].y : left < right
    }
    for index in order {
      let isEmphasised = points[index].point.isEmphasised
      let label = sheet.label(
        points[index].point.label, x: 0, middle: 0, style: isEmphasised ? .strong : .name, within: most)
      guard
        let placement = placer.place(
          width: label.box.width, height: label.box.height, beside: marks[index].centre,
          radius: marks[index].radius, mayCrossLines: isEmphasised)
      else { continue }
      if let leader = placement.leader { scene.line(leader.start, leader.end, .leader) }
      scene.label(label.moved(to: placement.box))
    }
  }

  private func entries(_ points: [Chart.Scatter.Drawn]) -> [ChartKey.Entry] {
    let levels = Set(points.map { Self.level($0.point) })
    var entries: [ChartKey.Entry] = []
    if levels.contains(2) {
      entries.append(.init(name: scatter.key.emphasised, shape: .diamond, ink: .series(1), stroke: nil))
    }
    if points.contains(where: \.point.isFront) {
      entries.append(.init(name: scatter.key.front, shape: .disc, ink: .series(0), stroke: .front))
    }
    if levels.contains(0) {
      entries.append(.init(name: scatter.key.others, shape: .ring, ink: .quiet, stroke: nil))
    }
    return entries
  }
}

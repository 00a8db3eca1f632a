import Documents
import Facts

/// Named lines in a plot: each ends at its name, or a key above names them where there is no room beside.
struct SeriesLayout {
  struct Line {
    let label: String
    /// The line in its unbroken pieces.
    let pieces: [[Spot]]
    /// Where a value begins, with its title.
    let marks: [(spot: Spot, title: String)]
  }

  let sheet: Sheet
  let labels: [String]

  static let radius = 4.0
  private static let nameGap = 14.0

  /// Whether names stand beside the ends of their lines.
  var namesEnds: Bool { !sheet.isNarrow && sheet.height * 0.6 > sheet.lineHeight * Double(labels.count + 2) }

  /// The room that the names take at the right.
  var right: Double {
    guard namesEnds else { return Self.radius + 4 }
    return min(labels.map { sheet.measure($0) }.max() ?? 0, mostName) + Self.nameGap + 2
  }

  private var mostName: Double { sheet.width * 0.3 }

  /// Draws the key where there is one.
  ///
  /// - Returns: the height below it.
  func key(_ shown: [Int], into scene: inout Scene) -> Double {
    guard !namesEnds else { return 0 }
    let entries = shown.map {
      ChartKey.Entry(name: labels[$0], shape: .of(series: $0), ink: .series($0), stroke: .series($0))
    }
    return ChartKey(entries: entries).draw(on: sheet, below: 0, into: &scene)
  }

  /// Draws lines, then their marks, then their names. A line without a piece has no name either.
  ///
  /// - Parameter others: marks that stand in the plot too.
  /// - Returns: the room of the names inside the plot.
  func draw(_ lines: [Line], around others: [Box], in frame: PlotFrame, into scene: inout Scene) -> [Box] {
    for (index, line) in lines.enumerated() {
      for piece in line.pieces where piece.count > 1 { scene.path(piece, .series(index)) }
    }
    for (index, line) in lines.enumerated() {
      for mark in line.marks {
        scene.mark(
          Scene.Mark(
            centre: mark.spot, radius: Self.radius, shape: .of(series: index), ink: .series(index),
            title: mark.title))
      }
    }
    guard namesEnds else { return [] }
    let inside = nameEarlyEnds(lines, around: others, in: frame, into: &scene)
    name(lines, except: Set(inside.keys), in: frame, into: &scene)
    return inside.keys.sorted().compactMap { inside[$0] }
  }

  /// Names of lines that end before the plot does, beside their ends where there is room.
  private func nameEarlyEnds(
    _ lines: [Line], around others: [Box], in frame: PlotFrame, into scene: inout Scene
  ) -> [Int: Box] {
    let marks = lines.flatMap { $0.marks.map { Box(around: $0.spot, radius: Self.radius) } }
    let bounds = Box(
      left: frame.plot.left + 2, top: frame.plot.top - sheet.lineHeight * 0.5, right: frame.plot.right,
      bottom: frame.plot.bottom - 2)
    var placer = LabelPlacer(
      bounds: bounds, marks: marks + others, lines: lines.flatMap { $0.pieces.flatMap(\.segments) })
    var boxes: [Int: Box] = [:]
    for (index, line) in lines.enumerated() {
      guard let end = line.pieces.last?.last, end.x < frame.plot.right - 1 else { continue }
      let label = sheet.label(line.label, x: 0, middle: 0, style: .name, within: mostName)
      guard
        let placement = placer.place(
          width: label.box.width, height: label.box.height, beside: end, radius: Self.radius)
      else { continue }
      if let leader = placement.leader { scene.line(leader.start, leader.end, .leader) }
      scene.label(label.moved(to: placement.box).naming(index))
      boxes[index] = placement.box
    }
    return boxes
  }

  /// Names at the ends of their lines, pushed apart up and down until none covers another.
  private func name(
    _ lines: [Line], except named: Set<Int>, in frame: PlotFrame, into scene: inout Scene
  ) {
    let ends = lines.indices.filter { !named.contains($0) }.compactMap { index in
      lines[index].pieces.last?.last.map { (index: index, spot: $0) }
    }.sorted { ($0.spot.y, $0.index) < ($1.spot.y, $1.index) }
    let middles = Self.spread(
      ends.map(\.spot.y), by: sheet.lineHeight, from: frame.plot.top, to: frame.plot.bottom)
    let left = frame.plot.right + Self.nameGap
    for (end, middle) in zip(ends, middles) {
      let start = Spot(x: end.spot.x + Self.radius + 1, y: end.spot.y)
      let isEarly = end.spot.x < frame.plot.right - 1
      if isEarly || abs(middle - end.spot.y) > 2 {
        scene.line(start, Spot(x: left - 2, y: middle), isEarly ? .guide : .leader)
      }
      scene.label(
        sheet.label(lines[end.index].label, x: left, middle: middle, style: .name, within: mostName)
          .naming(end.index))
    }
  }

  /// The ascending places moved as little as need be so that they lie a distance apart: neighbours that would touch become
  /// one group around their mean (pool adjacent violators).
  static func spread(_ places: [Double], by distance: Double, from low: Double, to high: Double) -> [Double] {
    var groups: [(sum: Double, count: Int)] = []
    for (index, place) in places.enumerated() {
      groups.append((place - Double(index) * distance, 1))
      while groups.count > 1 {
        let (above, below) = (groups[groups.count - 2], groups[groups.count - 1])
        guard above.sum / Double(above.count) > below.sum / Double(below.count) else { break }
        groups.removeLast(2)
        groups.append((above.sum + below.sum, above.count + below.count))
      }
    }
    let last = high - Double(places.count - 1) * distance
    let bases = groups.flatMap { group in
      Array(repeating: max(low, min(last, group.sum / Double(group.count))), count: group.count)
    }
    return bases.enumerated().map { $1 + Double($0) * distance }
  }
}

/// Finds room for the names of marks, one after another: the first free place around the mark, near before far. A name
/// that fits nowhere is left out; the mark keeps its tooltip and the table its row.
struct LabelPlacer {
  struct Placement {
    let box: Box
    /// From the mark to a name that stands away from it.
    let leader: Segment?
  }

  /// No name leaves it.
  private let bounds: Box
  private let marks: [Box]
  /// Lines of the chart; names stay off them while there is another place.
  private let lines: [Segment]
  private var taken: [Box] = []
  private var leaders: [Segment] = []

  init(bounds: Box, marks: [Box], lines: [Segment]) {
    self.bounds = bounds
    self.marks = marks.map { $0.grown(by: 1) }
    self.lines = lines
  }

  /// The eight directions in order of preference: where a reader looks first, and where lines seldom run.
  private static let directions: [(x: Double, y: Double)] = [
    (1, 0), (-1, 0), (0, -1), (0, 1), (0.75, -0.75), (-0.75, -0.75), (0.75, 0.75), (-0.75, 0.75),
  ]
  /// What lies between them, for names that stand away and have a leader.
  private static let between: [(x: Double, y: Double)] = [
    (0.35, -0.95), (-0.35, -0.95), (0.35, 0.95), (-0.35, 0.95), (0.95, -0.4), (-0.95, -0.4), (0.95, 0.4),
    (-0.95, 0.4),
  ]
  private static let near = [5.0]
  private static let far = [16.0, 30, 46]

  /// Takes the room for a name of a size beside a mark.
  ///
  /// - Parameter mayCrossLines: for a name that must not be missing: a line may run behind it where nothing else is free.
  mutating func place(
    width: Double, height: Double, beside centre: Spot, radius: Double, mayCrossLines: Bool = false
  ) -> Placement? {
    let rounds = [(Self.near, false), (Self.far, false)] + (mayCrossLines ? [(Self.near, true)] : [])
    for (gaps, mayCrossLines) in rounds {
      for gap in gaps {
        for direction in gap > 10 ? Self.directions + Self.between : Self.directions {
          let box = Self.box(
            width: width, height: height, at: direction, from: centre, distance: radius + gap)
          let leader = gap > 10 ? Self.leader(from: centre, radius: radius, to: box) : nil
          guard isFree(box, mayCrossLines: mayCrossLines), leader.map({ isFree($0, from: centre) }) ?? true
          else { continue }
          taken.append(box)
          if let leader { leaders.append(leader) }
          return Placement(box: box, leader: leader)
        }
      }
    }
    return nil
  }

  private func isFree(_ box: Box, mayCrossLines: Bool) -> Bool {
    bounds.contains(box) && !marks.contains { $0.meets(box) }
      && !taken.contains { $0.grown(by: 2).meets(box) }
      && !leaders.contains { box.meets($0) } && (mayCrossLines || !lines.contains { box.meets($0) })
  }

  /// Whether a leader crosses no name and no mark but its own.
  private func isFree(_ leader: Segment, from centre: Spot) -> Bool {
    !taken.contains { $0.meets(leader) } && !marks.contains { !$0.contains(centre) && $0.meets(leader) }
  }

  private static func box(
    width: Double, height: Double, at direction: (x: Double, y: Double), from centre: Spot, distance: Double
  ) -> Box {
    let x = centre.x + direction.x * distance
    let y = centre.y + direction.y * distance
    let left = direction.x > 0 ? x : direction.x < 0 ? x - width : x - width / 2
    let top: Double
    if direction.y == 0 {
      top = y - height / 2
    } else {
      // The line's own leading is part of the distance.
      top = direction.y > 0 ? y - height * 0.1 : y - height * 0.9
    }
    return Box(left: left, top: top, right: left + width, bottom: top + height)
  }

  private static func leader(from centre: Spot, radius: Double, to box: Box) -> Segment {
    let end = box.nearest(to: centre)
    let (run, rise) = (end.x - centre.x, end.y - centre.y)
    let length = (run * run + rise * rise).squareRoot()
    guard length > 0 else { return Segment(start: centre, end: end) }
    let out = (radius + 1) / length
    return Segment(
      start: Spot(x: centre.x + run * out, y: centre.y + rise * out),
      end: Spot(x: end.x - run / length * 1.5, y: end.y - rise / length * 1.5))
  }
}

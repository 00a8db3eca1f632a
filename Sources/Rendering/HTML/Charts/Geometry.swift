/// A place of a drawing in its own units, y growing downwards.
struct Spot: Hashable, Sendable {
  let x: Double
  let y: Double
}

/// A rectangle of a drawing with sides along the axes.
struct Box: Hashable, Sendable {
  let left: Double
  let top: Double
  let right: Double
  let bottom: Double

  init(left: Double, top: Double, right: Double, bottom: Double) {
    self.left = left
    self.top = top
    self.right = right
    self.bottom = bottom
  }

  init(around centre: Spot, radius: Double) {
    self.init(
      left: centre.x - radius, top: centre.y - radius, right: centre.x + radius, bottom: centre.y + radius)
  }

  var width: Double { right - left }
  var height: Double { bottom - top }
  var middle: Spot { Spot(x: (left + right) / 2, y: (top + bottom) / 2) }

  func grown(by margin: Double) -> Box {
    Box(left: left - margin, top: top - margin, right: right + margin, bottom: bottom + margin)
  }

  func moved(x: Double = 0, y: Double = 0) -> Box {
    Box(left: left + x, top: top + y, right: right + x, bottom: bottom + y)
  }

  /// Whether the two share more than an edge.
  func meets(_ other: Box) -> Bool {
    left < other.right && other.left < right && top < other.bottom && other.top < bottom
  }

  func contains(_ other: Box) -> Bool {
    left <= other.left && other.right <= right && top <= other.top && other.bottom <= bottom
  }

  func contains(_ spot: Spot) -> Bool {
    left <= spot.x && spot.x <= right && top <= spot.y && spot.y <= bottom
  }

  /// Whether any part of the segment lies inside, by clipping it against the four sides (Liang–Barsky).
  func meets(_ segment: Segment) -> Bool {
    let run = segment.end.x - segment.start.x
    let rise = segment.end.y - segment.start.y
    var first = 0.0
    var last = 1.0
    for (direction, distance) in [
      (-run, segment.start.x - left), (run, right - segment.start.x), (-rise, segment.start.y - top),
      (rise, bottom - segment.start.y),
    ] {
      if direction == 0 {
        if distance < 0 { return false }
      } else if direction < 0 {
        first = max(first, distance / direction)
      } else {
        last = min(last, distance / direction)
      }
    }
    return first <= last
  }

  /// The place of the rectangle next to a spot outside it.
  func nearest(to spot: Spot) -> Spot {
    Spot(x: min(max(spot.x, left), right), y: min(max(spot.y, top), bottom))
  }
}

struct Segment: Hashable, Sendable {
  let start: Spot
  let end: Spot
}

extension [Spot] {
  /// The straight pieces of a line through the spots.
  var segments: [Segment] { zip(self, dropFirst()).map { Segment(start: $0, end: $1) } }
}

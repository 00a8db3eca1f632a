/// A drawing before it is written: its things in painting order, with the room each takes.
struct Scene: Sendable {
  let width: Double
  private(set) var height: Double
  private(set) var items: [Item] = []

  init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }

  enum Item: Sendable {
    case path([Spot], Stroke)
    case bar(Box, Ink, title: String)
    case mark(Mark)
    case label(Label)
  }

  /// What a line is for; its class and dash follow.
  enum Stroke: Hashable, Sendable {
    case grid
    case axis
    case front
    /// From a label to its mark.
    case leader
    /// From a crossing to its axis, and from a line that ends early to its name: dotted, for it is no data.
    case guide
    /// Where a value may lie.
    case interval
    case series(Int)
  }

  /// Colours by their class: the eight of the palette, and one that stays behind them.
  enum Ink: Hashable, Sendable {
    case series(Int)
    case quiet
    /// The colour of the text.
    case main
  }

  struct Mark: Sendable {
    let centre: Spot
    let radius: Double
    let shape: MarkShape
    let ink: Ink
    /// What the mark is and its exact values, shown under the pointer; nil in a key.
    let title: String?

    var box: Box { Box(around: centre, radius: radius) }
  }

  struct Label: Sendable {
    enum Anchor: Sendable { case start, middle, end }
    enum Style: Sendable {
      case plain
      /// Ticks and axis titles.
      case soft
      /// Names beside the marks they name, on a ground that keeps lines away.
      case name
      case strong
      case unknown
    }

    let text: String
    let box: Box
    let anchor: Anchor
    let style: Style
    /// The whole text where it had to be cut.
    let full: String?
    /// The series that it names, whose colour it takes.
    var series: Int?

    func moved(to box: Box) -> Label {
      Label(text: text, box: box, anchor: .start, style: style, full: full, series: series)
    }

    func naming(_ series: Int) -> Label {
      var label = self
      label.series = series
      return label
    }
  }

  /// Makes room for what a key or long names have pushed down.
  mutating func grow(to least: Double) { height = max(height, least) }

  mutating func line(_ start: Spot, _ end: Spot, _ stroke: Stroke) {
    items.append(.path([start, end], stroke))
  }
  mutating func path(_ spots: [Spot], _ stroke: Stroke) { items.append(.path(spots, stroke)) }
  mutating func bar(_ box: Box, _ ink: Ink, title: String) { items.append(.bar(box, ink, title: title)) }
  mutating func mark(_ mark: Mark) { items.append(.mark(mark)) }
  mutating func label(_ label: Label) { items.append(.label(label)) }

  var labels: [Label] {
    items.compactMap { if case .label(let label) = $0 { label } else { nil } }
  }
  var marks: [Mark] {
    items.compactMap { if case .mark(let mark) = $0 { mark } else { nil } }
  }
  var paths: [[Spot]] {
    items.compactMap { if case .path(let spots, _) = $0 { spots } else { nil } }
  }
  var bars: [Box] {
    items.compactMap { if case .bar(let box, _, _) = $0 { box } else { nil } }
  }
}

/// Shapes that stay apart without colour, also when small.
enum MarkShape: Int, CaseIterable, Sendable {
  case disc
  case square
  case triangle
  case diamond
  case wedge
  case ring
  case frame
  case cross

  /// The shape of a series by its place.
  static func of(series: Int) -> MarkShape { allCases[series % allCases.count] }
}

import Facts

extension Chart {
  /// Points of two values each, with the line of the best: lower x and higher y are better.
  public struct Scatter: Sendable {
    public struct Point: Sendable {
      public let label: String
      /// Exact values in the axes' units; nil where no source says. A point with an unknown is not drawn.
      public let x: ExactDecimal?
      public let y: ExactDecimal?
      /// No other point is at once cheaper and better. The front is drawn as a line of steps.
      public let isFront: Bool
      /// One of the models that the page is about.
      public let isEmphasised: Bool
      /// Where the values may lie, drawn as lines through the point; nil draws none.
      public let xRange: ClosedRange<ExactDecimal>?
      public let yRange: ClosedRange<ExactDecimal>?

      public init(
        _ label: String, x: ExactDecimal?, y: ExactDecimal?, isFront: Bool = false,
        isEmphasised: Bool = false,
        xRange: ClosedRange<ExactDecimal>? = nil, yRange: ClosedRange<ExactDecimal>? = nil
      ) {
        self.xRange = xRange
        self.yRange = yRange
        self.label = label
        self.x = x
        self.y = y
        self.isFront = isFront
        self.isEmphasised = isEmphasised
      }
    }

    /// The words of the key; an entry shows only where the chart has such points.
    public struct Key: Sendable {
      public let emphasised: String
      public let front: String
      public let others: String

      public init(
        emphasised: String = "This page", front: String = "None cheaper scores higher",
        others: String = "Others"
      ) {
        self.emphasised = emphasised
        self.front = front
        self.others = others
      }
    }

    public let x: Axis
    public let y: Axis
    public let points: [Point]
    public let key: Key

    public init(x: Axis, y: Axis, points: [Point], key: Key = Key()) {
      self.x = x
      self.y = y
      self.points = points
      self.key = key
    }
  }

  /// One horizontal bar a row. On a linear scale bars grow from zero; on a logarithmic one, which has no zero, a dot
  /// marks the value instead.
  public struct Bars: Sendable {
    public struct Bar: Sendable {
      public let label: String
      /// nil where no source says: the row shows the display text and no mark.
      public let value: ExactDecimal?
      /// What people read at the end of the bar: `131k`, `unknown`.
      public let display: String
      /// One of the models that the page is about.
      public let isEmphasised: Bool

      public init(
        _ label: String, value: ExactDecimal?, display: String, isEmphasised: Bool = false
      ) {
        self.label = label
        self.value = value
        self.display = value == nil ? Display.unknown : display
        self.isEmphasised = isEmphasised
      }
    }

    public let axis: Axis
    /// Top to bottom.
    public let bars: [Bar]

    public init(axis: Axis, bars: [Bar]) {
      self.axis = axis
      self.bars = bars
    }
  }

  /// Values that hold from a day until the next change, as lines of steps over the calendar.
  public struct Steps: Sendable {
    public struct Change: Hashable, Sendable {
      public let date: CalendarDate
      /// nil when it is unknown from that day on: the line breaks off.
      public let value: ExactDecimal?

      public init(_ date: CalendarDate, _ value: ExactDecimal?) {
        self.date = date
        self.value = value
      }
    }

    public struct Series: Sendable {
      public let label: String
      /// Oldest first. The last value holds until the chart ends.
      public let changes: [Change]

      public init(_ label: String, changes: [Change]) {
        self.label = label
        self.changes = changes.sorted { $0.date < $1.date }
      }
    }

    public let axis: Axis
    /// At most ``Chart/mostSeries`` are drawn.
    public let series: [Series]
    /// The last day that the values are known to hold: the day the page speaks of.
    public let until: CalendarDate

    public init(axis: Axis, series: [Series], until: CalendarDate) {
      self.axis = axis
      self.series = series
      self.until = until
    }
  }

  /// Values over traffic, straight between the points given. On a logarithmic scale a straight line bends, and is
  /// drawn bent.
  public struct Lines: Sendable {
    public struct Point: Hashable, Sendable {
      public let x: ExactDecimal
      public let y: ExactDecimal

      public init(x: ExactDecimal, y: ExactDecimal) {
        self.x = x
        self.y = y
      }
    }

    public struct Series: Sendable {
      public let label: String
      /// From the least traffic to the most.
      public let points: [Point]

      public init(_ label: String, points: [Point]) {
        self.label = label
        self.points = points.sorted { $0.x < $1.x }
      }
    }

    /// A point where two lines meet, and what it means: `Break-even at 1.2M requests`.
    public struct Crossing: Sendable {
      public let label: String
      public let point: Point

      public init(_ label: String, at point: Point) {
        self.label = label
        self.point = point
      }
    }

    /// A place on the x axis that the page is about: `this traffic`. It is drawn as an upright line with its label.
    public struct Here: Sendable {
      public let label: String
      public let x: ExactDecimal

      public init(_ label: String, at x: ExactDecimal) {
        self.label = label
        self.x = x
      }
    }

    public let x: Axis
    public let y: Axis
    /// At most ``Chart/mostSeries`` are drawn.
    public let series: [Series]
    public let crossings: [Crossing]
    public let here: Here?

    public init(x: Axis, y: Axis, series: [Series], crossings: [Crossing] = [], here: Here? = nil) {
      self.x = x
      self.y = y
      self.series = series
      self.crossings = crossings
      self.here = here
    }
  }
}

// MARK: What is drawn and what is not

extension Chart.Scatter {
  /// A point whose values are both known and on the scales.
  package struct Drawn: Sendable {
    package let point: Point
    package let x: ExactDecimal
    package let y: ExactDecimal
  }

  package var drawn: [Drawn] {
    points.compactMap { point in
      guard let x = point.x, let y = point.y, self.x.holds(x), self.y.holds(y) else { return nil }
      return Drawn(point: point, x: x, y: y)
    }
  }

  var omissions: [Chart.Omission?] {
    let unknown = points.filter { $0.x == nil || $0.y == nil }
    let offScale = points.filter { point in
      guard let x = point.x, let y = point.y else { return false }
      return !(self.x.holds(x) && self.y.holds(y))
    }
    return [.init(.unknown, unknown.map(\.label)), .init(.notAboveZero, offScale.map(\.label))]
  }
}

extension Chart.Bars {
  /// The value where it is known and on the scale.
  package func drawnValue(_ bar: Bar) -> ExactDecimal? {
    guard let value = bar.value, axis.holds(value) else { return nil }
    return value
  }

  var omissions: [Chart.Omission?] {
    [.init(.notAboveZero, bars.filter { $0.value != nil && drawnValue($0) == nil }.map(\.label))]
  }
}

extension Chart.Steps {
  package var drawn: [Series] { Array(series.prefix(Chart.mostSeries)) }

  /// The value from a change on where it is known and on the scale.
  package func drawnValue(_ change: Change) -> ExactDecimal? {
    guard let value = change.value, axis.holds(value) else { return nil }
    return value
  }

  var omissions: [Chart.Omission?] {
    let unknown = drawn.filter { $0.changes.allSatisfy { $0.value == nil } }
    let offScale = drawn.filter { $0.changes.contains { $0.value != nil && drawnValue($0) == nil } }
    return [
      .init(.unknown, unknown.map(\.label)), .init(.notAboveZero, offScale.map(\.label)),
      .init(.tooManySeries, series.dropFirst(Chart.mostSeries).map(\.label)),
    ]
  }
}

extension Chart.Lines {
  package var drawn: [Series] { Array(series.prefix(Chart.mostSeries)) }

  package func holds(_ point: Point) -> Bool { x.holds(point.x) && y.holds(point.y) }

  /// The place that the page is about, where the scale has it.
  package var drawnHere: Here? { here.flatMap { x.holds($0.x) ? $0 : nil } }

  var omissions: [Chart.Omission?] {
    let unknown = drawn.filter(\.points.isEmpty)
    let offScale = drawn.filter { !$0.points.allSatisfy(holds) }.map(\.label)
    return [
      .init(.unknown, unknown.map(\.label)),
      .init(.notAboveZero, offScale + crossings.filter { !holds($0.point) }.map(\.label)),
      .init(.tooManySeries, series.dropFirst(Chart.mostSeries).map(\.label)),
    ]
  }
}

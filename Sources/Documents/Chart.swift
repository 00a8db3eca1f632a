import Facts

/// A picture of values, with the table that holds the same values beside it.
///
/// The table carries the citations; the picture shows nothing that the table does not say. What cannot be drawn is
/// left out and named by ``omissions``, so a reader never takes a missing mark for a missing model.
public struct Chart: Sendable {
  /// Stable anchor: `price-against-score`. Letters, digits and hyphens.
  public let id: String
  public let title: String
  /// One sentence of what it shows, without what had to be left out; see ``fullDescription``.
  public let description: String
  public let table: Table
  public let shape: Shape

  public init(id: String, title: String, description: String, table: Table, shape: Shape) {
    self.id = id
    self.title = title
    self.description = description
    self.table = table
    self.shape = shape
  }

  /// The closed set of pictures.
  public enum Shape: Sendable {
    /// One point a model: price against score.
    case scatter(Scatter)
    /// One bar a model: context windows.
    case bars(Bars)
    /// Values that hold until they change: the price history of routes.
    case steps(Steps)
    /// Values that grow with traffic: monthly cost, with the points where the cheaper side changes.
    case lines(Lines)
  }

  /// What a value counts; it decides how ticks and values are written.
  public enum Unit: Hashable, Sendable {
    /// US dollars; the axis title says per what.
    case dollars
    case tokens
    /// Requests, routes, models: whole things whose noun stands in the axis title.
    case count
    /// Milliseconds; the axis title says of what.
    case milliseconds
    case score(ScoreUnit)

    /// Whether a fraction of one makes no sense, so that no tick shows one.
    package var isWhole: Bool {
      switch self {
      case .tokens, .count: true
      case .dollars, .milliseconds, .score: false
      }
    }
  }

  /// One measured direction of a chart.
  public struct Axis: Hashable, Sendable {
    public enum Scale: Hashable, Sendable {
      case linear
      /// Equal steps multiply by ten. Values of zero and below have no place on it.
      case logarithmic
    }

    /// What is measured, with its unit in words: `Output price, US dollars per 1M tokens`.
    public let title: String
    public let unit: Unit
    public let scale: Scale

    public init(_ title: String, unit: Unit, scale: Scale = .linear) {
      self.title = title
      self.unit = unit
      self.scale = scale
    }

    /// Whether the scale has a place for the value.
    package func holds(_ value: ExactDecimal) -> Bool {
      scale == .linear || (!value.isZero && !value.isNegative)
    }
  }
}

// MARK: What is left out

extension Chart {
  /// The most series one chart draws: so many colours, dashes and marks stay apart.
  public static let mostSeries = 8

  /// Things that are in the table and not in the picture, with the reason.
  public struct Omission: Hashable, Sendable {
    public enum Reason: String, Hashable, Sendable {
      case unknown = "a value is unknown"
      case notAboveZero = "only values above zero have a place on a logarithmic scale"
      case tooManySeries = "a chart shows at most 8 lines"
    }

    public let reason: Reason
    /// In the order of the chart, each once.
    public let labels: [String]

    init?(_ reason: Reason, _ labels: [String]) {
      var seen: Set<String> = []
      let unique = labels.filter { seen.insert($0).inserted }
      guard !unique.isEmpty else { return nil }
      self.reason = reason
      self.labels = unique
    }
  }

  /// What the picture leaves out; empty when it draws everything.
  public var omissions: [Omission] {
    let omissions: [Omission?]
    switch shape {
    case .scatter(let scatter): omissions = scatter.omissions
    case .bars(let bars): omissions = bars.omissions
    case .steps(let steps): omissions = steps.omissions
    case .lines(let lines): omissions = lines.omissions
    }
    return omissions.compactMap { $0 }
  }

  /// The description, then a sentence for each reason why something is not drawn:
  /// `Not drawn, because a value is unknown: Model A, Model B and 12 more.`
  public var fullDescription: String {
    ([description] + omissions.map(\.sentence)).joined(separator: " ")
  }

  /// What stands in the place of a picture without a single mark.
  package static let nothingDrawn = "No value can be drawn."
}

extension Chart.Omission {
  private static let mostNamed = 8

  fileprivate var sentence: String {
    var named = Array(labels.prefix(Self.mostNamed))
    if labels.count > named.count { named.append("\(labels.count - named.count) more") }
    return "Not drawn, because \(reason.rawValue): \(Display.listed(named))."
  }
}

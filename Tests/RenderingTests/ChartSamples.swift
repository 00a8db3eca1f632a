import Documents
import Facts
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Charts for the tests, ordinary and at the edge.
enum ChartSamples {
  struct Named: CustomTestStringConvertible, Sendable {
    let name: String
    let chart: Chart
    var testDescription: String { name }

    init(_ name: String, _ chart: Chart) {
      self.name = name
      self.chart = chart
    }
  }

  static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onload='alert(1)",
    "</title></svg><h1>",
    "]]><!--", "&amp;&lt;&bogus;", "a\u{0}b\u{1B}[31m", "\u{202E}txt.exe", "line\nbreak\ttab",
    "\u{FFFE}\u{FFFF}",
    "e" + String(repeating: "\u{301}", count: 5000), String(repeating: "模", count: 500), "👩‍👩‍👧‍👦🏴", "", " ",
  ]

  static func decimal(_ text: String) -> ExactDecimal {
    guard let value = try? ExactDecimal(parsing: text) else { preconditionFailure(text) }
    return value
  }

  static func chart(_ shape: Chart.Shape, id: String = "sample", title: String = "A chart") -> Chart {
    Chart(
      id: id, title: title, description: "What it shows.", table: Table(caption: "", head: [], rows: []),
      shape: shape
    )
  }

  static let price = Chart.Axis("Output price, US dollars per 1M tokens", unit: .dollars, scale: .logarithmic)
  static let score = Chart.Axis("Score, percent", unit: .score(.percent))

  static func scatter(
    _ values: [(String?, String?)], x: Chart.Axis = price, y: Chart.Axis = score,
    name: (Int) -> String = { "Model \($0)" }, emphasised: (Int) -> Bool = { $0 == 0 }
  ) -> Chart {
    chart(
      .scatter(
        Chart.Scatter(
          x: x, y: y,
          points: values.enumerated().map { index, value in
            Chart.Scatter.Point(
              name(index), x: value.0.map(decimal), y: value.1.map(decimal), isFront: index % 3 == 0,
              isEmphasised: emphasised(index))
          })))
  }

  static func bars(
    _ rows: [(String?, String)], scale: Chart.Axis.Scale, name: (Int) -> String = { "Row \($0)" }
  )
    -> Chart
  {
    chart(
      .bars(
        Chart.Bars(
          axis: Chart.Axis("Context window, tokens", unit: .tokens, scale: scale),
          bars: rows.enumerated().map { index, row in
            Chart.Bars.Bar(
              name(index), value: row.0.map(decimal), display: row.1, isEmphasised: index == 0)
          })))
  }

  static func steps(
    _ series: [[(String, String?)]], until: String = "2026-09-30", name: (Int) -> String = { "Route \($0)" }
  ) throws -> Chart {
    chart(
      .steps(
        Chart.Steps(
          axis: Chart.Axis("Output price, US dollars per 1M tokens", unit: .dollars),
          series: try series.enumerated().map { index, changes in
            Chart.Steps.Series(
              name(index),
              changes: try changes.map { .init(try CalendarDate(parsing: $0.0), $0.1.map(decimal)) })
          }, until: try CalendarDate(parsing: until))))
  }

  static func lines(
    _ series: [[(String, String)]], scale: Chart.Axis.Scale = .linear,
    crossings: [(String, String, String)] = [], here: (String, String)? = nil,
    name: (Int) -> String = { "Model \($0)" }
  ) -> Chart {
    chart(
      .lines(
        Chart.Lines(
          x: Chart.Axis("Requests a month", unit: .count, scale: scale),
          y: Chart.Axis("Cost a month, US dollars", unit: .dollars, scale: scale),
          series: series.enumerated().map { index, points in
            Chart.Lines.Series(
              name(index), points: points.map { .init(x: decimal($0.0), y: decimal($0.1)) })
          },
          crossings: crossings.map { .init($0.0, at: .init(x: decimal($0.1), y: decimal($0.2))) },
          here: here.map { .init($0.0, at: decimal($0.1)) })))
  }

  static let crossing = lines(
    [[("1000", "300"), ("10000000", "300")], [("1000", "1"), ("10000000", "10000")]], scale: .logarithmic,
    crossings: [("Break-even at 300k requests", "300000", "300")])

  /// One of each shape with a text in every place that takes one.
  static func shapes(labelled text: String) -> [Chart] {
    let axis = Chart.Axis(text, unit: .dollars)
    let point = Chart.Lines.Point(x: decimal("1"), y: decimal("2"))
    let date = (try? CalendarDate(year: 2026)).map { [Chart.Steps.Change($0, decimal("1"))] } ?? []
    let until = try? CalendarDate(year: 2026, month: 9)
    var shapes: [Chart.Shape] = [
      .scatter(
        .init(
          x: axis, y: axis,
          points: [
            .init(text, x: decimal("1"), y: decimal("2"), isFront: true, isEmphasised: true),
            .init(text, x: nil, y: nil),
          ], key: .init(emphasised: text, front: text, others: text))),
      .bars(
        .init(
          axis: axis,
          bars: [.init(text, value: decimal("1"), display: text), .init(text, value: nil, display: text)])),
      .lines(
        .init(
          x: axis, y: axis, series: [.init(text, points: [point])], crossings: [.init(text, at: point)],
          here: .init(text, at: decimal("1")))),
    ]
    if let until {
      shapes.append(.steps(.init(axis: axis, series: [.init(text, changes: date)], until: until)))
    }
    return shapes.map { chart($0, id: text, title: text) }
  }

  static let edges: [Named] = {
    let tiny = "0.00000001"
    let huge = "123456789012345678901234567890"
    let linear = Chart.Axis("Price", unit: .dollars)
    let long = String(repeating: "An unreasonably long name ", count: 8)
    var samples = [
      Named("no point", scatter([])), Named("one point", scatter([("3", "77.3")])),
      Named("one point at zero", scatter([("0", "0")], x: linear)),
      Named("equal values", scatter(Array(repeating: ("3", "50"), count: 12))),
      Named(
        "nearly equal values",
        scatter([("1000000000000", "50"), ("1000000000000.001", "50.0000000001")], x: linear)),
      Named("huge and small, logarithmic", scatter([(tiny, "0"), (huge, "100")])),
      Named("huge and small, linear", scatter([(tiny, "0"), (huge, "100")], x: linear)),
      Named("negative scores", scatter([("1", "-40"), ("2", "-3")])),
      Named("crowd", scatter((0..<300).map { ("\(1 + $0 * 7 % 90).5", "\($0 * 13 % 101)") })),
      Named(
        "all named",
        scatter((0..<300).map { ("\(1 + $0 * 7 % 90).5", "\($0 * 13 % 101)") }, emphasised: { _ in true })),
      Named("long names", scatter([("1", "50"), ("2", "60"), ("3", "70")], name: { _ in long })),
      Named("edges of percent", scatter([("1", "0"), ("10", "100")])),
      Named("no bar", bars([], scale: .linear)), Named("one bar", bars([("1", "1")], scale: .linear)),
      Named("unknown bars", bars([(nil, ""), (nil, "")], scale: .linear)),
      Named("negative bars", bars([("-5", "-5"), ("7", "7")], scale: .linear)),
      Named(
        "bars, long",
        bars([("131072", "131k"), ("1048576", long), (nil, "")], scale: .linear, name: { _ in long })),
      Named(
        "dots", bars([("131072", "131k"), ("10000000", "10M"), ("0", "0"), (nil, "")], scale: .logarithmic)),
      Named("equal dots", bars([("131072", "131k"), ("131072", "131k")], scale: .logarithmic)),
      Named("300 bars", bars((1...300).map { ("\($0)", "\($0)") }, scale: .linear)),
      Named("one line", lines([[("0", "0"), ("1000000", "0.01")]])),
      Named("level lines", lines([[("0", "5"), ("9", "5")], [("0", "5"), ("9", "5")]])),
      Named("one place", lines([[("5", "5")]], crossings: [("Here", "5", "5")])),
      Named("free lines", lines([[("0", "0"), ("100", "0")]])),
      Named("bent line", lines([[("1", huge), ("1000000", tiny)]], scale: .logarithmic)),
      Named(
        "zero on a logarithmic line",
        lines([[("0", "0"), ("10", "10"), ("1000", "1000")]], scale: .logarithmic)),
      Named("crossing", crossing),
      Named(
        "here",
        lines([[("0", "5"), ("100", "50")], [("0", "9"), ("100", "9")]], here: ("this traffic", "24"))),
      Named(
        "here at the end",
        lines([[("0", "5"), ("100", "50")]], crossings: [("Even", "99", "49")], here: (long, "100"))),
      Named(
        "here off the scale", lines([[("1", "5"), ("100", "50")]], scale: .logarithmic, here: ("this", "0"))),
      Named(
        "eight lines, early ends",
        lines(
          (1...8).map { [("0", "0"), ("\(100 * $0)", "\(900 - $0)")] },
          crossings: [(long, "50", "400"), ("Second", "55", "400"), ("Third", "0", "0")])),
    ]
    let routes: [(String, [[(String, String?)]])] = [
      ("no change", []), ("one change", [[("2026-09-30", "1")]]), ("only unknown", [[("2026-01-01", nil)]]),
      ("years", [[("1990", "1"), ("2026-08", tiny)]]), ("after the end", [[("2027-03-01", "5")]]),
      ("eight equal", Array(repeating: [("2026-01-01", "1"), ("2026-02-01", "2")], count: 8)),
      ("broken", [[("2025-01-01", "1"), ("2025-02-01", nil)], [("2025-01-01", "1"), ("2026-09-30", nil)]]),
    ]
    for (name, series) in routes {
      if let chart = try? steps(series) { samples.append(Named("steps, " + name, chart)) }
      if let chart = try? steps(series, name: { _ in long }) {
        samples.append(Named("steps, long, " + name, chart))
      }
    }
    return samples
  }()
}

/// Reads bytes as XML and keeps every element.
enum WellFormed {
  struct Element {
    let name: String
    let attributes: [String: String]
  }
  struct NotXML: Error, CustomStringConvertible {
    let description: String
  }

  static func elements(of bytes: [UInt8]) throws -> [Element] {
    let reader = Reader()
    let parser = XMLParser(data: Data(bytes))
    parser.delegate = reader
    guard parser.parse() else {
      throw NotXML(description: "\(parser.parserError.map { "\($0)" } ?? "") at line \(parser.lineNumber)")
    }
    return reader.elements
  }

  private final class Reader: NSObject, XMLParserDelegate {
    var elements: [Element] = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      elements.append(Element(name: name, attributes: attributes))
    }
  }
}

import Cataloguing
import Documents
import Facts

/// What the reader measured on a model's routes, as cells and sentences. It comes before what sources state, which stays beside it.
struct MeasuredPart {
  let evidence: [MeasuredEvidence]

  /// The evidence that counts, newest first.
  var current: [Measurement] { evidence.filter(\.isCurrent).map(\.measurement) }
  var isEmpty: Bool { evidence.isEmpty }

  /// The one that a page with a single column shows: the newest that counts.
  var best: Measurement? { current.first }

  // MARK: Cells

  /// `measured by you, n = 300, 2026-11-20`.
  static func label(_ measurement: Measurement) -> String {
    "measured by you, n = \(Display.grouped(String(measurement.cells))), \(measurement.date.text)"
  }

  static func cell(_ display: String, exact: String, path: String, _ measurement: Measurement) -> Cell {
    Cell(
      display, state: .known, exact: exact,
      citations: [
        Citation(
          source: SourceDescription(
            id: SourceID("measured:" + measurement.run), title: "Measured by you: \(measurement.run)",
            version: measurement.date.text, licence: "the reader's own", homepage: nil,
            observed: measurement.date,
            digest: measurement.fileDigest, lineage: SourceID("measured"), correction: "llmref eval fold"),
          recordKey: measurement.route, path: path, asWritten: exact, validUntil: measurement.validUntil,
          basis: .stated)
      ], rule: label(measurement))
  }

  static func rate(_ measurement: Measurement) -> Cell {
    let share = Double(measurement.passed) / Double(measurement.cells)
    return cell(
      "\(MeasuredText.percent(share)) (\(percent(measurement.rateLow)) to \(percent(measurement.rateHigh)))",
      exact: "\(measurement.passed)/\(measurement.cells)", path: "passed", measurement)
  }

  static func cost(_ measurement: Measurement) -> Cell {
    guard let dollars = measurement.costPerThousand else { return .unknown }
    return cell(
      Display.rounded(dollars, decimals: 4), exact: dollars.text, path: "cost_per_thousand_usd", measurement)
  }

  static func time(_ percentiles: Measurement.Percentiles?, path: String, _ measurement: Measurement) -> [Run]
  {
    guard let percentiles else { return [.cell(.unknown)] }
    func text(_ value: ExactDecimal) -> String { MeasuredText.milliseconds(Double(value.text) ?? .nan) }
    return [
      .cell(cell(text(percentiles.median), exact: percentiles.median.text, path: path, measurement)),
      .text(", p95 "),
      .cell(cell(text(percentiles.p95), exact: percentiles.p95.text, path: path + ".p95", measurement)),
    ]
  }

  private static func percent(_ share: ExactDecimal) -> String {
    share.multiplied(by: ExactDecimal(100)).map { Display.score($0, unit: .percent) } ?? Display.unknown
  }

  /// The measured rows of a table, one column a measurement; nil where a model has none.
  static func rows(_ columns: [Measurement?]) -> [Table.Row] {
    func row(_ label: String, _ note: String, _ cells: (Measurement) -> [Run]) -> Table.Row {
      Table.Row(label, note: note, cells: columns.map { $0.map(cells) ?? [.cell(.unknown)] })
    }
    return [
      row("Evidence", "Which route of the model, how many cells, and until when it counts.") { measurement in
        [
          .cell(cell(label(measurement), exact: String(measurement.cells), path: "cells", measurement)),
          .text(
            " through \(Display.harmless(measurement.route)); counts until \(measurement.validUntil.text)"),
        ]
      },
      row("Passed", "Passed / cells, errors counted as not passed; in brackets Wilson's interval.") {
        measurement in
        [.cell(rate(measurement))]
          + (measurement.hasChecks ? [] : [.text(" gave a usable answer; nothing was checked")])
      },
      row("Cost of a thousand cells", "By the usage that the server counted, at the prices of the day.") {
        [.cell(cost($0))]
      },
      row("First token", "Median and p95 of usable answers.") {
        time($0.firstToken, path: "first_token_ms", $0)
      },
      row("Last token", "Median and p95 of usable answers.") {
        time($0.lastToken, path: "last_token_ms", $0)
      },
      row("Time per token", "Median and p95 of usable answers.") {
        time($0.perToken, path: "per_token_ms", $0)
      },
    ]
  }

  /// The same for programs: one member, or none where nothing was measured.
  static func data(_ measurements: [Measurement]) -> [(String, DataValue)] {
    guard !measurements.isEmpty else { return [] }
    return [
      (
        "measured",
        .list(
          measurements.map { measurement in
            .map(
              [
                ("run", .text(measurement.run)), ("model", .text(measurement.model.rawValue)),
                ("route", .text(measurement.route)), ("date", .text(measurement.date.text)),
                ("valid_until", .text(measurement.validUntil.text)), ("cells", .integer(measurement.cells)),
                ("passed", .integer(measurement.passed)), ("rate_low", .text(measurement.rateLow.text)),
                ("rate_high", .text(measurement.rateHigh.text)),
                (
                  "cost_per_thousand_usd", .text(measurement.costPerThousand?.text ?? Display.unknown)
                ),
                ("first_token_ms", .text(measurement.firstToken?.median.text ?? Display.unknown)),
              ])
          })
      )
    ]
  }

  // MARK: Evidence that does not count

  /// Why older evidence is not used, each a line.
  var asides: [[Run]] {
    evidence.filter { !$0.isCurrent }.map { entry in
      let measurement = entry.measurement
      return [
        .cell(Self.rate(measurement)),
        .text(
          " through \(Display.harmless(measurement.route)), \(Self.label(measurement)), does not count any more: \(Self.words(entry.standing, measurement))."
        ),
      ]
    }
  }

  private static func words(_ standing: MeasuredEvidence.Standing, _ measurement: Measurement) -> String {
    switch standing {
    case .current: "it counts"
    case .expired: "it expired on \(measurement.validUntil.text)"
    case .outdated(.price(let term, let then, let now)):
      "the price \(Display.harmless(term)) was \(price(then)) and is \(price(now))"
    case .outdated(.snapshot(let now)):
      "the API id stands for \(now.map { Display.harmless($0.rawValue) } ?? "no one model") now"
    case .outdated(.served(let day)): "the route was served by another model or fingerprint on \(day.text)"
    case .outdated(.unlisted): "the route is retired, or no source lists it any more"
    }
  }

  private static func price(_ text: String?) -> String { text.map { "$" + Display.harmless($0) } ?? "none" }
}

extension ModelProfile {
  /// What the reader measured; nil where nothing was.
  var measuredSection: Section? {
    let part = sheet.measured
    guard !part.isEmpty else { return nil }
    let current = part.current
    var blocks: [Block] = []
    if !current.isEmpty {
      blocks.append(
        .table(
          Table(
            caption: "On your own prompts",
            head: ["Measure"] + current.map { Display.harmless("\($0.run): \($0.name)") },
            rows: MeasuredPart.rows(current))))
    }
    if !part.asides.isEmpty { blocks.append(.list(part.asides)) }
    return Section(id: "measured", title: "Measured by you", blocks: blocks)
  }
}

extension Comparison {
  /// What the reader measured of the models compared, with what sources state of the same beside it; nil where nothing was.
  var measuredSection: Section? {
    guard sheets.contains(where: { !$0.measured.isEmpty }) else { return nil }
    let columns = measuredColumns
    var blocks: [Block] = []
    if columns.contains(where: { $0 != nil }) {
      var rows = MeasuredPart.rows(columns)
      rows.append(
        Table.Row(
          "As stated: monthly cost",
          note: "At list prices and this page's traffic; your own measurement comes first.",
          cells: models.indices.map { [.cell(costCell($0))] }))
      rows.append(
        Table.Row(
          "As stated: benchmarks led",
          note: "Comparable shared benchmarks; your own measurement comes first.",
          cells: models.indices.map { index in
            [
              .cell(
                .plain(
                  "\(verdict.benchmarks.count(where: { $0.leader == index })) of \(verdict.benchmarks.count)")
              )
            ]
          }))
      blocks.append(
        .table(
          Table(
            caption: "Measured by you, and as stated", head: ["Measure"] + names, headPaths: headPaths,
            rows: rows)))
    }
    if columns.count(where: { $0 != nil }) > 1, Set(columns.compactMap { $0?.run }).count > 1 {
      blocks.append(
        .notice([
          .text("These were measured in different evaluations, so they decide nothing between the models.")
        ]))
    }
    let asides = sheets.indices.flatMap { index in
      sheets[index].measured.asides.map { [.text("\(names[index]): ")] + $0 }
    }
    if !asides.isEmpty { blocks.append(.list(asides)) }
    return Section(id: "measured", title: "Measured by you", blocks: blocks)
  }

  /// One measurement of each model, of the newest run that measured most of them.
  var measuredColumns: [Measurement?] {
    let all = sheets.map(\.measured.current)
    let runs = Set(all.joined().map(\.run))
    func day(_ run: String) -> Int {
      all.joined().filter { $0.run == run }.map(\.date.firstDayNumber).max() ?? Int.min
    }
    let order = runs.sorted { left, right in
      let counts = (
        all.count { $0.contains { $0.run == left } }, all.count { $0.contains { $0.run == right } }
      )
      if counts.0 != counts.1 { return counts.0 > counts.1 }
      return day(left) != day(right) ? day(left) > day(right) : left < right
    }
    return all.map { own in
      order.first.flatMap { run in own.first { $0.run == run } } ?? own.first
    }
  }

  /// What the reader's own evaluation shows for a model against each other one; empty unless they were measured in one run.
  func measuredPoints(for index: Int) -> [[Run]] {
    others(index).flatMap { other -> [[Run]] in
      guard let lead = measuredLead(index, other) else { return [] }
      let (own, else_) = (lead.own, lead.other)
      var points: [[Run]] = []
      if lead.isBetter {
        points.append([
          .text("On your own prompts it passes more often: "), .cell(MeasuredPart.rate(own)),
          .text(" against "),
          .cell(MeasuredPart.rate(else_)), .text(" for \(names[other]) (\(MeasuredPart.label(own)))."),
        ])
      }
      if lead.isCheaper {
        points.append([
          .text("Your own prompts cost less on it: "), .cell(MeasuredPart.cost(own)),
          .text(" a thousand against "),
          .cell(MeasuredPart.cost(else_)), .text(" for \(names[other]) (\(MeasuredPart.label(own)))."),
        ])
      }
      return points
    }
  }

  /// What one run showed of a model against another.
  struct MeasuredLead {
    let own: Measurement
    let other: Measurement
    let isBetter: Bool
    let isCheaper: Bool
  }

  func measuredLead(_ index: Int, _ other: Int) -> MeasuredLead? {
    let columns = measuredColumns
    guard let own = columns[index], let rival = columns[other], own.run == rival.run else { return nil }
    if let comparison = own.comparison, comparison.baseline == rival.route {
      return MeasuredLead(
        own: own, other: rival, isBetter: comparison.quality == .better,
        isCheaper: comparison.cost == .cheaper)
    }
    if let comparison = rival.comparison, comparison.baseline == own.route {
      return MeasuredLead(
        own: own, other: rival, isBetter: comparison.quality == .worse, isCheaper: comparison.cost == .dearer)
    }
    return nil
  }

  /// The models that the reader's own evaluation puts before this one, where sources state the opposite.
  func contradicted(_ index: Int, by isLed: (MeasuredLead) -> Bool) -> Int? {
    others(index).first { other in measuredLead(other, index).map(isLed) ?? false }
  }

  /// Every measured cell of the page, for its list of sources.
  var measuredCells: [Cell] {
    (measuredSection?.blocks.flatMap(\.cells) ?? [])
      + models.indices.flatMap { measuredPoints(for: $0).flatMap(\.cells) }
  }
}

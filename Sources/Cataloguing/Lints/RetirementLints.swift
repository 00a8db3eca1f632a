import Facts

/// Checks of the days on which routes end, over what every source says of them.
extension Lints {
  static let retirements: [Lint] = [retiredBeforeRelease, retirementsDiffer]

  static let retirementRules: [(rule: String, meaning: String)] = [
    ("retired-before-release", "A source ends a route before the day on which its model was released."),
    ("retirements-differ", "Sources state different days for the end of one route; each is shown."),
    ("unknown-successor", "A source names a successor that leads to no model of the catalogue."),
    (
      "circular-successor",
      "A source names as successor the id itself, or one whose successors lead back to it."
    ),
  ]

  /// What a record says of the end of a route.
  private struct End {
    let day: CalendarDate
    let source: Int
    let key: String
  }

  private static func ends(_ records: [CitedRecord]) -> [End] {
    records.flatMap { cited in
      cited.record.claims.compactMap { claim -> End? in
        guard claim.field == .retirement, case .date(let day) = claim.value else { return nil }
        return End(day: day, source: cited.source, key: cited.record.key)
      }
    }
  }

  static let retiredBeforeRelease: Lint = { model, contents in
    guard let released = model.released.value else { return [] }
    func findings(_ records: [CitedRecord], at place: String) -> [Finding] {
      ends(records).filter { $0.day.lastDayNumber < released.firstDayNumber }.map {
        Finding(
          rule: "retired-before-release", place: place,
          message: "\($0.key.bounded) ends on \($0.day.text), and \(model.id) was released \(released.text)")
      }
    }
    return findings(contents.records, at: model.id.rawValue)
      + contents.routes.flatMap { findings($0.records, at: "\($0.provider)/\($0.apiID.bounded)") }
  }

  static let retirementsDiffer: Lint = { _, contents in
    contents.routes.compactMap { route in
      var keys: [CalendarDate: Set<String>] = [:]
      for end in ends(route.records) { keys[end.day, default: []].insert(end.key.bounded) }
      guard keys.count > 1 else { return nil }
      let said = keys.sorted { $0.key < $1.key }.map {
        "\($0.key.text) (\($0.value.sorted().joined(separator: ", ")))"
      }
      return Finding(
        rule: "retirements-differ", severity: .note, place: "\(route.provider)/\(route.apiID.bounded)",
        message: said.joined(separator: " or "))
    }
  }
}

extension Catalogue {
  /// The successors among a model's routes that lead nowhere, at the provider of the route or anywhere, or back.
  func unknownSuccessors(of contents: ModelContents, asOf: CalendarDate) throws(CatalogueError) -> [Finding] {
    var findings: [Finding] = []
    for route in contents.routes {
      var names: Set<String> = []
      for claim in route.records.flatMap(\.record.claims) where claim.field == .successor {
        if case .text(let name) = claim.value { names.insert(name) }
      }
      for name in names.sorted() {
        let chain = try succession(named: name, after: route, of: contents.id, asOf: asOf)
        let said: (rule: String, words: String)
        switch chain.outcome {
        case .unknown(let last) where chain.steps.isEmpty:
          said = ("unknown-successor", "the successor \(last.bounded) leads to no model")
        case .itself: said = ("circular-successor", "the successor \(name.bounded) is the id itself")
        case .circle(let last):
          said = ("circular-successor", "the successors of \(name.bounded) lead back to \(last.bounded)")
        case .served, .open, .unknown: continue
        }
        findings.append(
          Finding(
            rule: said.rule, severity: .note, place: "\(route.provider)/\(route.apiID.bounded)",
            message: said.words))
      }
    }
    return findings
  }
}

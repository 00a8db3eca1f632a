import Cataloguing
import Documents
import Facts

/// Dated facts around a day: releases, prices that start, retirements.
public struct Changes: Sendable {
  public enum Kind: String, Sendable {
    case released
    case price
    case retirement
  }

  public struct Change: Sendable {
    public let day: CalendarDate
    public let kind: Kind
    public let sheet: ModelSheet
    /// What changes, with the cells that say so.
    public let runs: [Run]
  }

  /// Newest first; days to come first of all.
  public let all: [Change]

  /// Changes at most so many days before the day of the directory, and all that are announced.
  public init(_ directory: Directory, days: Int = 90) {
    let today = directory.shelf.asOf.firstDayNumber
    var all: [Change] = []
    for sheet in directory.sheets {
      let name = sheet.name
      if let day = sheet.model.released.value, day.day != nil, Self.isNear(day, today, days),
        !sheet.assessment.trackedRoutes.isEmpty
      {
        all.append(
          Change(
            day: day, kind: .released, sheet: sheet,
            runs: [.text("\(name) is released on "), .cell(sheet.cell(.released)), .text(".")]))
      }
      for route in sheet.model.routes where route.isListed {
        all += Self.prices(route, sheet, today: today, days: days)
        if let day = route.retirement.value, Self.isNear(day, today, days) {
          all.append(
            Change(
              day: day, kind: .retirement, sheet: sheet,
              runs: [
                .text("\(name) retires at \(Display.harmless(route.providerName)) on "),
                .cell(Cells.cell(route[.retirement], .retirement)), .text("."),
              ]))
        }
      }
    }
    self.all = all.sorted {
      ($1.day, $0.sheet.model.id, $0.runs.plainText) < ($0.day, $1.sheet.model.id, $1.runs.plainText)
    }
  }

  private static func isNear(_ day: CalendarDate, _ today: Int, _ days: Int) -> Bool {
    day.firstDayNumber >= today - days && day.firstDayNumber <= today + 730
  }

  private static func prices(_ route: Route, _ sheet: ModelSheet, today: Int, days: Int) -> [Change] {
    route.prices.upcoming.compactMap { price in
      guard isNear(price.from, today, days) else { return nil }
      let cell = Cell(
        Display.unitPrice(price.money), state: .known, exact: price.money.text, citations: [price.citation],
        rule: ResolutionRule.onlySource.rawValue)
      return Change(
        day: price.from, kind: .price, sheet: sheet,
        runs: [
          .text(
            "\(sheet.name) at \(Display.harmless(route.providerName)): \(Display.midSentence(price.term.title)) "
          ), .cell(cell), .text(" from \(price.from.text)."),
        ])
    }
  }

  static func section(_ directory: Directory) -> Section {
    let changes = Changes(directory, days: 60).all.filter { $0.kind != .released }
    guard !changes.isEmpty else {
      return Section(
        id: "changes", title: "Dated changes",
        blocks: [.paragraph([.text("No source dates a price or a retirement near this day.")])])
    }
    return Section(
      id: "changes", title: "Dated changes", blocks: [.list(changes.prefix(12).map(\.runs))])
  }
}

import Cataloguing
import Documents
import Facts

/// Dated facts around a day: releases, prices that a source says changed or will, retirements.
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
    /// Where it happens; nil for the model itself.
    let provider: ProviderID?
    /// The provider's name; empty for the model itself.
    let place: String
    /// What changes, with the cells that say so.
    public let runs: [Run]

    /// The page that shows the fact.
    public var path: String {
      provider.map { Paths.route(sheet.model.id, $0) } ?? Paths.model(sheet.model.id)
    }

    /// The newest day on which a source was seen that says so.
    public var observed: CalendarDate? { runs.cells.flatMap(\.citations).map(\.observed).max() }
  }

  /// Up to the day of the directory, newest first.
  public let past: [Change]
  /// Announced for days after it, soonest first.
  public let ahead: [Change]

  /// How far back changes are kept, in days.
  private static let days = 90
  /// What is announced for later than this many days says little.
  private static let daysAhead = 730

  init(_ directory: Directory) {
    let today = directory.shelf.asOf
    let nearest = today.firstDayNumber - Self.days...today.firstDayNumber + Self.daysAhead
    var all: [Change] = []
    for sheet in directory.sheets {
      if let change = Self.release(sheet, nearest) { all.append(change) }
      var retired: Set<ProviderID> = []
      var priced: Set<String> = []
      for route in sheet.model.routes where route.isListed {
        // Two ids of a release change their price at once; one line says it.
        for change in Self.prices(route, sheet, nearest)
        where priced.insert("\(change.day.text) \(change.runs.plainText)").inserted {
          all.append(change)
        }
        // A provider retires all routes of a model at once; one line says it.
        if let change = Self.retirement(route, sheet, nearest), retired.insert(route.provider).inserted {
          all.append(change)
        }
      }
    }
    func routes(_ change: Change) -> Int { change.sheet.assessment.trackedRoutes.count }
    // Of one day the models with most routes come first: they concern most readers.
    func key(_ change: Change) -> (Int, String, String) {
      (-routes(change), change.sheet.model.id.rawValue, change.runs.plainText)
    }
    past = all.filter { $0.day <= today }.sorted { $0.day == $1.day ? key($0) < key($1) : $1.day < $0.day }
    ahead = all.filter { today < $0.day }.sorted { $0.day == $1.day ? key($0) < key($1) : $0.day < $1.day }
  }

  // MARK: Kinds

  private static func release(_ sheet: ModelSheet, _ nearest: ClosedRange<Int>) -> Change? {
    guard let day = sheet.model.released.value, day.day != nil, nearest.contains(day.firstDayNumber),
      !sheet.assessment.trackedRoutes.isEmpty
    else { return nil }
    return Change(
      day: day, kind: .released, sheet: sheet, provider: nil, place: "",
      runs: [
        .link(sheet.name, path: Paths.model(sheet.model.id)),
        .text(sheet.model.asOf < day ? " is announced for " : " was released on "),
        .cell(sheet.cell(.released)), .text("."),
      ])
  }

  private static func retirement(_ route: Route, _ sheet: ModelSheet, _ nearest: ClosedRange<Int>) -> Change?
  {
    // What follows from the lab's end is told once, as the lab's.
    guard let day = route.retirement.value, route.life.scope != .model, nearest.contains(day.firstDayNumber)
    else { return nil }
    return Change(
      day: day, kind: .retirement, sheet: sheet, provider: route.provider,
      place: Display.harmless(route.providerName),
      runs: place(route, sheet) + [
        .text(route.asOf < day ? " retires on " : " retired on "),
        .cell(Cells.cell(route[.retirement], .retirement)), .text("."),
      ])
  }

  /// Input and output prices of a route that a source dates, one change a day.
  private static func prices(_ route: Route, _ sheet: ModelSheet, _ nearest: ClosedRange<Int>) -> [Change] {
    var byDay: [CalendarDate: [[Run]]] = [:]
    for unit in [BillableUnit.input, .output] {
      let periods = route.priceHistory(PriceTerm(unit)).periods
      for (before, after) in zip(periods, periods.dropFirst()) {
        guard case .stated(let day) = after.start, nearest.contains(day.firstDayNumber),
          !before.price.isUnknown,
          !after.price.isUnknown
        else { continue }
        byDay[day, default: []].append([
          .text("\(Display.midSentence(unit.title)) "), .cell(Cells.price(before.price, unit)), .text(" → "),
          .cell(Cells.price(after.price, unit)),
        ])
      }
    }
    return byDay.map { day, parts in
      Change(
        day: day, kind: .price, sheet: sheet, provider: route.provider,
        place: Display.harmless(route.providerName),
        runs: place(route, sheet) + [.text(": ")] + Wording.joined(parts) + [
          .text(" per 1M tokens from \(day.text).")
        ])
    }
  }

  private static func place(_ route: Route, _ sheet: ModelSheet) -> [Run] {
    [
      .link(sheet.name, path: Paths.route(sheet.model.id, route.provider)),
      .text(" at \(Display.harmless(route.providerName))"),
    ]
  }

  // MARK: Sections

  /// What changed lately and what is announced; releases have a table of their own.
  func sections(most: Int) -> [Section] {
    [
      Self.section(
        "changes", "Recently changed", past, most: most,
        otherwise: "No source dates a price or a retirement in the \(Self.days) days before this day."),
      Self.section("ahead", "Announced", ahead, most: most, otherwise: "No source announces a change."),
    ]
  }

  /// Prices and retirements in equal parts, so that neither buries the other.
  private static func section(
    _ id: String, _ title: String, _ changes: [Change], most: Int, otherwise: String
  ) -> Section {
    let retirements = grouped(changes.filter { $0.kind == .retirement })
    let prices = changes.filter { $0.kind == .price }
    var blocks: [Block] = []
    if !prices.isEmpty { blocks.append(.list(prices.prefix(most).map(\.runs))) }
    if !retirements.isEmpty { blocks.append(.list(Array(retirements.prefix(most)))) }
    if blocks.isEmpty { blocks.append(.paragraph([.text(otherwise)])) }
    return Section(id: id, title: title, blocks: blocks)
  }

  private static let mostNamed = 4

  /// One line for all models that a provider retires on a day, in the order of the changes.
  private static func grouped(_ retirements: [Change]) -> [[Run]] {
    struct Key: Hashable {
      let provider: ProviderID?
      let day: CalendarDate
    }
    var order: [Key] = []
    var groups: [Key: [Change]] = [:]
    for change in retirements {
      let key = Key(provider: change.provider, day: change.day)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(change)
    }
    return order.compactMap { key in
      guard let changes = groups[key], let first = changes.first else { return nil }
      guard changes.count > 1 else { return first.runs }
      var names = changes.prefix(mostNamed).map { [Run.link($0.sheet.name, path: $0.path)] }
      if changes.count > mostNamed { names.append([.text("\(changes.count - mostNamed) more")]) }
      let day = Cells.derived(
        key.day.text, exact: key.day.text, from: changes.flatMap { $0.runs.cells.flatMap(\.citations) },
        rule: "the day on which a source retires each of them")
      return Wording.joined(names) + [
        .text(" \(first.sheet.model.asOf < key.day ? "retire" : "retired") at \(first.place) on "),
        .cell(day), .text("."),
      ]
    }
  }
}

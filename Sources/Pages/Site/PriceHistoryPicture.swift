import Cataloguing
import Documents
import Facts

/// The prices of a route over time, as steps and as a table.
enum PriceHistoryPicture {
  /// The units drawn, in the order of the key.
  private static let units: [BillableUnit] = [.input, .output, .cacheRead, .cacheWrite]

  /// nil when no price of the route is known to have changed.
  /// - Parameters:
  ///   - released: where the line of a price without a stated start begins; without it that line is not drawn.
  ///   - place: tells the charts of one page apart.
  static func block(_ route: Route, released: CalendarDate?, place: Int) -> Block? {
    let histories = units.map { route.priceHistory(PriceTerm($0)) }.filter(\.hasChange)
    guard !histories.isEmpty else { return nil }
    let id = Display.harmless(route.apiID)
    return .chart(
      Chart(
        id: "price-history-\(place)", title: "Price history", description: description(histories, released),
        table: Table(
          caption: "Price history of \(id), US dollars per 1M tokens",
          head: ["Price", "From", "Dollars", "Day"],
          rows: histories.flatMap { rows($0, asOf: route.asOf) }),
        shape: .steps(
          Chart.Steps(
            axis: Chart.Axis("US dollars per 1M tokens", unit: .dollars),
            series: histories.map { series($0, released: released, asOf: route.asOf) }, until: route.asOf))))
  }

  private static func description(_ histories: [PriceHistory], _ released: CalendarDate?) -> String {
    var words =
      "Each step is a day on which a source states another price, or the first day on which one was seen with it."
    if histories.contains(where: { $0.periods.first?.start == .open }) {
      words +=
        released == nil
        ? " A price without a stated start is in the table and not in the picture."
        : " A price without a stated start is drawn from the release of the model."
    }
    return words
  }

  private static func rows(_ history: PriceHistory, asOf: CalendarDate) -> [Table.Row] {
    history.periods.map { period in
      let isAhead = period.start.day.map { asOf < $0 } ?? false
      return Table.Row(
        history.term.title,
        cells: [
          [.cell(.plain(period.start.day?.text ?? "before that"))],
          [.cell(Cells.price(period.price, history.term.unit))],
          [.cell(.plain(isAhead ? "announced" : words(period.start)))],
        ])
    }
  }

  private static func words(_ start: PriceHistory.Start) -> String {
    switch start {
    case .open: "start not stated"
    case .stated: "stated"
    case .seen: "first seen"
    }
  }

  private static func series(
    _ history: PriceHistory, released: CalendarDate?, asOf: CalendarDate
  ) -> Chart.Steps.Series {
    let next = history.periods.dropFirst().first?.start.day
    let changes = history.periods.compactMap { period -> Chart.Steps.Change? in
      let value = period.price.value?.dollars
      if let day = period.start.day { return .init(day, value) }
      guard let released, next.map({ released < $0 }) ?? (released < asOf) else { return nil }
      return .init(released, value)
    }
    return .init(history.term.unit.title, changes: changes)
  }
}

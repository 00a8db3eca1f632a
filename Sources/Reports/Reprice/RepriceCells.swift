import Documents
import Facts
import Metering
import Pages
import Pricing

/// Amounts of a repriced log as cells. They rest on the prices of the section on prices, where each has its sources.
enum RepriceCells {
  /// Decimals of the amounts that a page shows.
  private static let decimals = 2

  static func dollars(_ dollars: ExactDecimal) -> Cell {
    Cell(Display.rounded(dollars, decimals: decimals), state: .plain, exact: dollars.text)
  }

  /// The cost with its adjustments, or the part of it that has prices.
  static func cost(_ amounts: Amounts, _ repricing: Repricing) -> Cell {
    repricing.adjusted(amounts.dollars).map(dollars) ?? .plain("too large")
  }

  /// Unknown where something has no price and nothing has one.
  static func tableCost(_ amounts: Amounts, _ repricing: Repricing) -> [Run] {
    if amounts.isKnown { return [.cell(cost(amounts, repricing))] }
    if amounts.dollars.isZero { return [.cell(.unknown)] }
    return [.cell(.unknown), .text("; known part "), .cell(cost(amounts, repricing))]
  }

  static func charged(_ amounts: Amounts) -> [Run] {
    amounts.chargedDollars.map { [.cell(dollars($0))] } ?? [.cell(.unknown)]
  }

  /// Charge less cost over the rows that have both; nil where none has.
  static func residual(_ amounts: Amounts, _ repricing: Repricing) -> ExactDecimal? {
    guard amounts.comparedRows > 0, let cost = repricing.adjusted(amounts.comparedDollars) else { return nil }
    return difference(amounts.comparedChargedDollars, cost)
  }

  static func difference(_ left: ExactDecimal, _ right: ExactDecimal) -> ExactDecimal? {
    left.adding(ExactDecimal(reducing: -right.mantissa, exponent: right.exponent))
  }

  static func count(_ count: Int128) -> [Run] {
    [.cell(Cell(Display.grouped(String(count)), state: .plain, exact: String(count)))]
  }

  static func words(_ reason: RowProblem.Reason) -> String {
    reason.rawValue.replacing("_", with: " ")
  }

  static func title(_ dimension: RepriceQuestion.Dimension) -> String {
    switch dimension {
    case .day: "day"
    case .model: "model"
    case .provider: "provider"
    case .route: "route"
    case .mode: "mode"
    case .key: "key"
    case .tag(let name): Display.harmless(name)
    }
  }

  static func name(_ name: Repricing.Name?) -> String {
    name.map { Display.harmless($0.text) } ?? Display.unknown
  }
}

import Facts

extension Display {
  /// A value as its field is shown: tokens short, dates ISO, prices with their digits.
  public static func value(_ value: FactValue, of field: Field) -> String {
    switch value {
    case .flag(let flag): Self.flag(flag)
    case .text(let text): Display.harmless(text)
    case .tokens(let count): tokens(count)
    case .parameters(let count): parameters(count)
    case .date(let date): date.text
    case .count(let count): grouped(String(count))
    case .money(let money): field.isTokenPrice ? pricePerMillion(money) : unitPrice(money)
    case .none: "none"
    }
  }
}

extension Field {
  fileprivate var isTokenPrice: Bool {
    if case .price(let term) = self { return term.unit.piecesPerPrice == 1_000_000 }
    return false
  }
}

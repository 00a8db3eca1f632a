import Facts

/// Numbers of the binary form. They are part of the format: add at the end, never renumber; a change of meaning
/// is a new `SnapshotFormat.version`.
extension ByteWriter {
  mutating func field(_ field: Field) {
    if case .price(let term) = field {
      byte(255)
      byte(UInt8(BillableUnit.allCases.firstIndex(of: term.unit) ?? 0))
      byte(UInt8(PriceMode.allCases.firstIndex(of: term.mode) ?? 0))
      unsigned(term.above.map { $0.tokens + 1 } ?? 0)
      if let tier = term.tier {
        byte(UInt8(TierSemantics.allCases.firstIndex(of: tier.semantics) ?? 0))
        byte(UInt8(TierCounting.allCases.firstIndex(of: tier.counting) ?? 0))
      }
      optional(term.hours?.text)
      optional(term.condition?.text)
      return
    }
    byte(UInt8(Field.plain.firstIndex(of: field) ?? 254))
  }

  mutating func value(_ value: FactValue) {
    switch value {
    case .none: byte(0)
    case .flag(let flag): byte(flag ? 2 : 1)
    case .text(let text):
      byte(3)
      self.text(text)
    case .tokens(let count):
      byte(4)
      unsigned(count.tokens)
    case .parameters(let count):
      byte(5)
      unsigned(count.parameters)
    case .date(let date):
      byte(6)
      self.date(date)
    case .money(let money):
      byte(7)
      decimal(money.dollars)
    case .count(let count):
      byte(8)
      signed(Int128(count))
    }
  }

  mutating func optional(_ text: String?) { self.text(text ?? "") }

  mutating func optional(_ date: CalendarDate?) {
    byte(date == nil ? 0 : 1)
    if let date { self.date(date) }
  }
}

extension ByteReader {
  mutating func field() throws(CatalogueError) -> Field {
    let code = Int(try byte())
    guard code == 255 else {
      guard code < Field.plain.count else { throw corrupt("a field has an unknown number") }
      return Field.plain[code]
    }
    let unit = Int(try byte())
    let mode = Int(try byte())
    let above = try unsigned()
    guard unit < BillableUnit.allCases.count, mode < PriceMode.allCases.count else {
      throw corrupt("a price has an unknown unit or mode")
    }
    var tier: PriceTier?
    if above > 0 {
      let semantics = Int(try byte())
      let counting = Int(try byte())
      guard semantics < TierSemantics.allCases.count, counting < TierCounting.allCases.count else {
        throw corrupt("a tier has an unknown kind")
      }
      tier = PriceTier(
        above: TokenCount(Int64(above) - 1), semantics: TierSemantics.allCases[semantics],
        counting: TierCounting.allCases[counting])
    }
    var hours: PriceHours?
    if let text = try optionalText() {
      guard let read = try? PriceHours(parsing: text) else { throw corrupt("a price has unknown hours") }
      hours = read
    }
    var condition: PriceCondition?
    if let text = try optionalText() {
      guard let read = PriceCondition(parsing: text) else {
        throw corrupt("a price has an unknown condition")
      }
      condition = read
    }
    return .price(
      PriceTerm(
        BillableUnit.allCases[unit], mode: PriceMode.allCases[mode], tier: tier, hours: hours,
        condition: condition))
  }

  mutating func value() throws(CatalogueError) -> FactValue {
    switch try byte() {
    case 0: return .none
    case 1: return .flag(false)
    case 2: return .flag(true)
    case 3: return .text(try text())
    case 4: return .tokens(TokenCount(Int64(try unsigned())))
    case 5: return .parameters(ParameterCount(Int64(try unsigned())))
    case 6: return .date(try date())
    case 7:
      let dollars = try decimal()
      guard let money = try? Money(dollars: dollars) else { throw corrupt("a price does not fit") }
      return .money(money)
    case 8:
      guard let count = Int64(exactly: try signed()) else { throw corrupt("a count does not fit") }
      return .count(count)
    default: throw corrupt("a value has an unknown kind")
    }
  }

  mutating func optionalText() throws(CatalogueError) -> String? {
    let text = try text()
    return text.isEmpty ? nil : text
  }

  mutating func optionalDate() throws(CatalogueError) -> CalendarDate? {
    try byte() == 0 ? nil : try date()
  }
}

import Facts
import TextFormats

extension RecordDraft {
  /// Largest believed price, in US dollars per million tokens.
  private static let largestPrice = ExactDecimal(1_000_000)

  /// A price as the source writes it, `factor` of which make our unit: 1,000,000 for a source that prices a single token, 3,600
  /// for one that prices a second of sound. Long digits of a source that computes in decimals are its price; those of any other
  /// are the noise of a binary float.
  mutating func price(
    _ term: PriceTerm, _ value: JSONValue?, factor: ExactDecimal = ExactDecimal(1), unit: String?,
    path: String, note: String? = nil, from: CalendarDate? = nil, until: CalendarDate? = nil,
    url: String? = nil, isDecimal: Bool = false
  ) {
    guard let (money, text) = amount(value, factor: factor, path: path, isDecimal: isDecimal) else { return }
    add(
      Claim(
        .price(term), .money(money), asWritten: text, unit: unit, note: note, validFrom: from,
        validUntil: until, url: url, path: path))
  }

  /// The same with the factor as a power of ten.
  mutating func price(
    _ term: PriceTerm, _ value: JSONValue?, scale: Int, unit: String?, path: String,
    from: CalendarDate? = nil, until: CalendarDate? = nil, isDecimal: Bool = false
  ) {
    price(
      term, value, factor: ExactDecimal(reducing: 1, exponent: scale), unit: unit, path: path, from: from,
      until: until, isDecimal: isDecimal)
  }

  /// The price of a tier whose beginning the source lost.
  mutating func flattenedTier(
    _ unit: BillableUnit, _ value: JSONValue?, factor: ExactDecimal = ExactDecimal(1), path: String
  ) {
    if let (money, _) = amount(value, factor: factor, path: path, isDecimal: false) {
      flattenedTiers[unit] = money
    }
  }

  /// The amount and how it is written; nil without one, and then a problem says why unless there is no value.
  private mutating func amount(_ value: JSONValue?, factor: ExactDecimal, path: String, isDecimal: Bool)
    -> (Money, String)?
  {
    guard let value, value != .null else { return nil }
    guard let text = value.numberText, let written = try? ExactDecimal(parsing: text) else {
      problem("bad-price", "\(path) \(value.asWritten.bounded) is no decimal number")
      return nil
    }
    guard !written.isNegative, let scaled = written.multiplied(by: factor), scaled < Self.largestPrice else {
      problem("bad-price", "\(path) \(text.bounded) is negative or above any price there is")
      return nil
    }
    var decimal = scaled
    if !isDecimal, let clean = scaled.withoutFloatNoise() {
      problem(
        "float-noise", "\(path) \(text.bounded) carries binary float noise; read as a price of \(clean.text)",
        severity: .note)
      decimal = clean
    }
    if let money = try? Money(dollars: decimal) { return (money, text) }
    // A third of a cent as a binary float has more digits than any price: the last ones are nobody's.
    guard !isDecimal, decimal.significantDigits >= 15, let money = try? Money(rounding: decimal) else {
      problem("inexact-price", "\(path) \(text.bounded) has more digits than a price can hold exactly")
      return nil
    }
    problem(
      "float-noise", "\(path) \(text.bounded) has more digits than a price; read as \(money.text)",
      severity: .note)
    return (money, text)
  }

  /// Adds a line for each price of a token that a multiplier changes, with the base price's own path.
  /// - Parameter target: the line that a multiplied line becomes; nil leaves it as it is.
  mutating func multiply(by value: JSONValue?, path: String, target: (PriceTerm) -> PriceTerm?) {
    guard let value, value != .null else { return }
    guard let text = value.numberText, let factor = try? ExactDecimal(parsing: text), !factor.isNegative
    else {
      problem("bad-multiplier", "\(path) \(value.asWritten.bounded) is no positive number")
      return
    }
    let before = "times "
    for claim in claims {
      guard case .price(let term) = claim.field, term.unit.isToken, case .money(let money) = claim.value,
        !money.isZero, let changed = target(term), let product = money.dollars.multiplied(by: factor),
        let multiplied = try? Money(dollars: product)
      else { continue }
      let note = claim.note?.hasPrefix(before) == true ? "\(claim.note ?? "") and \(path)" : before + path
      add(
        Claim(
          .price(changed), .money(multiplied), asWritten: "\(claim.asWritten) × \(text)",
          unit: claim.unitAsWritten, basis: .derived, note: note, validFrom: claim.validFrom,
          validUntil: claim.validUntil, url: claim.url, path: claim.path))
    }
  }

  /// Takes back zeros that stand for no price, and returns their paths.
  ///
  /// A zero for a part of a priced whole is no gift: a token that is written to a cache without a surcharge, or thought, costs
  /// what the whole does. Only where a source prices the writing may the reading of a cache be free. And tokens at zero beside
  /// the price of something else are not what the route is billed by.
  /// - Parameter isElsewhere: whether the record has a price that makes no claim.
  mutating func takeBackZeros(isElsewhere: Bool = false) -> [String] {
    var positive: Set<BillableUnit> = []
    for claim in claims {
      if case .price(let term) = claim.field, case .money(let money) = claim.value, !money.isZero {
        positive.insert(term.unit)
      }
    }
    let writes: Set<BillableUnit> = [.cacheWrite, .cacheWriteHour, .cacheWriteHalfDay]
    let isBilledOtherwise = isElsewhere || positive.contains { !$0.isToken }
    let hasTokens = positive.contains { $0.isToken }
    var paths: [String] = []
    claims.removeAll { claim in
      guard case .price(let term) = claim.field, case .money(let money) = claim.value, money.isZero else {
        return false
      }
      let isPart = term.unit.wider.contains { positive.contains($0) }
      let isFreeRead = term.unit == .cacheRead && !writes.isDisjoint(with: positive)
      guard isPart && !isFreeRead || term.unit.isToken && isBilledOtherwise && !hasTokens else {
        return false
      }
      paths.append(claim.path ?? term.text)
      return true
    }
    return paths
  }
}

extension BillableUnit {
  /// Whether it counts tokens of a request.
  var isToken: Bool {
    switch self {
    case .inputCharacter, .outputCharacter, .cacheStorage: false
    default: piecesPerPrice == 1_000_000
    }
  }
}

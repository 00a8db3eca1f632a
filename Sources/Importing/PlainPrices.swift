import Facts
import TextFormats

/// The prices of a route in a facts file that need more than a number: `prices`, a list of objects.
///
/// ```json
/// "prices": [
///   { "unit": "input", "usd": "2.5" },
///   { "unit": "input", "usd": "5", "above": 272000 },
///   { "unit": "output", "usd": "7.5", "mode": "batch", "from": "2026-10-14" },
///   { "unit": "input", "usd": "1.25", "hours": "mon-fri 22:00-06:00 +08:00" },
///   { "unit": "input", "usd": "2.75", "when": "residency=eu" },
///   { "unit": "web_search", "amount": "0.07", "currency": "CNY", "usd_per_unit": "0.1405", "rate_day": "2026-11-02" } ]
/// ```
/// `usd` is per 1M tokens or characters, per hour of sound, else per piece. `above` reprices the whole request; `tier` may be
/// `marginal`, `counting` `prompt_and_answer`. A line with `when` holds only for requests that meet the condition. A price in another currency names its rate and the rate's day.
enum PlainPrices {
  private static let keys: Set<String> = [
    "unit", "usd", "mode", "above", "tier", "counting", "hours", "from", "until", "amount", "currency",
    "usd_per_unit", "rate_day", "source", "when",
  ]

  static func add(_ list: JSONValue?, path: String, to draft: inout RecordDraft) {
    guard let list else { return }
    guard let prices = list.array else {
      draft.problem("bad-price", "\(path) is \(list.kind), not a list of prices")
      return
    }
    for (index, price) in prices.enumerated() {
      let place = "\(path)[\(index)]"
      for (key, _) in price.object?.members ?? [] where !keys.contains(key) {
        draft.problem("unknown-key", "\(place).\(key.bounded) is no key of a price; it makes no claim")
      }
      do { try add(price, place, &draft) } catch { draft.problem("bad-price", "\(place) \(error.words)") }
    }
  }

  private struct Refusal: Error { let words: String }

  private static func add(_ price: JSONValue, _ place: String, _ draft: inout RecordDraft) throws(Refusal) {
    func text(_ key: String) -> String? { price[key]?.string ?? price[key]?.numberText }
    func choice<Value: RawRepresentable<String> & CaseIterable>(_ key: String, _ usual: Value) throws(Refusal)
      -> Value
    {
      guard let written = text(key) else { return usual }
      guard let value = Value(rawValue: written) else {
        throw Refusal(
          words:
            "has the \(key) \(written.bounded). hint: it is one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))"
        )
      }
      return value
    }
    func day(_ key: String) throws(Refusal) -> CalendarDate? {
      guard let written = text(key) else { return nil }
      guard let date = try? CalendarDate(parsing: written) else {
        throw Refusal(words: "has the \(key) \(written.bounded), which is no date. hint: write 2026-06-01")
      }
      return date
    }
    guard let name = text("unit"), let unit = BillableUnit(rawValue: name) else {
      throw Refusal(
        words:
          "needs a unit. hint: it is one of \(BillableUnit.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    var tier: PriceTier?
    if let written = text("above") {
      guard let limit = try? TokenCount(parsing: written) else {
        throw Refusal(words: "is above \(written.bounded), which is no count of tokens. hint: write 272000")
      }
      tier = PriceTier(
        above: limit, semantics: try choice("tier", .cliff), counting: try choice("counting", .prompt))
    }
    var hours: PriceHours?
    if let written = text("hours") {
      do { hours = try PriceHours(parsing: written) } catch { throw Refusal(words: "\(error)") }
    }
    var condition: PriceCondition?
    if let written = text("when") {
      guard let read = PriceCondition(parsing: written) else {
        throw Refusal(
          words:
            "holds when \(written.bounded), which is not a condition. hint: write residency=eu; the keys are \(PriceCondition.Key.allCases.map(\.rawValue).joined(separator: ", "))"
        )
      }
      condition = read
    }
    let term = PriceTerm(
      unit, mode: try choice("mode", .standard), tier: tier, hours: hours, condition: condition)
    let (from, until) = (try day("from"), try day("until"))
    let page = price["source"]?.string?.httpAddress
    guard let currency = text("currency"), currency != "USD" else {
      draft.price(
        term, price["usd"] ?? price["amount"], unit: unit.priceUnit, path: place, from: from, until: until,
        url: page)
      guard price["usd"] ?? price["amount"] != nil else { throw Refusal(words: "states no usd") }
      return
    }
    guard let amount = text("amount"), let rate = text("usd_per_unit"), let rateDay = try day("rate_day"),
      let written = try? ExactDecimal(parsing: amount), let factor = try? ExactDecimal(parsing: rate),
      !written.isNegative, !factor.isNegative, let dollars = written.multiplied(by: factor),
      let money = try? Money(dollars: dollars)
    else {
      throw Refusal(
        words:
          "in \(currency.bounded) needs amount, usd_per_unit and rate_day, whose product a price can hold exactly"
      )
    }
    draft.add(
      Claim(
        .price(term), .money(money), asWritten: "\(amount) \(currency.bounded)", unit: unit.priceUnit,
        basis: .derived, note: "at \(rate) US dollars of \(rateDay.text)", validFrom: from, validUntil: until,
        url: page, path: place))
  }
}

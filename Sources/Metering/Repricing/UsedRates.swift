import Cataloguing
import Facts
import Pricing

/// The prices behind a report, each once.
enum UsedRates {
  private struct Key: Hashable {
    let route: String
    let from: CalendarDate?
    let term: PriceTerm
    let mode: PriceMode
  }

  /// By route, period, unit and term.
  static func list(_ pricers: [GroupPricer]) -> [Repricing.UsedRate] {
    var found: [Key: Repricing.UsedRate] = [:]
    for pricer in pricers {
      let own = pricer.prices.own
      let periods = own.rates.periods
      let from = periods[own.period].from
      let until = own.period + 1 < periods.count ? periods[own.period + 1].from : nil
      for (mode, quoted) in pricer.usedPrices {
        let key = Key(route: own.rates.id, from: from, term: quoted.quote.term, mode: mode)
        found[key] = Repricing.UsedRate(
          provider: own.rates.provider, apiID: own.rates.apiID, model: own.rates.model, from: from,
          until: until, mode: mode, quoted: quoted)
      }
    }
    // The words to sort by, made once a rate.
    let sorted = found.values.map { rate in
      (
        words: [
          rate.provider.rawValue, rate.apiID, rate.from.map(\.text) ?? "", rate.quoted.quote.term.text,
          rate.mode.rawValue,
        ], rate: rate
      )
    }.sorted { $0.words.lexicographicallyPrecedes($1.words) }
    return sorted.map(\.rate)
  }
}

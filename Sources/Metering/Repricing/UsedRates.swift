import Cataloguing
import Facts
import Pricing

/// The prices behind a report, each once.
enum UsedRates {
  /// By route, period, unit, term and mode. Groups that were priced alike name a price several times; it is listed once.
  static func list(_ pricers: [GroupPricer]) -> [Repricing.UsedRate] {
    var found: [(words: [String], rate: Repricing.UsedRate)] = []
    for pricer in pricers {
      let own = pricer.prices.own
      let periods = own.rates.periods
      let from = periods[own.period].from
      let until = own.period + 1 < periods.count ? periods[own.period + 1].from : nil
      let route = [own.rates.provider.rawValue, own.rates.apiID, from.map(\.text) ?? ""]
      for (mode, quoted) in pricer.usedPrices {
        let rate = Repricing.UsedRate(
          provider: own.rates.provider, apiID: own.rates.apiID, model: own.rates.model, from: from,
          until: until, grade: periods[own.period].grade, mode: mode, quoted: quoted)
        found.append((route + [quoted.quote.term.text, mode.rawValue], rate))
      }
    }
    let order = found.indices.sorted { found[$0].words.lexicographicallyPrecedes(found[$1].words) }
    var rates: [Repricing.UsedRate] = []
    for (place, number) in order.enumerated()
    where place == 0 || found[order[place - 1]].words != found[number].words {
      rates.append(found[number].rate)
    }
    return rates
  }
}

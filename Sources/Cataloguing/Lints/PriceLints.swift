import Facts

/// Checks of price lists: what must not be there, and what was left out and why.
extension Lints {
  static let prices: [Lint] = [
    priceReturns, spellingsDiffer, partAboveWhole, recordContradictsItself, tierWithoutWitness, endedPrices,
    plansAndTemplates, doubtedFirstParty, ownersPricesDiffer, pricedBeforeRelease,
  ]

  static let priceRules: [(rule: String, meaning: String)] = [
    (
      "price-returns",
      "A price goes from A to B and back to A where no source states a day: one snapshot alone says B."
    ),
    (
      "spellings-differ",
      "Two spellings of one id at one provider, or the dated and the undated id, have different price lists, and no source that states both says so."
    ),
    (
      "part-above-whole",
      "A part costs more than the whole it is part of, or a batch more than the standard price."
    ),
    (
      "record-contradicts-itself",
      "One record states a part above its whole, a cheaper mode above the standard price; the price was not believed."
    ),
    (
      "tier-without-witness",
      "A tier that the lab's own route lacks and that no second independent source states; it was left out."
    ),
    (
      "ended-price",
      "A newer snapshot of the source could state the price and no longer does; it ended that day."
    ),
    ("plan-route", "A route of a subscription; it prices no month of traffic."),
    (
      "template-route",
      "A route for batches, flexible processing or fine-tuned copies; it is never the cheapest."
    ),
    (
      "doubted-first-party",
      "A route under the lab's name that the lab's own lists lack and that has a gateway's price; it is not taken for the lab's."
    ),
    (
      "owners-prices-differ",
      "One id at two providers of one firm with different prices; they may be one endpoint."
    ),
    ("priced-before-release", "A source states a price from a day on which the model was not yet released."),
    (
      "copied-price",
      "A source says itself that it took the price from a gateway's list; the record was left out."
    ),
    ("stealth-id", "An id that hides who made the model; its prices are kept without a model."),
  ]

  private static let lookedAt: [PriceTerm] = [PriceTerm(.input), PriceTerm(.output), PriceTerm(.cacheRead)]

  static let priceReturns: Lint = { model, _ in
    model.routes.flatMap { route in
      lookedAt.compactMap { term in
        let periods = route.priceHistory(term).periods
        let returns = periods.indices.dropFirst().dropLast().filter { index in
          guard case .seen = periods[index].start, case .seen = periods[index + 1].start else { return false }
          return periods[index - 1].price.value == periods[index + 1].price.value
        }
        guard let first = returns.first else { return nil }
        return Finding(
          rule: "price-returns", place: route.id,
          message:
            "\(term.text) is \(periods[first].price.value?.text ?? "unknown") for a while and \(periods[first - 1].price.value?.text ?? "unknown") before and after"
        )
      }
    }
  }

  static let spellingsDiffer: Lint = { model, contents in
    let spellings = RouteSpellings(contents.routes)
    func route(_ index: Int) -> Route? {
      let own = contents.routes[index]
      return model.routes.first { $0.provider == own.provider && $0.apiID == own.apiID }
    }
    return contents.routes.indices.flatMap { index -> [Finding] in
      spellings.others(of: index).filter { $0 > index }.compactMap { other in
        guard let left = route(index), let right = route(other),
          !left.priced.records.isApart(
            from: right.priced.records,
            among: spellings.others(of: index).filter { $0 != other }.compactMap {
              route($0)?.priced.records
            },
            on: model.asOf)
        else { return nil }
        let (one, two) = (
          left.prices.terms.compactMapValues(\.value), right.prices.terms.compactMapValues(\.value)
        )
        let differing = Set(one.keys).union(two.keys).filter { one[$0] != two[$0] }.map(\.text).sorted()
        guard !differing.isEmpty else { return nil }
        return Finding(
          rule: "spellings-differ", place: left.id,
          message: "\(right.apiID.bounded) at the same provider has other prices: "
            + differing.joined(separator: ", "))
      }
    }
  }

  static let partAboveWhole: Lint = { model, _ in
    model.routes.flatMap { route in
      route.prices.terms.compactMap { term, money -> Finding? in
        guard let price = money.value,
          let reason = PriceContradiction(term, price, among: { route.prices.terms[$0]?.value })
        else { return nil }
        return Finding(
          rule: "part-above-whole", place: route.id, message: "\(term.text) \(price.text): \(reason.rawValue)"
        )
      }.sorted { $0.message < $1.message }
    }
  }

  static let recordContradictsItself: Lint = { _, contents in
    contents.routes.flatMap { route in
      route.records.flatMap { cited -> [Finding] in
        var prices: [PriceTerm: Money] = [:]
        for claim in cited.record.claims {
          if case .price(let term) = claim.field, case .money(let money) = claim.value, !money.isZero {
            prices[term] = money
          }
        }
        return prices.compactMap { term, money -> Finding? in
          guard let reason = PriceContradiction(term, money, among: { prices[$0] }),
            reason != .tierBelowBase
          else { return nil }
          return Finding(
            rule: "record-contradicts-itself", severity: .note, place: "\(route.provider)/\(route.apiID)",
            message: "\(term.text) \(money.text) in \(cited.record.key.bounded): \(reason.rawValue)")
        }.sorted { $0.message < $1.message }
      }
    }
  }

  static let tierWithoutWitness: Lint = { model, _ in
    model.routes.flatMap { route in
      let stated = route.priced.records.list(on: model.asOf, sharing: route.priced.spellings).terms
      return stated.keys.filter { $0.tier != nil && route.prices.terms[$0] == nil }.map { term in
        Finding(
          rule: "tier-without-witness", severity: .note, place: route.id,
          message: "\(term.text) \(stated[term]?.value?.text ?? "unknown") was left out")
      }.sorted { $0.message < $1.message }
    }
  }

  static let endedPrices: Lint = { _, contents in
    contents.routes.flatMap { route in
      route.records.flatMap(\.record.claims).filter { $0.note == Claim.endedNote }.map { claim in
        Finding(
          rule: "ended-price", severity: .note, place: "\(route.provider)/\(route.apiID)",
          message:
            "\(claim.field.rawValue) \(claim.value.text) until \(claim.validUntil?.text ?? "an unknown day")")
      }
    }
  }

  static let plansAndTemplates: Lint = { model, _ in
    model.routes.compactMap { route in
      if route.kind.value == .plan {
        return Finding(
          rule: "plan-route", severity: .note, place: route.id,
          message: "belongs to a subscription; it prices no traffic")
      }
      guard !route.attributes.isOrdinary else { return nil }
      return Finding(
        rule: "template-route", severity: .note, place: route.id,
        message: "serves \(route.attributes.mode ?? "special") requests alone")
    }
  }

  static let doubtedFirstParty: Lint = { model, _ in
    model.routes.compactMap { route in
      guard let doubt = route.attributes.doubt else { return nil }
      return Finding(
        rule: "doubted-first-party", severity: .note, place: route.id,
        message: "not taken for the lab's own: \(doubt)")
    }
  }

  static let pricedBeforeRelease: Lint = { model, contents in
    guard let released = model.released.value else { return [] }
    return contents.routes.compactMap { route in
      let starts = route.records.flatMap(\.record.claims).filter(\.field.isPrice).compactMap(\.validFrom)
      guard let first = starts.min(), first.lastDayNumber < released.firstDayNumber else { return nil }
      return Finding(
        rule: "priced-before-release", severity: .note, place: "\(route.provider)/\(route.apiID)",
        message: "priced from \(first.text), released \(released.text)")
    }
  }

  /// Needs the policy's owners, which ``Catalogue/findings(asOf:)`` hands over by the routes' providers.
  static let ownersPricesDiffer: Lint = { model, _ in
    var findings: [Finding] = []
    for (index, route) in model.routes.enumerated() {
      for other in model.routes.dropFirst(index + 1)
      where other.provider != route.provider && other.owner != nil && other.owner == route.owner
        && other.apiID.lowercased() == route.apiID.lowercased()
      {
        guard let left = route.prices.base(.input).value, let right = other.prices.base(.input).value,
          left != right
        else { continue }
        findings.append(
          Finding(
            rule: "owners-prices-differ", severity: .note, place: route.id,
            message: "input \(left.text), and \(right.text) at \(other.provider)"))
      }
    }
    return findings
  }
}

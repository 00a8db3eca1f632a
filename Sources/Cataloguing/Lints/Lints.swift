import Facts

/// The checks that run over every model of a catalogue. Each is one function and one rule; what it finds is
/// reported, and the data stay as they are.
public enum Lints {
  public typealias Lint = @Sendable (Model, ModelContents) -> [Finding]

  public static let all: [Lint] =
    [
      outputWithinContext, priceNearMedian, zeroNeedsKind, modelFactsAgree, tiersInOrder, pastRetirement,
      scoresComparable, releaseIsNotIngestDate, goneFromSource,
    ] + prices + retirements

  /// The rules with one sentence each, for `llmref catalogue findings` and the documentation.
  public static let rules: [(rule: String, meaning: String)] =
    [
      ("output-above-context", "A route's output limit is larger than its context window."),
      (
        "price-outlier",
        "A price is more than 20 times above or below the median of the model's other routes."
      ),
      (
        "zero-without-kind",
        "A price of zero on a route that no source calls free or plan; it is read as unknown."
      ),
      ("disputed-fact", "Sources contradict each other about a fact of the model."),
      (
        "tier-order", "A tier above a prompt length is cheaper than the price below it, or has no base price."
      ),
      ("past-retirement", "A retirement date has passed; the route counts as unavailable."),
      ("score-not-comparable", "A score without evaluator or version, which is compared with nothing."),
      (
        "release-is-listing-date",
        "A release date differs between routes; resellers give the day they listed the model."
      ),
      (
        "same-price-as-base",
        "A variant has exactly its base model's prices at the same provider; one may be copied."
      ),
      (
        "gone-from-source",
        "The newest snapshot of the source no longer lists the route; it is kept as a tombstone."
      ),
      (
        "same-model-twice",
        "Two models whose names have the same letters and digits, at one lab or under a lab and a host."
      ),
      ("ambiguous-id", "An id leads to more than one model; resolving it lists the candidates."),
      (
        "floating-id",
        "A floating id whose target at the catalogue's date no source states; the route was left out."
      ),
      ("unmatched-record", "Records that only name a model and match none."),
      ("not-a-model", "A row of the source prices a service or a picture size."),
      (
        "float-noise",
        "A number carries binary floating-point noise; it was read as the short decimal it stands for."
      ),
      ("bad-price", "A price is negative, absurdly large or no number; it was refused."),
      ("inexact-price", "A price has more digits than can be held exactly; it was refused."),
      ("bad-count", "A limit is no whole number of tokens; it was refused."),
      ("bad-date", "A date cannot be read; it was refused."),
      ("bad-flag", "A flag is neither true nor false; it was refused."),
      ("bad-record", "A record lacks what identifies it; it was left out."),
      ("bad-tier", "A tier lacks its limit; it was left out."),
      ("unread-field", "A field of a source that makes no claim, with the reason and the number of records."),
      ("unread-meter", "Meters of Azure that make no claim, by product, with the reason."),
      ("unread-mode", "A mode of price whose name alone does not say which it is; it was left out."),
      ("unread-hours", "Hours of a price that cannot be written as one; it was left out."),
      ("unread-price", "A price of a unit that is not kept; it was left out."),
      (
        "flattened-tier",
        "Prices of long prompts of which a source lost where they begin; they were left out."
      ),
      ("bad-multiplier", "A multiplier of prices is no positive number; it was left out."),
      ("no-citation", "A curated fact lacks its page, day or mark; it was refused."),
      ("price-without-id", "A dated price names a channel for which the source gives no model id."),
    ] + priceRules + retirementRules

  static let outputWithinContext: Lint = { model, _ in
    model.routes.compactMap { route in
      guard let output = route.maxOutput.value, let window = route.contextWindow.value, output > window else {
        return nil
      }
      return Finding(
        rule: "output-above-context", place: route.id,
        message: "output limit \(output.tokens) is above the context window \(window.tokens) of \(model.id)")
    }
  }

  static let priceNearMedian: Lint = { model, _ in
    var findings: [Finding] = []
    for unit in [BillableUnit.input, .output] {
      let priced = model.routes.compactMap { route in
        route.prices.base(unit).value.flatMap { $0.isZero ? nil : (route, $0) }
      }
      guard priced.count >= 3 else { continue }
      for (route, price) in priced {
        let others = priced.filter { $0.0.id != route.id }.map(\.1).sorted()
        guard !others.isEmpty else { continue }
        let median = others[(others.count - 1) / 2]
        guard let high = median.times(20, per: 1), let own = price.times(20, per: 1),
          price > high || own < median
        else { continue }
        findings.append(
          Finding(
            rule: "price-outlier", place: route.id,
            message:
              "\(unit.rawValue) price \(price.text) is more than 20 times from the median \(median.text) of \(model.id)"
          ))
      }
    }
    return findings
  }

  static let zeroNeedsKind: Lint = { model, contents in
    var findings: [Finding] = []
    for route in contents.routes {
      let claims = route.records.flatMap(\.record.claims)
      let isZero = claims.contains { $0.field == .price(PriceTerm(.input)) && $0.value == .money(.zero) }
      let hasKind = claims.contains { $0.field == .routeKind }
      if isZero, !hasKind {
        findings.append(
          Finding(
            rule: "zero-without-kind", severity: .note, place: "\(route.provider)/\(route.apiID)",
            message: "input price 0 on a route that no source calls free or plan; read as unknown"))
      }
    }
    return findings
  }

  static let modelFactsAgree: Lint = { model, _ in
    Field.plain.compactMap { field in
      guard field != .name, field != .family, let evidence = model[field].evidence, evidence.isDisputed else {
        return nil
      }
      let claims = evidence.dissenting.filter { !$0.isVariation }.map {
        "\($0.value.text) (\($0.cause.rawValue))"
      }
      return Finding(
        rule: "disputed-fact", severity: .note, place: "\(model.id) \(field.rawValue)",
        message:
          "\(model[field].value?.text ?? "none") by the rule \"\(evidence.rule.rawValue)\"; others claim "
          + claims.joined(separator: ", "))
    }
  }

  static let tiersInOrder: Lint = { _, contents in
    contents.routes.flatMap { route in
      route.records.flatMap { cited -> [Finding] in
        var prices: [PriceTerm: Money] = [:]
        for claim in cited.record.claims {
          if case .price(let term) = claim.field, case .money(let money) = claim.value {
            prices[term] = money
          }
        }
        return prices.compactMap { term, money in
          guard term.above != nil else { return nil }
          let base = prices[PriceTerm(term.unit, mode: term.mode)]
          guard base.map({ money < $0 }) ?? true else { return nil }
          return Finding(
            rule: "tier-order", place: "\(route.provider)/\(route.apiID)",
            message: "\(term.text) \(money.text) in \(cited.record.key.bounded) has "
              + (base.map { "a dearer base price \($0.text)" } ?? "no base price"))
        }.sorted { $0.message < $1.message }
      }
    }
  }

  static let pastRetirement: Lint = { model, _ in
    model.routes.filter(\.isRetired).map { route in
      Finding(
        rule: "past-retirement", severity: .note, place: route.id,
        message: "retired on \(route.retirement.value?.text ?? "an unknown day"); counted as unavailable")
    }
  }

  static let scoresComparable: Lint = { model, _ in
    let lacking = model.scores.filter { $0.claim.evaluator == nil || $0.claim.version == nil }
    guard !lacking.isEmpty else { return [] }
    let benchmarks = Set(lacking.map(\.claim.benchmark.rawValue)).sorted()
    return [
      Finding(
        rule: "score-not-comparable", severity: .note, place: model.id.rawValue,
        message: "no evaluator or version: " + benchmarks.joined(separator: ", "))
    ]
  }

  static let releaseIsNotIngestDate: Lint = { model, _ in
    let late = model[.released].evidence?.dissenting.filter { $0.cause == .routeListing } ?? []
    guard let latest = late.map(\.value.text).max() else { return [] }
    return [
      Finding(
        rule: "release-is-listing-date", severity: .note, place: model.id.rawValue,
        message: "released \(model.released.value?.text ?? "unknown"); routes say up to \(latest)")
    ]
  }

  static let goneFromSource: Lint = { model, _ in
    // What no source sells was never listed: a table of retirements knows it.
    model.routes.filter { route in
      !route.isListed && route.listing.contains { $0.source.proves != .known }
    }.map { route in
      Finding(
        rule: "gone-from-source", severity: .note, place: route.id,
        message: "last seen \(route.lastSeen.text); newer snapshots of the same source do not list it")
    }
  }
}

/// How a request is processed, where the provider prices that apart.
public enum PriceMode: String, CaseIterable, Hashable, Sendable {
  case standard
  case batch
  case flex
  case priority
  /// A discount at hours that no source tells; where they are told, the price has ``PriceHours``.
  case offPeak = "off_peak"
  /// The same model served at a higher speed.
  case fast
}

/// Above which length of a request another price holds, and for which of its tokens.
public struct PriceTier: Hashable, Sendable {
  /// The price holds for requests with *more* tokens than this.
  public let limit: TokenCount
  public let semantics: TierSemantics
  public let counting: TierCounting

  public init(
    above limit: TokenCount, semantics: TierSemantics = .cliff, counting: TierCounting = .prompt
  ) {
    self.limit = limit
    self.semantics = semantics
    self.counting = counting
  }
}

/// How a tier reprices a request that passes its limit.
public enum TierSemantics: String, CaseIterable, Hashable, Sendable {
  /// Every token of the request is billed at the tier's price.
  case cliff
  /// Only the tokens of the priced unit beyond the limit are.
  case marginal
}

/// Which tokens of a request count against a tier's limit.
public enum TierCounting: String, CaseIterable, Hashable, Sendable {
  /// The whole prompt, cached tokens included.
  case prompt
  /// Prompt and answer together.
  case promptAndAnswer = "prompt_and_answer"
}

/// One line of a price list: which unit, in which mode, above which length, at which hours.
public struct PriceTerm: Hashable, Sendable {
  public let unit: BillableUnit
  public let mode: PriceMode
  /// nil is the price below every tier.
  public let tier: PriceTier?
  /// nil is the price at all hours that no other line names.
  public let hours: PriceHours?

  public init(
    _ unit: BillableUnit, mode: PriceMode = .standard, tier: PriceTier? = nil, hours: PriceHours? = nil
  ) {
    self.unit = unit
    self.mode = mode
    self.tier = tier
    self.hours = hours
  }

  /// A term of the commonest tier: it reprices the whole request by its prompt.
  public init(_ unit: BillableUnit, mode: PriceMode = .standard, above: TokenCount?) {
    self.init(unit, mode: mode, tier: above.map { PriceTier(above: $0) })
  }

  public var above: TokenCount? { tier?.limit }

  /// The same term at all hours.
  public var atAllHours: PriceTerm { PriceTerm(unit, mode: mode, tier: tier) }

  /// `price.input`, `price.output.batch`, `price.input.above_200000`, `price.input.at(16:30-00:30)`.
  public var text: String {
    var text = "price." + unit.rawValue
    if mode != .standard { text += "." + mode.rawValue }
    if let tier {
      text += ".above_\(tier.limit.tokens)"
      if tier.semantics != .cliff { text += "_" + tier.semantics.rawValue }
      if tier.counting != .prompt { text += "_of_" + tier.counting.rawValue }
    }
    if let hours { text += ".at(\(hours.text))" }
    return text
  }

  public var title: String {
    var title = unit.title + " price"
    if mode != .standard { title += ", " + mode.rawValue.replacing("_", with: "-") }
    if let tier {
      title += ", above \(tier.limit.tokens) tokens"
      if tier.counting == .promptAndAnswer { title += " of prompt and answer" }
      if tier.semantics == .marginal { title += ", for those beyond" }
    }
    if let hours { title += ", " + hours.title }
    return title
  }
}

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
  /// The same model served at the highest speed.
  case ultrafast
  /// Cheaper than standard and slower, faster than flex.
  case balanced

  /// The place of the mode in `allCases`. An enum without payloads is held as the place of its case.
  public var place: Int { Int(unsafeBitCast(self, to: UInt8.self)) }

  // Without it the raw text is hashed.
  public func hash(into hasher: inout Hasher) { hasher.combine(UInt8(truncatingIfNeeded: place)) }
}

/// What a price depends on beside length, mode and hours: a line with a condition holds only for requests that meet it.
///
/// Written `residency=eu`, `search_size=high`. A multiplier that a source states for a condition becomes one such line for each
/// price that it multiplies.
public struct PriceCondition: Hashable, Sendable {
  public enum Key: String, CaseIterable, Hashable, Sendable {
    /// A regional address of the provider: `eu`, `us-east5`.
    case region
    /// Where data are processed and kept, by contract: `us`, `eu`, `fedramp`.
    case residency
    /// How much a search reads: `low`, `medium`, `high`.
    case searchSize = "search_size"
    /// The size of what is made or read: `1080p`, `4k`.
    case resolution
  }

  public let key: Key
  /// Lower case, of letters, digits, `-`, `_` and `.`.
  public let value: String

  public init(_ key: Key, _ value: String) {
    self.key = key
    self.value = value.lowercased()
  }

  /// `residency=eu`, which ``init(parsing:)`` reads back.
  public var text: String { key.rawValue + "=" + value }

  /// nil for anything but a known key, `=` and a value of 1 to 40 letters, digits, `-`, `_` and `.`.
  public init?(parsing text: some StringProtocol) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let key = Key(rawValue: String(parts[0])), (1...40).contains(parts[1].utf8.count),
      parts[1].utf8.allSatisfy({ byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
          true
        default: false
        }
      })
    else { return nil }
    self.init(key, String(parts[1]))
  }
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

/// One line of a price list: which unit, in which mode, above which length, at which hours, on which condition.
public struct PriceTerm: Hashable, Sendable {
  public let unit: BillableUnit
  public let mode: PriceMode
  /// nil is the price below every tier.
  public let tier: PriceTier?
  /// nil is the price at all hours that no other line names.
  public let hours: PriceHours?
  /// nil is the price of a request that meets no line's condition.
  public let condition: PriceCondition?

  public init(
    _ unit: BillableUnit, mode: PriceMode = .standard, tier: PriceTier? = nil, hours: PriceHours? = nil,
    condition: PriceCondition? = nil
  ) {
    self.unit = unit
    self.mode = mode
    self.tier = tier
    self.hours = hours
    self.condition = condition
  }

  /// A term of the commonest tier: it reprices the whole request by its prompt.
  public init(_ unit: BillableUnit, mode: PriceMode = .standard, above: TokenCount?) {
    self.init(unit, mode: mode, tier: above.map { PriceTier(above: $0) })
  }

  public var above: TokenCount? { tier?.limit }

  // What tells almost all lines of a list apart; the rest is compared.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(unit)
    hasher.combine(mode)
    hasher.combine(tier?.limit.tokens ?? -1)
  }

  /// The same line on a condition.
  public func on(_ condition: PriceCondition?) -> PriceTerm {
    PriceTerm(unit, mode: mode, tier: tier, hours: hours, condition: condition)
  }

  /// `price.input`, `price.output.batch`, `price.input.above_200000`, `price.input.at(16:30-00:30)`,
  /// `price.input.when(residency=eu)`.
  public var text: String {
    var text = "price." + unit.rawValue
    if mode != .standard { text += "." + mode.rawValue }
    if let tier {
      text += ".above_\(tier.limit.tokens)"
      if tier.semantics != .cliff { text += "_" + tier.semantics.rawValue }
      if tier.counting != .prompt { text += "_of_" + tier.counting.rawValue }
    }
    if let hours { text += ".at(\(hours.text))" }
    if let condition { text += ".when(\(condition.text))" }
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
    if let condition {
      title += ", \(condition.key.rawValue.replacing("_", with: " ")) \(condition.value)"
    }
    return title
  }
}

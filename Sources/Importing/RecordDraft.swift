import Facts
import JSON

/// Collects the claims of one record and the problems met on the way; a bad value is a finding, the rest stays.
struct RecordDraft {
  let key: String
  private(set) var claims: [Claim] = []
  private(set) var findings: [(rule: String, severity: Finding.Severity, message: String)] = []

  /// See `SourceRecord.flattenedTiers`.
  private(set) var flattenedTiers: [BillableUnit: Money] = [:]

  init(key: String) { self.key = key }

  /// Largest limit believed, in tokens. A larger one is a typing error upstream, and is refused.
  private static let largestLimit: Int64 = 1_000_000_000
  /// Largest believed price, in US dollars per million tokens.
  private static let largestPrice = ExactDecimal(1_000_000)
  /// Longest believed text, in characters.
  private static let longestText = 400

  mutating func add(_ claim: Claim) { claims.append(claim) }

  mutating func problem(_ rule: String, _ message: String, severity: Finding.Severity = .warning) {
    findings.append((rule, severity, message))
  }

  /// A whole number of tokens. Zero is how several sources write "we do not know": it makes no claim.
  mutating func tokens(_ field: Field, _ value: JSONValue?, path: String) {
    guard let value, value != .null else { return }
    guard let text = value.numberText, let decimal = try? ExactDecimal(parsing: text),
      let count = decimal.integer,
      count >= 0, count <= Self.largestLimit
    else {
      problem(
        "bad-count",
        "\(path) \(value.asWritten.bounded) is no count of tokens between 1 and \(Self.largestLimit)")
      return
    }
    guard count > 0 else { return }
    add(Claim(field, .tokens(TokenCount(count)), asWritten: text, path: path))
  }

  /// A price as the source writes it, `scale` powers of ten below US dollars per unit of the term:
  /// 6 for a source that prices a single token. Long digits of a source that computes in decimals are its price; those of any
  /// other are the noise of a binary float.
  mutating func price(
    _ term: PriceTerm, _ value: JSONValue?, scale: Int = 0, unit: String?, path: String,
    from: CalendarDate? = nil, until: CalendarDate? = nil, url: String? = nil, isDecimal: Bool = false
  ) {
    guard let (money, text) = amount(value, scale: scale, path: path, isDecimal: isDecimal) else { return }
    add(
      Claim(
        .price(term), .money(money), asWritten: text, unit: unit, validFrom: from, validUntil: until,
        url: url, path: path))
  }

  /// The price of a tier whose beginning the source lost.
  mutating func flattenedTier(_ unit: BillableUnit, _ value: JSONValue?, path: String) {
    if let (money, _) = amount(value, scale: 0, path: path, isDecimal: false) { flattenedTiers[unit] = money }
  }

  /// The amount and how it is written; nil without one, and then a problem says why unless there is no value.
  mutating func amount(_ value: JSONValue?, scale: Int, path: String, isDecimal: Bool) -> (Money, String)? {
    guard let value, value != .null else { return nil }
    guard let text = value.numberText, let written = try? ExactDecimal(parsing: text) else {
      problem("bad-price", "\(path) \(value.asWritten.bounded) is no decimal number")
      return nil
    }
    guard !written.isNegative, written.scaled(byPowerOfTen: scale) < Self.largestPrice else {
      problem("bad-price", "\(path) \(text.bounded) is negative or above any price there is")
      return nil
    }
    var decimal = written
    if !isDecimal, let clean = written.withoutFloatNoise() {
      problem(
        "float-noise", "\(path) \(text.bounded) carries binary float noise; read as \(clean.text)",
        severity: .note)
      decimal = clean
    }
    guard let money = try? Money(dollars: decimal.scaled(byPowerOfTen: scale)) else {
      problem("inexact-price", "\(path) \(text.bounded) has more digits than a price can hold exactly")
      return nil
    }
    return (money, text)
  }

  mutating func flag(_ field: Field, _ value: JSONValue?, path: String) {
    switch value {
    case nil, .null: return
    case .bool(let flag): add(Claim(field, .flag(flag), asWritten: flag ? "true" : "false", path: path))
    case .number("1"): add(Claim(field, .flag(true), asWritten: "1", path: path))
    case .number("0"): add(Claim(field, .flag(false), asWritten: "0", path: path))
    case .some(let other): problem("bad-flag", "\(path) \(other.asWritten.bounded) is neither true nor false")
    }
  }

  mutating func text(_ field: Field, _ value: JSONValue?, path: String) {
    guard let value, value != .null else { return }
    guard let text = value.string, !text.isEmpty else {
      if value.string == nil { problem("bad-text", "\(path) \(value.asWritten.bounded) is no text") }
      return
    }
    guard text.unicodeScalars.count <= Self.longestText else {
      problem(
        "long-text",
        "\(path) has \(text.unicodeScalars.count) characters; at most \(Self.longestText) are taken")
      return
    }
    add(Claim(field, .text(text), asWritten: text, path: path))
  }

  mutating func date(_ field: Field, _ value: JSONValue?, path: String, note: String? = nil) {
    guard let value, value != .null else { return }
    guard let text = value.string, let date = try? CalendarDate(parsing: text) else {
      if value.string?.isEmpty != true {
        problem("bad-date", "\(path) \(value.asWritten.bounded) is no date")
      }
      return
    }
    add(Claim(field, .date(date), asWritten: text, note: note, path: path))
  }

  /// Vision and multimodality from a complete list of modalities: what is not listed is stated absent.
  mutating func modalities(input: [String], output: [String], path: String) {
    guard !input.isEmpty || !output.isEmpty else { return }
    let written = "in: \(input.joined(separator: ", ")); out: \(output.joined(separator: ", "))"
    let media: Set<String> = ["image", "audio", "video"]
    let sees = input.contains("image")
    let mixes = !media.isDisjoint(with: input) || !media.isDisjoint(with: output)
    add(
      Claim(
        .capability(.vision), .flag(sees), asWritten: written, basis: .derived,
        note: "image among the input modalities listed", path: path))
    add(
      Claim(
        .capability(.multimodal), .flag(mixes), asWritten: written, basis: .derived,
        note: "image, audio or video among the modalities listed", path: path))
  }

  /// A route whose name says that it is free, or whose provider's name says that it is a plan.
  mutating func kind(apiID: String, name: String?, providerName: String?) {
    let lowered = apiID.lowercased()
    if lowered.hasSuffix(":free") || lowered.hasSuffix("-free") || lowered.hasSuffix("/free") {
      add(
        Claim(
          .routeKind, .text(RouteKind.free.rawValue), asWritten: apiID, basis: .derived,
          note: "the id says free", path: "id"))
    } else if let name, name.lowercased().contains("(free)") {
      add(
        Claim(
          .routeKind, .text(RouteKind.free.rawValue), asWritten: name, basis: .derived,
          note: "the name says free", path: "name"))
    } else if let providerName, providerName.split(separator: " ").contains("Plan") {
      add(
        Claim(
          .routeKind, .text(RouteKind.plan.rawValue), asWritten: providerName, basis: .derived,
          note: "the provider's name says plan", path: "provider.name"))
    }
  }

  /// Tool calling, which one upstream flag states for both of our words.
  mutating func tools(_ value: JSONValue?, path: String) {
    flag(.capability(.functionCalling), value, path: path)
    flag(.capability(.toolUse), value, path: path)
  }
}

extension Imported {
  /// Adds the draft's claims as a record and its problems as findings. A record without a claim is dropped
  /// only when a finding already says why, or it has nothing to say.
  mutating func add(
    _ draft: RecordDraft, subject: Subject, canonicalID: ModelID? = nil, scores: [ScoreClaim] = [],
    url: String? = nil, observed: CalendarDate? = nil, mark: String? = nil, alsoServedAs: [ServedName] = []
  ) {
    for finding in draft.findings { report(finding.rule, finding.severity, at: draft.key, finding.message) }
    records.append(
      SourceRecord(
        key: draft.key, subject: subject, canonicalID: canonicalID, claims: draft.claims, scores: scores,
        url: url?.httpAddress, observed: observed, mark: mark, alsoServedAs: alsoServedAs,
        flattenedTiers: draft.flattenedTiers))
  }
}

extension String {
  /// The text when it is an http or https address without spaces or controls; nil for anything else, so that a
  /// `javascript:` link never becomes a citation.
  var httpAddress: String? {
    let lowered = prefix(8).lowercased()
    guard lowered.hasPrefix("https://") || lowered.hasPrefix("http://"), utf8.count <= 2000,
      unicodeScalars.allSatisfy({ $0.isHarmless && $0 != " " && $0 != "\"" && $0 != "<" && $0 != ">" })
    else { return nil }
    return self
  }
}

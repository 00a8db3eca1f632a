import Facts
import TextFormats

/// Collects the claims of one record and the problems met on the way; a bad value is a finding, the rest stays.
struct RecordDraft {
  let key: String
  var claims: [Claim] = []
  var findings: [(rule: String, severity: Finding.Severity, message: String)] = []

  /// See `SourceRecord.flattenedTiers`.
  var flattenedTiers: [BillableUnit: Money] = [:]

  init(key: String) { self.key = key }

  /// Largest limit believed, in tokens. A larger one is a typing error upstream, and is refused.
  private static let largestLimit: Int64 = 1_000_000_000
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

  /// A whole number of anything but tokens; zero makes no claim.
  mutating func count(_ field: Field, _ value: JSONValue?, path: String) {
    guard let value, value != .null else { return }
    guard let text = value.numberText, let count = (try? ExactDecimal(parsing: text))?.integer,
      (0...Self.largestLimit).contains(count)
    else {
      problem("bad-count", "\(path) \(value.asWritten.bounded) is no count up to \(Self.largestLimit)")
      return
    }
    guard count > 0 else { return }
    add(Claim(field, .count(count), asWritten: text, path: path))
  }

  /// Several words as one text, in the order given; none makes no claim.
  mutating func words(
    _ field: Field, _ words: [String], asWritten: String? = nil, basis: Basis = .stated, note: String? = nil,
    path: String
  ) {
    let text = words.joined(separator: ", ")
    guard !words.isEmpty, text.unicodeScalars.count <= Self.longestText else { return }
    add(Claim(field, .text(text), asWritten: asWritten ?? text, basis: basis, note: note, path: path))
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

  mutating func date(
    _ field: Field, _ value: JSONValue?, path: String, note: String? = nil, url: String? = nil
  ) {
    guard let value, value != .null else { return }
    guard let text = value.string, let date = try? CalendarDate(parsing: text) else {
      if value.string?.isEmpty != true {
        problem("bad-date", "\(path) \(value.asWritten.bounded) is no date")
      }
      return
    }
    add(Claim(field, .date(date), asWritten: text, note: note, url: url?.httpAddress, path: path))
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
    let claims = draft.claims.filter { claim in
      guard let day = PlausibleDays.implausible(claim, observed: source.observed) else { return true }
      report(
        "bad-date", at: draft.key, "\(claim.path ?? claim.field.rawValue) \(day.text) \(PlausibleDays.rule)")
      return false
    }
    records.append(
      SourceRecord(
        key: draft.key, subject: subject, canonicalID: canonicalID, claims: claims, scores: scores,
        url: url?.httpAddress, observed: observed, mark: mark, alsoServedAs: alsoServedAs,
        flattenedTiers: draft.flattenedTiers))
  }
}

extension String {
  /// The text when it is an http or https address without spaces, controls or credentials; nil for anything else, so that a
  /// `javascript:` link never becomes a citation.
  var httpAddress: String? {
    let lowered = prefix(8).lowercased()
    guard !hasCredentials, lowered.hasPrefix("https://") || lowered.hasPrefix("http://"), utf8.count <= 2000,
      unicodeScalars.allSatisfy({ $0.isHarmless && $0 != " " && $0 != "\"" && $0 != "<" && $0 != ">" })
    else { return nil }
    return self
  }

  /// Whether an address names a user before its host: `https://user:password@host/`.
  var hasCredentials: Bool {
    guard let scheme = firstRange(of: "://") else { return false }
    return self[scheme.upperBound...].prefix { !"/?#\\".contains($0) }.contains("@")
  }
}

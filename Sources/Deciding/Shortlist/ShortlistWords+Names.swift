import Cataloguing
import Facts
import Pricing

extension ShortlistWords {
  // MARK: Spelling

  /// Letters and digits alone, lower case: `SWE-bench` and `swe_bench` are one word.
  static func plain(_ text: String) -> String {
    String(text.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  // MARK: Capabilities

  /// Every capability as people write it: `tool-use`, with the short words `tools`, `json` and `images`.
  public static let capabilityWords: [String] =
    Capability.allCases.map { $0.rawValue.replacing("_", with: "-") } + ["tools", "json", "images"]

  static func capability(_ word: String) -> Capability? {
    switch plain(word) {
    case "image", "images": return .vision
    case "tools", "tool": return .toolUse
    case "functions": return .functionCalling
    case "json", "jsonschema": return .structuredOutputs
    case "ide": return .ideIntegration
    default: break
    }
    return Capability.allCases.first { plain($0.rawValue) == plain(word) }
  }

  func capability(_ key: Key, _ word: String) throws(RequirementProblem) -> Capability {
    if let capability = Self.capability(word) { return capability }
    throw problem(
      key, "\"\(word.bounded)\" is no capability",
      nearest: Suggestions.nearestWords(to: word, among: Self.capabilityWords))
  }

  // MARK: Labs, providers, licences, regions

  func lab(_ word: String) throws(RequirementProblem) -> LabID {
    let wanted = Self.plain(word)
    let known = vocabulary.labs.sorted()
    if let named = vocabulary.frame.identity.labs[word.lowercased()], vocabulary.labs.contains(named) {
      return named
    }
    if let lab = known.first(where: {
      Self.plain($0.rawValue) == wanted
        || Self.plain(vocabulary.frame.identity.labNames[$0] ?? $0.rawValue) == wanted
    }) {
      return lab
    }
    throw problem(
      .lab, "no lab is known as \"\(word.bounded)\"",
      nearest: Suggestions.nearestWords(to: word, among: known.map(\.rawValue)))
  }

  func provider(_ word: String) throws(RequirementProblem) -> ProviderID {
    let id = vocabulary.frame.provider(named: word)
    if vocabulary.providers.contains(id) { return id }
    let wanted = Self.plain(word)
    let known = vocabulary.providers.sorted()
    if let found = known.first(where: { Self.plain($0.rawValue) == wanted }) { return found }
    throw problem(
      .provider, "no provider is known as \"\(word.bounded)\"",
      nearest: Suggestions.nearestWords(to: word, among: known.map(\.rawValue)))
  }

  func licence(_ word: String) throws(RequirementProblem) -> Requirement.LicenceWord {
    switch Self.plain(word) {
    case "osi", "osiapproved": return .osi
    case "commercial", "commercialuse": return .commercial
    default: break
    }
    let id = vocabulary.frame.licences.id(of: word)
    if vocabulary.licences.contains(id) { return .licence(id) }
    let wanted = Self.plain(word)
    let known = vocabulary.licences.sorted()
    if let found = known.first(where: { Self.plain($0.rawValue) == wanted }) { return .licence(found) }
    throw problem(
      .license, "no licence is known as \"\(word.bounded)\"",
      nearest: Suggestions.nearestWords(to: word, among: ["osi", "commercial"] + known.map(\.rawValue)))
  }

  func region(_ word: String) throws(RequirementProblem) -> String {
    let region = word.lowercased()
    if vocabulary.regions.contains(region) { return region }
    throw problem(
      .region, "no route names the region \"\(word.bounded)\"",
      nearest: Suggestions.nearestWords(to: word, among: vocabulary.regions))
  }

  // MARK: Benchmarks

  enum BenchmarkMatch {
    case one(BenchmarkID)
    case several([BenchmarkID])
    case none
  }

  /// A benchmark as people write it: `swe-bench-verified`, `arena/text/overall`.
  public static func word(_ id: BenchmarkID) -> String {
    id.rawValue.replacing("_external", with: "").replacing("_", with: "-")
  }

  /// The benchmark of that spelling, else the only one whose name begins so, else the only one whose name holds the words.
  func benchmark(_ name: String) -> BenchmarkMatch {
    let wanted = Self.plain(name)
    guard !wanted.isEmpty else { return .none }
    let known = vocabulary.benchmarks.sorted().map { (id: $0, plain: Self.plain(Self.word($0))) }
    for fits in [
      { $0 == wanted }, { (plain: String) in plain.hasPrefix(wanted) },
      { (plain: String) in wanted.utf8.count > 2 && plain.contains(wanted) },
    ] as [(String) -> Bool] {
      let found = known.filter { fits($0.plain) }
      if found.count == 1, let only = found.first { return .one(only.id) }
      if !found.isEmpty { return .several(found.prefix(8).map(\.id)) }
    }
    return .none
  }

  /// `swe-bench>=60`; the number is on the benchmark's own scale, 0–100 for a percentage.
  func score(_ text: String) throws(RequirementProblem) -> Requirement {
    guard let sign = text.firstIndex(where: { "<>=".contains($0) }) else {
      throw problem(
        .benchmark, "\"\(text.bounded)\" compares nothing", hint: "write swe-bench>=60")
    }
    let name = text[..<sign].trimmed
    let (relation, rest) = Self.relation(String(text[sign...]))
    let digits = rest.hasSuffix("%") ? String(rest.dropLast()) : rest
    guard let value = try? ExactDecimal(parsing: digits) else {
      throw problem(
        .benchmark, "\"\(rest.bounded)\" is no number", hint: "scores are written like 60 or 72.5")
    }
    switch benchmark(name) {
    case .one(let id): return .benchmark(id, Bound(relation ?? .atLeast, value))
    case .several(let ids):
      throw problem(
        .benchmark, "\"\(name.bounded)\" could mean several benchmarks", nearest: ids.map(Self.word))
    case .none:
      throw problem(
        .benchmark, "no benchmark is known as \"\(name.bounded)\"",
        nearest: Suggestions.nearestWords(to: name, among: vocabulary.benchmarks.map(Self.word)))
    }
  }

  // MARK: Numbers and days

  /// The sign in front, if any, and what follows it.
  static func relation(_ text: String) -> (Relation?, String) {
    let own = text.trimmed
    for relation in Relation.allCases where own.hasPrefix(relation.rawValue) {
      return (relation, own.dropFirst(relation.rawValue.count).trimmed)
    }
    return (nil, own)
  }

  /// `>=200k`; a bare count is the least.
  func tokens(_ key: Key, _ text: String) throws(RequirementProblem) -> Bound<TokenCount> {
    let (relation, rest) = Self.relation(text)
    guard let count = try? TokenCount(parsing: rest) else {
      throw problem(
        key, "\"\(text.bounded)\" is no number of tokens",
        hint: "counts are written like 200k, >=1M or 131072")
    }
    return Bound(relation ?? .atLeast, count)
  }

  /// `>=2025-06`; a bare date is the earliest.
  func date(_ key: Key, _ text: String) throws(RequirementProblem) -> Bound<CalendarDate> {
    let (relation, rest) = Self.relation(text)
    guard let date = try? CalendarDate(parsing: rest), rest.utf8.count <= 10 else {
      throw problem(
        key, "\"\(text.bounded)\" is no date", hint: "dates are written like >=2025-06 or 2026-02-12")
    }
    return Bound(relation ?? .atLeast, date)
  }

  /// `500/month`, `$500`: US dollars a month at the most.
  func money(_ text: String) throws(RequirementProblem) -> Money {
    let refusal = problem(
      .maxCost, "\"\(text.bounded)\" is no monthly cost",
      hint: "costs are US dollars a month, written like 500/month")
    let (relation, rest) = Self.relation(text.lowercased())
    guard relation == nil || relation == .atMost else { throw refusal }
    var digits = rest[...]
    if digits.hasPrefix("$") { digits = digits.dropFirst() }
    for tail in ["per month", "a month", "/month", "/mo", "usd"] where digits.hasSuffix(tail) {
      digits = digits.dropLast(tail.count).trimmed[...]
    }
    if digits.hasSuffix("usd") { digits = digits.dropLast(3).trimmed[...] }
    guard let money = try? Money(dollars: digits), money >= .zero else { throw refusal }
    return money
  }

  /// `12mo`, `90d`, `1y` from the day of the catalogue, or a day.
  func horizon(_ text: String) throws(RequirementProblem) -> CalendarDate {
    let refusal = problem(
      .notRetiring, "\"\(text.bounded)\" is no span of time",
      hint: "spans are written like 12mo, 90d, 1y or 2027-06-01")
    let own = text.trimmed.lowercased()
    if own.contains("-") {
      guard let day = try? CalendarDate(parsing: own), day.day != nil else { throw refusal }
      return day
    }
    let digits = own.prefix { $0.isNumber }
    guard let count = Int(digits), count <= 36_500 else { throw refusal }
    let unit = own.dropFirst(digits.count).trimmed
    let day: CalendarDate?
    switch unit {
    case "d", "day", "days": day = try? CalendarDate(dayNumber: asOf.firstDayNumber + count)
    case "w", "week", "weeks": day = try? CalendarDate(dayNumber: asOf.firstDayNumber + 7 * count)
    case "mo", "month", "months": day = Self.later(asOf, months: count)
    case "y", "year", "years": day = Self.later(asOf, months: 12 * count)
    default: throw refusal
    }
    guard let day else { throw refusal }
    return day
  }

  /// The same day of a later month, or its last day where it is shorter.
  static func later(_ date: CalendarDate, months: Int) -> CalendarDate? {
    guard let month = date.month, let day = date.day else { return nil }
    let whole = date.year * 12 + month - 1 + months
    for candidate in stride(from: day, to: max(0, day - 4), by: -1) {
      if let found = try? CalendarDate(year: whole / 12, month: whole % 12 + 1, day: candidate) {
        return found
      }
    }
    return nil
  }
}

import Cataloguing
import Facts
import Pricing

/// Reads a question from the words that people write, the same on the command line, in an address and in a tool call.
public struct ShortlistWords: Sendable {
  /// The parts of a question, by their spelling in an address.
  public enum Key: String, CaseIterable, Hashable, Sendable {
    case kind
    case lab
    case type
    case openWeights = "open_weights"
    case license
    case released
    case knowledge
    case benchmark
    case provider
    case region
    case needs
    case context
    case output = "max_output"
    case notRetiring = "not_retiring"
    case maxCost = "max_cost"
    case prefer
    case unknown
  }

  /// What could be read, and what is wrong with the rest.
  public struct Reading: Sendable {
    public var requirements: [Requirement] = []
    public var preferences: [Preference] = []
    public var unknown = ShortlistQuestion.UnknownPolicy.ask
    /// In the order of `Key`.
    public var problems: [RequirementProblem] = []

    /// The question at what is said of a month of traffic.
    public func question(at traffic: Traffic) -> ShortlistQuestion {
      ShortlistQuestion(requirements, preferences: preferences, unknown: unknown, traffic: traffic)
    }
  }

  let vocabulary: ShortlistVocabulary
  let asOf: CalendarDate

  public init(_ vocabulary: ShortlistVocabulary, asOf: CalendarDate) {
    self.vocabulary = vocabulary
    self.asOf = asOf
  }

  /// - Parameter texts: what was written of each part; nil or empty where nothing was.
  public func read(_ texts: (Key) -> String?) -> Reading {
    var reading = Reading()
    for key in Key.allCases {
      guard let text = texts(key), text.contains(where: { $0 != " " }) else { continue }
      do throws(RequirementProblem) {
        guard text.utf8.count <= 1000 else {
          throw problem(key, "a part of a question has at most 1000 bytes")
        }
        switch key {
        case .prefer: reading.preferences = try preferences(text)
        case .unknown: reading.unknown = try policy(text)
        default: reading.requirements += try requirements(key, text)
        }
      } catch {
        reading.problems.append(error)
      }
    }
    return reading
  }

  private func requirements(_ key: Key, _ text: String) throws(RequirementProblem) -> [Requirement] {
    switch key {
    case .kind:
      let kinds = try words(key, text) { word throws(RequirementProblem) in
        try choice(key, word, RouteKind.allCases, "kind of route") { $0.rawValue }
      }
      return [.kind(kinds)]
    case .lab: return [.lab(try words(key, text) { word throws(RequirementProblem) in try lab(word) })]
    case .type:
      return [
        .type(
          try words(key, text) { word throws(RequirementProblem) in
            try choice(key, word, ProductType.allCases, "product type") { $0.rawValue }
          })
      ]
    case .openWeights: return try isWanted(key, text) ? [.openWeights] : []
    case .license:
      return [.license(try words(key, text) { word throws(RequirementProblem) in try licence(word) })]
    case .released: return [.released(try date(key, text))]
    case .knowledge: return [.knowledge(try date(key, text))]
    case .benchmark:
      return try words(key, text) { word throws(RequirementProblem) in try score(word) }
    case .provider:
      return [.provider(try words(key, text) { word throws(RequirementProblem) in try provider(word) })]
    case .region:
      return [.region(try words(key, text) { word throws(RequirementProblem) in try region(word) })]
    case .needs:
      return try words(key, text) { word throws(RequirementProblem) in .needs(try capability(key, word)) }
    case .context: return [.context(try tokens(key, text))]
    case .output: return [.output(try tokens(key, text))]
    case .notRetiring: return [.notRetiring(before: try horizon(text))]
    case .maxCost: return [.cost(try money(text))]
    case .prefer, .unknown: return []
    }
  }

  // MARK: Lists and choices

  func problem(_ key: Key, _ rule: String, nearest: [String] = [], hint: String? = nil) -> RequirementProblem
  {
    RequirementProblem(key: key, rule: rule, nearest: nearest, hint: hint)
  }

  /// The words between commas, each read; at least one.
  private func words<Value>(
    _ key: Key, _ text: String, _ read: (String) throws(RequirementProblem) -> Value
  ) throws(RequirementProblem) -> [Value] {
    let parts = text.split(separator: ",").map(\.trimmed).filter { !$0.isEmpty }
    guard !parts.isEmpty else { throw problem(key, "\"\(text.bounded)\" names nothing") }
    var values: [Value] = []
    for part in parts { values.append(try read(part)) }
    return values
  }

  private func choice<Value>(
    _ key: Key, _ word: String, _ all: [Value], _ noun: String, _ name: (Value) -> String
  )
    throws(RequirementProblem) -> Value
  {
    let wanted = Self.plain(word)
    if let found = all.first(where: { Self.plain(name($0)) == wanted }) { return found }
    // A type may be named by its first word: `embedding`.
    let starting = all.filter { Self.plain(name($0)).hasPrefix(wanted) }
    if starting.count == 1, let found = starting.first, wanted.utf8.count > 2 { return found }
    throw problem(
      key, "\"\(word.bounded)\" is no \(noun)",
      nearest: Suggestions.nearestWords(to: word, among: all.map(name)))
  }

  private func isWanted(_ key: Key, _ text: String) throws(RequirementProblem) -> Bool {
    switch text.trimmed.lowercased() {
    case "yes", "true", "1", "on": return true
    case "no", "false", "0", "off", "any": return false
    default:
      throw problem(
        key, "\"\(text.bounded)\" is neither yes nor no",
        nearest: Suggestions.nearestWords(to: text, among: ["yes", "no"]))
    }
  }

  private func policy(_ text: String) throws(RequirementProblem) -> ShortlistQuestion.UnknownPolicy {
    try choice(.unknown, text, ShortlistQuestion.UnknownPolicy.allCases, "way to treat what is unknown") {
      $0.rawValue
    }
  }

  // MARK: Preferences

  /// What `prefer` may name besides capabilities and benchmarks.
  public static var preferenceWords: [String] { criteria.map(\.word) }

  private static let criteria: [(word: String, criterion: Preference.Criterion)] = [
    ("cost", .cost), ("context", .context), ("output", .output), ("released", .released),
    ("knowledge", .knowledge), ("first-party", .firstParty), ("open-weights", .openWeights), ("osi", .osi),
  ]

  /// `cost:3,swe-bench:2,tools`: criteria with weights, 1 where none is written.
  private func preferences(_ text: String) throws(RequirementProblem) -> [Preference] {
    let all = try words(.prefer, text) { word throws(RequirementProblem) in try preference(word) }
    var seen: Set<Preference.Criterion> = []
    for preference in all where !seen.insert(preference.criterion).inserted {
      throw problem(.prefer, "\"\(text.bounded)\" prefers one thing twice", hint: "add the weights")
    }
    return all
  }

  private func preference(_ word: String) throws(RequirementProblem) -> Preference {
    let sides = word.split(separator: ":", omittingEmptySubsequences: false).map(\.trimmed)
    guard sides.count <= 2, let name = sides.first, !name.isEmpty else {
      throw problem(.prefer, "\"\(word.bounded)\" is no preference", hint: "write cost:3 or context")
    }
    var weight = ExactDecimal(1)
    if sides.count == 2 {
      guard let written = try? ExactDecimal(parsing: sides[1]), ExactDecimal.zero < written,
        written <= ExactDecimal(1000), written.exponent >= -3
      else {
        throw problem(
          .prefer,
          "the weight \"\(sides[1].bounded)\" is no number above 0, up to 1000, with at most 3 decimals",
          hint: "write cost:3")
      }
      weight = written
    }
    return Preference(try criterion(name), weight: weight)
  }

  private func criterion(_ name: String) throws(RequirementProblem) -> Preference.Criterion {
    let wanted = Self.plain(name)
    if let own = Self.criteria.first(where: { Self.plain($0.word) == wanted }) { return own.criterion }
    if let capability = Self.capability(name) { return .capability(capability) }
    switch benchmark(name) {
    case .one(let id): return .benchmark(id)
    case .several(let ids):
      throw problem(.prefer, "\"\(name.bounded)\" could mean several benchmarks", nearest: ids.map(Self.word))
    case .none:
      let known = Self.criteria.map(\.word) + Self.capabilityWords + vocabulary.benchmarks.map(Self.word)
      throw problem(
        .prefer, "\"\(name.bounded)\" is nothing to prefer by",
        nearest: Suggestions.nearestWords(to: name, among: known))
    }
  }
}

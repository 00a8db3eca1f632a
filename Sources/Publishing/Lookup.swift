import Cataloguing
import Deciding
import Documents
import Facts
import Pages
import Pricing

/// The documents of the site by name, for programs that hold a question and no address. A start reads only the models
/// asked for, because nothing here needs the list of all pages.
public struct Lookup: Sendable {
  /// A month of traffic as a person writes it; what is missing is the usual of the product. See `Workload.usual(for:)`.
  public struct Traffic: Sendable {
    /// By the keys of an address; see `TrafficKey`.
    public var texts: [String: String] = [:]

    public init() {}
  }

  let shelf: Shelf

  /// - Parameter asOf: the day to resolve prices, retirements and aliases at.
  public init(_ catalogue: Catalogue, asOf: CalendarDate) { shelf = Shelf(catalogue, asOf: asOf) }

  init(_ shelf: Shelf) { self.shelf = shelf }

  /// The newest day of any source; nil for facts files without dates.
  public var date: CalendarDate? { shelf.catalogue.date }
  public var asOf: CalendarDate { shelf.asOf }

  /// Models whose id, name or family hold every word, those with more routes first; the nearest names where none does.
  public func search(_ words: String, most: Int) throws(LookupError) -> Document {
    try broken { () throws(CatalogueError) in
      try SearchPage(shelf, query: words, most: min(most, SearchPage.most)).document()
    }
  }

  /// The page of one model.
  /// - Throws: `LookupError.refused` for an id that names no one model, and for traffic that cannot be read.
  public func model(_ id: String, traffic: Traffic) throws(LookupError) -> Document {
    let sheet = try sheet(id, parameter: "id")
    let month = try month(traffic)
    let profile = try broken { () throws(CatalogueError) in
      try ModelProfile(sheet.model.id, on: shelf, traffic: month)
    }
    guard let profile else { throw missing(id, "id", []) }
    return profile.document
  }

  /// Two or more models side by side, in the site's order.
  /// - Throws: `LookupError.refused` for an id that names no one model, two ids of one model, too few or too many.
  public func compare(_ ids: [String], traffic: Traffic) throws(LookupError) -> Document {
    guard (2...Comparison.mostModels).contains(ids.count) else {
      throw refused("models", "a comparison has 2 to \(Comparison.mostModels) models, not \(ids.count)")
    }
    let found = try sheets(ids)
    guard found.count == ids.count else {
      throw refused(
        "models", "two of the ids are the same model",
        hint: "they stand for \(Display.listed(found.map(\.model.id.rawValue)))")
    }
    let month = try month(traffic)
    let comparison = try broken { () throws(CatalogueError) in
      try Comparison(shelf.ordered(found).map(\.model.id), on: shelf, traffic: month)
    }
    guard let comparison else { throw refused("models", "a model of the comparison is not in the catalogue") }
    return comparison.document
  }

  /// What models cost a month, cheapest first.
  /// - Throws: `LookupError.refused` for an id that names no one model, for none or too many, and for bad traffic.
  public func cost(_ ids: [String], traffic: Traffic) throws(LookupError) -> Document {
    guard (1...CostPage.most).contains(ids.count) else {
      throw refused("models", "1 to \(CostPage.most) models are priced at once, not \(ids.count)")
    }
    let month = try month(traffic)
    return CostPage(shelf, sheets: try sheets(ids), traffic: month, entered: Entered()).document
  }

  /// The routes that meet requirements, the best first, and why other models are left out; the lists of the conclusions are
  /// cut, their counts whole.
  /// - Parameter texts: by the keys of `ShortlistWords.Key`.
  /// - Throws: `LookupError.refused` for a word that cannot be read or names nothing known, with the nearest.
  public func shortlist(_ texts: [String: String], traffic: Traffic, most: Int) throws(LookupError)
    -> Document
  {
    let month = try month(traffic)
    let index = try broken { () throws(CatalogueError) in try shelf.shortlistIndex() }
    let words = ShortlistWords(index.vocabulary, asOf: index.asOf).read { texts[$0.rawValue] }
    if let problem = words.problems.first { throw refused(problem.key.rawValue, problem.description) }
    let extent = ShortlistReport.Extent(rows: most, excludedRows: most, listed: most)
    return try broken { () throws(CatalogueError) in
      try ShortlistReport(Shortlist(words.question(at: month), in: index), on: shelf, extent: extent)
        .document
    }
  }

  /// The parts of a shortlist's question, by the keys of an address.
  public static let requirementKeys: [String] = ShortlistWords.Key.allCases.map(\.rawValue)

  /// Every claim about one fact of a model.
  /// - Throws: `LookupError.refused` for an id that names no one model, and for a field that does not exist.
  public func explain(_ id: String, field name: String) throws(LookupError) -> Document {
    guard let field = Field(named: name) else {
      throw refused(
        "field", "no field is called \"\(name.bounded)\"",
        hint: "fields are \(Self.fields.joined(separator: ", "))")
    }
    return Explanation(try sheet(id, parameter: "model").model, field, in: shelf.catalogue).document
  }

  /// Which model an id stands for; an id that names none is an answer too, with the nearest names.
  public func resolve(_ id: String, provider: String?) throws(LookupError) -> Document {
    try broken { () throws(CatalogueError) in
      try ResolvePage(shelf, id: id, provider: provider ?? "").document()
    }
  }

  /// The canonical names of the fields that `explain` knows.
  public static let fields: [String] =
    Field.plain.map(\.rawValue) + BillableUnit.allCases.map { "price." + $0.rawValue }

  // MARK: Reading what was asked

  private func sheets(_ ids: [String]) throws(LookupError) -> [ModelSheet] {
    var found: [ModelSheet] = []
    for id in ids {
      let sheet = try sheet(id, parameter: "models")
      if !found.contains(where: { $0.model.id == sheet.model.id }) { found.append(sheet) }
    }
    return found
  }

  private func sheet(_ id: String, parameter: String) throws(LookupError) -> ModelSheet {
    let resolution = try broken { () throws(CatalogueError) in
      try shelf.resolvePage(id)
    }
    switch resolution {
    case .resolved(let resolved):
      let sheet = try broken { () throws(CatalogueError) in try shelf.sheet(resolved.model) }
      guard let sheet else { throw missing(id, parameter, []) }
      return sheet
    case .ambiguous(let candidates):
      throw refused(
        parameter, "\"\(id.bounded)\" could mean several models", hint: "give one of the candidates",
        candidates: candidates)
    case .unknown(let nearest): throw missing(id, parameter, nearest)
    }
  }

  private func month(_ traffic: Traffic) throws(LookupError) -> Pricing.Traffic {
    let (month, entered) = SiteQuery.traffic { traffic.texts[$0] }
    if let problem = entered.problems.min(by: { $0.key < $1.key }) {
      throw refused(problem.key, problem.value)
    }
    return month
  }

  private func missing(_ id: String, _ parameter: String, _ nearest: [ModelID]) -> LookupError {
    refused(
      parameter, "no model is known as \"\(id.bounded)\"",
      hint: nearest.isEmpty ? "search for a word of its name" : nil, candidates: nearest)
  }

  private func refused(_ parameter: String, _ rule: String, hint: String? = nil, candidates: [ModelID] = [])
    -> LookupError
  {
    .refused(LookupProblem(parameter: parameter, rule: rule, hint: hint, candidates: candidates))
  }

  private func broken<Value>(_ read: () throws(CatalogueError) -> Value) throws(LookupError) -> Value {
    do { return try read() } catch { throw .broken(error) }
  }
}

/// Why a question has no document.
public enum LookupError: Error, Sendable {
  /// The catalogue cannot be read.
  case broken(CatalogueError)
  case refused(LookupProblem)
}

/// What is wrong with a question, for the one who asked.
public struct LookupProblem: Hashable, Sendable {
  /// The part of the question: `id`, `models`, `field`, or a key of the traffic.
  public let parameter: String
  public let rule: String
  public let hint: String?
  /// Ids that may have been meant, nearest first.
  public let candidates: [ModelID]

  public init(parameter: String, rule: String, hint: String? = nil, candidates: [ModelID] = []) {
    self.parameter = parameter
    self.rule = rule
    self.hint = hint
    self.candidates = candidates
  }

  /// `no model is known as "gtp-5". hint: did you mean openai/gpt-5 or openai/gpt-5.1?`
  public var words: String {
    let meant =
      candidates.isEmpty ? nil : "did you mean \(Display.listed(candidates.map(\.rawValue), "or"))?"
    let hints = [hint, meant].compactMap(\.self)
    return hints.isEmpty ? rule : "\(rule). hint: \(hints.joined(separator: "; "))"
  }
}

extension Site {
  /// The documents of this site by name.
  public var lookup: Lookup { Lookup(shelf) }
}

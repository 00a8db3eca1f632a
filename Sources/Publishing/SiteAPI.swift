import Cataloguing
import Deciding
import Documents
import Facts
import Pages
import Rendering
import TextFormats

/// The site for programs, under `/api/v1`: the documents of the pages as JSON, lists, and problems in one shape.
struct SiteAPI {
  let site: Site

  init(_ site: Site) { self.site = site }

  /// The answers that a static host can give too.
  static let fixedPaths = ["/api/v1/openapi.json", "/api/v1/sources", "/api/v1/models"]

  func answer(_ address: SiteAddress) throws(CatalogueError) -> SiteAnswer {
    // `.json` belongs to the ids and names of this part of the site, but for the description itself.
    let segments = Array(address.segments.dropFirst())
    guard segments.first == "v1" else { return missing("There is one version of the API: /api/v1.", []) }
    let rest = Array(segments.dropFirst())
    switch (rest.first, rest.count) {
    case ("openapi", 1) where address.form == .json: return json(OpenAPI.description(site))
    case ("models", 1): return models(address)
    case ("models", 3): return try page("/model", rest.dropFirst(), address)
    case ("models", 5) where rest[3] == "providers":
      return try page("/model", [rest[1], rest[2], rest[4]], address)
    case ("providers", 2): return try page("/provider", rest.dropFirst(), address)
    case ("labs", 2): return try page("/lab", rest.dropFirst(), address)
    case ("families", 2): return try page("/family", rest.dropFirst(), address)
    case ("sources", 1): return try page("/sources", [], address)
    case ("benchmark", 1):
      return try required(["id"], address) { ids throws(CatalogueError) in
        try page("/benchmark", ids[0].split(separator: "/").map(String.init), address)
      }
    case ("compare", 1):
      return try required(["models"], address) { values throws(CatalogueError) in
        try compare(values[0], address)
      }
    case ("cost", 1):
      return try required(["models"], address) { _ throws(CatalogueError) in
        try page("/cost", [], address, names: ["models"])
      }
    case ("shortlist", 1): return try page("/shortlist", [], address, names: Lookup.requirementKeys)
    case ("search", 1):
      return try required(["q"], address) { _ throws(CatalogueError) in try page("/search", [], address) }
    case ("resolve", 1):
      return try required(["id"], address) { _ throws(CatalogueError) in try page("/resolve", [], address) }
    case ("explain", 1):
      return try required(["model", "field"], address) { values throws(CatalogueError) in
        guard let field = Field(named: values[1]) else {
          return problem(
            404, "Not found", "No field is called \(values[1].bounded).",
            [("field", "No field is called so.")])
        }
        return try page(
          "/explain", values[0].split(separator: "/").map(String.init) + [field.rawValue], address)
      }
    default: return missing("There is nothing at this path of the API.", [])
    }
  }

  // MARK: Pages as JSON

  private func page(
    _ path: String, _ segments: some Sequence<String>, _ address: SiteAddress, names: [String] = []
  ) throws(CatalogueError) -> SiteAnswer {
    let query = address.query.map { Paths.segment($0.key) + "=" + Paths.segment($0.value) }
    var target = path + segments.map { "/" + Paths.segment($0) }.joined()
    // An id in another spelling leads to its page by a redirect or two.
    for _ in 0..<3 {
      let whole = target + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
      guard let inner = SiteAddress(whole) else { return missing("This is no address.", []) }
      switch try SitePages(site).page(inner) {
      case .redirect(let location, _): target = location
      case .found(let document, _, 200, _):
        return SiteAnswer(.json, OutputFormat.json.render(document))
      case .found(let document, _, let status, let problems):
        return refused(document, status, problems, names: names)
      }
    }
    return missing("Nothing is known by that name.", [])
  }

  private func compare(_ text: String, _ address: SiteAddress) throws(CatalogueError) -> SiteAnswer {
    var segments: [String] = []
    var count = 0
    for name in text.split(whereSeparator: { $0 == "," || $0 == " " }) {
      count += 1
      segments += name.split(separator: "/").map(String.init)
    }
    guard (2...Comparison.mostModels).contains(count) else {
      return problem(
        400, "Bad query", "A comparison has 2 to \(Comparison.mostModels) models.",
        [("models", "2 to \(Comparison.mostModels) ids, separated by commas.")])
    }
    return try page("/compare", segments, address)
  }

  /// What is wrong with a page asked for as JSON: a value of its query, or that there is none.
  /// - Parameter names: the parts of the query that name things: where they alone are wrong, there is no such thing.
  func refused(
    _ document: Document, _ status: Int, _ problems: [String: String], names: [String] = []
  ) -> SiteAnswer {
    guard status == 400 else { return missing("Nothing is known by that name.", suggestions(document)) }
    let errors = problems.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    if !errors.isEmpty, errors.allSatisfy({ names.contains($0.0) }) {
      return problem(404, "Not found", "The query names what is not known.", errors)
    }
    return problem(400, "Bad query", "A value of the query cannot be read.", errors)
  }

  /// An address that cannot be read: broken percents, controls, dots that climb, too long.
  func unreadable() -> SiteAnswer {
    problem(400, "Bad address", "The address cannot be read.", [])
  }

  private func suggestions(_ document: Document) -> [String] {
    (document.data["did_you_mean"]?.array ?? []).compactMap(\.string)
  }

  // MARK: Lists

  private func models(_ address: SiteAddress) -> SiteAnswer {
    let (filter, entered) = SiteQuery.filter(address)
    guard entered.problems.isEmpty else {
      return problem(
        400, "Bad query", "A value of the query cannot be read.",
        entered.problems.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }
    return json(ModelsPage(site.directory, filter: filter).list)
  }

  // MARK: Answers

  private func json(_ value: DataValue) -> SiteAnswer { SiteAnswer(.json, JSONText.write(value)) }

  private func required(
    _ keys: [String], _ address: SiteAddress,
    _ answer: ([String]) throws(CatalogueError) -> SiteAnswer
  ) throws(CatalogueError) -> SiteAnswer {
    let missing = keys.filter { address.value($0) == nil }
    guard missing.isEmpty else {
      return problem(
        400, "Bad query", "The query lacks \(Display.listed(missing)).", missing.map { ($0, "required") })
    }
    return try answer(keys.compactMap { address.value($0).map { String($0.prefix(2000)) } })
  }

  private func missing(_ detail: String, _ suggestions: [String]) -> SiteAnswer {
    problem(404, "Not found", detail, [], suggestions: suggestions)
  }

  /// https://www.rfc-editor.org/rfc/rfc9457
  private func problem(
    _ status: Int, _ title: String, _ detail: String, _ errors: [(String, String)],
    suggestions: [String] = []
  ) -> SiteAnswer {
    var members: [(String, DataValue)] = [
      ("type", .text("about:blank")), ("title", .text(title)), ("status", .integer(status)),
      ("detail", .text(detail)),
    ]
    if !errors.isEmpty {
      members.append(
        (
          "errors",
          .list(errors.map { .map([("parameter", .text($0.0)), ("message", .text($0.1))]) })
        ))
    }
    if !suggestions.isEmpty { members.append(("did_you_mean", .texts(suggestions))) }
    return SiteAnswer(status: status, .problem, JSONText.write(.map(members)))
  }
}

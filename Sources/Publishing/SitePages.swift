import Cataloguing
import Documents
import Facts
import Pages
import Pricing
import Rendering

/// Finds the page of an address.
struct SitePages {
  enum Found {
    /// - Parameter problems: what is wrong with the query, by key; none on a page of status 200.
    case found(Document, PageFrame, status: Int, problems: [String: String])
    case redirect(String, status: Int)
  }

  let site: Site

  init(_ site: Site) { self.site = site }

  private var directory: Directory { site.directory }
  private var shelf: Shelf { site.shelf }

  func page(_ address: SiteAddress) throws(CatalogueError) -> Found {
    let rest = Array(address.segments.dropFirst())
    let found: Found?
    switch address.segments.first {
    case nil: found = show(HomePage(directory).document, address, "/", crumbs: [], describe: Self.home)
    case "models": found = rest.isEmpty ? models(address) : nil
    case "model": found = try model(rest, address)
    case "compare": found = try rest.isEmpty ? pick(address) : compare(rest, address)
    case "provider": found = rest.count == 1 ? provider(rest[0], address) : nil
    case "lab": found = rest.count == 1 ? lab(rest[0], address) : nil
    case "family": found = rest.count == 1 ? family(rest[0], address) : nil
    case "benchmark": found = benchmark(rest.joined(separator: "/"), address)
    case "search": found = rest.isEmpty ? try search(address) : nil
    case "resolve": found = rest.isEmpty ? try resolve(address) : nil
    case "explain": found = try explain(rest, address)
    case "cost": found = rest.isEmpty ? try cost(address) : nil
    case "shortlist": found = rest.isEmpty ? try shortlist(address) : nil
    case "sources":
      found =
        rest.isEmpty
        ? show(
          SourcesPage(directory).document, address, "/sources",
          describe: "Every source with its licence, its version and what it contributed.") : nil
    case "method":
      found =
        rest.isEmpty
        ? show(
          MethodPage(directory).document, address, "/method",
          describe: "Every rule of the reference in words.") : nil
    default: found = nil
    }
    return found ?? missing(address)
  }

  private static let home =
    "Prices, limits, capabilities and benchmark scores of large language models, each with its source."

  // MARK: Framing

  private func show(
    _ document: Document, _ address: SiteAddress, _ path: String,
    crumbs: [PageFrame.Crumb] = [PageFrame.Crumb("Home", "/")], describe: String, isIndexed: Bool = true,
    picture: String? = nil, entered: Entered = Entered(), status: Int? = nil
  ) -> Found {
    let status = status ?? (entered.problems.isEmpty ? 200 : 400)
    let frame = PageFrame(
      path: path, description: describe, crumbs: crumbs, stylesheet: site.assets.stylePath,
      script: site.assets.scriptPath, hasTwins: status == 200, isIndexed: isIndexed && address.query.isEmpty,
      isAnswer: !address.query.isEmpty,
      picture: picture.flatMap { path in
        site.origin != nil && site.pictures?.holds(path) == true ? path : nil
      }, origin: site.origin)
    return .found(document, frame, status: status, problems: entered.problems)
  }

  private static func crumbs(_ more: PageFrame.Crumb...) -> [PageFrame.Crumb] {
    [PageFrame.Crumb("Home", "/")] + more
  }

  func missing(_ address: SiteAddress) -> Found {
    // One page serves all missing addresses of a static host: it names none.
    let path = address.path == Site.missingPath ? nil : address.path
    // Two slashes at the start would lead a browser to another host.
    let own = "/" + address.segments.map(Paths.segment).joined(separator: "/")
    return show(
      Missing(directory, path: path, wanted: path == nil ? "" : address.segments.last ?? "").document,
      address, path == nil ? address.path : own, describe: "There is no such page.", isIndexed: false,
      status: 404)
  }

  // MARK: Models

  /// The model that one or two segments name, and how many of them; nil when none does.
  private func named(_ segments: ArraySlice<String>) throws(CatalogueError) -> (id: ModelID, used: Int)? {
    guard let first = segments.first else { return nil }
    if segments.count > 1 {
      let both = first + "/" + segments[segments.startIndex + 1]
      if try shelf.sheet(ModelID(both)) != nil { return (ModelID(both), 2) }
    }
    if case .resolved(let found) = try shelf.resolve(first) {
      return (found.model, 1)
    }
    if segments.count > 1 {
      let both = first + "/" + segments[segments.startIndex + 1]
      if case .resolved(let found) = try shelf.resolve(both) {
        return (found.model, 2)
      }
    }
    return nil
  }

  private func isCanonical(_ id: ModelID, _ segments: ArraySlice<String>) -> Bool {
    segments.joined(separator: "/") == id.rawValue
  }

  private func models(_ address: SiteAddress) -> Found {
    let (filter, entered) = SiteQuery.filter(address, offered: directory)
    return show(
      ModelsPage(directory, filter: filter, entered: entered).document, address, "/models",
      describe: "Every tracked model with release date, context window and monthly cost.",
      entered: entered)
  }

  private func model(_ segments: [String], _ address: SiteAddress) throws(CatalogueError) -> Found? {
    guard let (id, used) = try named(segments[...]), let sheet = try shelf.sheet(id) else { return nil }
    let rest = segments.dropFirst(used)
    guard isCanonical(id, segments.prefix(used)) else {
      let tail = rest.map { "/" + Paths.segment($0) }.joined()
      return .redirect(Paths.model(id) + tail + address.form.ending, status: 308)
    }
    if let provider = rest.first {
      guard rest.count == 1 else { return nil }
      return RoutePage(sheet, at: ProviderID(provider), in: directory).map {
        show(
          $0.document, address, Paths.route(id, ProviderID(provider)),
          crumbs: Self.crumbs(.init("Models", "/models"), .init(sheet.name, Paths.model(id))),
          describe: "Prices and limits of \($0.document.title).")
      }
    }
    let (traffic, entered) = SiteQuery.traffic(address)
    guard var profile = try ModelProfile(id, on: shelf, traffic: traffic) else { return nil }
    profile.entered = entered
    return show(
      profile.document, address, Paths.model(id), crumbs: Self.crumbs(.init("Models", "/models")),
      describe: "\(sheet.name): monthly cost, prices, limits, capabilities and scores, each with its source.",
      entered: entered)
  }

  // MARK: Comparisons

  private func compare(_ segments: [String], _ address: SiteAddress) throws(CatalogueError) -> Found? {
    var ids: [ModelID] = []
    var rest = segments[...]
    var isCanonical = true
    while !rest.isEmpty {
      guard ids.count < Comparison.mostModels, let (id, used) = try named(rest) else { return nil }
      isCanonical = isCanonical && self.isCanonical(id, rest.prefix(used))
      if !ids.contains(id) { ids.append(id) } else { isCanonical = false }
      rest = rest.dropFirst(used)
    }
    let ordered = directory.ordered(ids)
    guard ordered.count > 1 else {
      return ids.first.map { .redirect(Paths.model($0) + address.form.ending, status: 308) }
    }
    guard isCanonical, ordered == ids else {
      return .redirect(Paths.compare(ordered) + address.form.ending, status: 308)
    }
    let (traffic, entered) = SiteQuery.traffic(address)
    guard var comparison = try Comparison(ids, on: shelf, traffic: traffic) else { return nil }
    comparison.entered = entered
    return show(
      comparison.document, address, Paths.compare(ids), crumbs: Self.crumbs(.init("Compare", "/compare")),
      describe:
        "\(comparison.names.joined(separator: " vs ")): cost at your traffic, limits, capabilities and benchmarks, with the source of every fact.",
      picture: Pictures.path(ids, ".png"), entered: entered)
  }

  private func pick(_ address: SiteAddress) throws(CatalogueError) -> Found {
    var entered = Entered()
    var ids: [ModelID] = []
    for key in ["a", "b", "c"] {
      guard let text = address.value(key) else { continue }
      entered.values[key] = String(text.prefix(200))
      switch try shelf.resolve(text) {
      case .resolved(let found): ids.append(found.model)
      case .ambiguous(let candidates):
        entered.problems[key] =
          "This could mean \(Display.listed(candidates.prefix(5).map(\.rawValue), "or"))."
      case .unknown(let nearest):
        entered.problems[key] =
          "No model is known by that name."
          + (nearest.isEmpty ? "" : " Did you mean \(Display.listed(nearest.map(\.rawValue), "or"))?")
      }
    }
    if entered.problems.isEmpty, !entered.values.isEmpty {
      let ordered = directory.ordered(Array(Set(ids)))
      if ordered.count > 1 { return .redirect(Paths.compare(ordered), status: 303) }
      entered.problems["b"] = "Name a second model."
    }
    return show(
      PickerPage(directory, entered: entered).document, address, "/compare",
      describe: "Compare any language models: cost, limits, capabilities, benchmarks.",
      entered: entered)
  }

  // MARK: Groups

  private func provider(_ name: String, _ address: SiteAddress) -> Found? {
    let id = shelf.catalogue.frame.provider(named: name)
    guard let profile = ProviderProfile(id, in: directory) else { return nil }
    if id.rawValue != name { return .redirect(Paths.provider(id) + address.form.ending, status: 308) }
    return show(
      profile.document, address, Paths.provider(id), describe: "Models and prices at \(profile.name).")
  }

  private func lab(_ name: String, _ address: SiteAddress) -> Found? {
    let lower = LabID(name.lowercased())
    if directory.labs[LabID(name)] == nil, directory.labs[lower] != nil {
      return .redirect(Paths.lab(lower) + address.form.ending, status: 308)
    }
    return LabPage(LabID(name), in: directory).map {
      show($0.document, address, Paths.lab(LabID(name)), describe: "Models of \($0.document.title).")
    }
  }

  private func family(_ name: String, _ address: SiteAddress) -> Found? {
    let lower = name.lowercased()
    if directory.families[name] == nil, directory.families[lower] != nil {
      return .redirect(Paths.family(lower) + address.form.ending, status: 308)
    }
    return FamilyPage(name, in: directory).map {
      show(
        $0.document, address, Paths.family(name), describe: "Variants and releases of \($0.document.title).")
    }
  }

  private func benchmark(_ name: String, _ address: SiteAddress) -> Found? {
    BenchmarkPage(BenchmarkID(name), in: directory).map {
      show(
        $0.document, address, Paths.benchmark(BenchmarkID(name)),
        crumbs: Self.crumbs(.init("Sources", "/sources")),
        describe: "Every tracked score of \($0.document.title), in comparable groups.")
    }
  }

  // MARK: Looking up

  private func search(_ address: SiteAddress) throws(CatalogueError) -> Found {
    let query = String((address.value("q") ?? "").prefix(200))
    return show(
      try SearchPage(shelf, query: query).document(), address, "/search",
      describe: "Models by name, id or family.", isIndexed: false)
  }

  private func resolve(_ address: SiteAddress) throws(CatalogueError) -> Found {
    let page = ResolvePage(
      shelf, id: String((address.value("id") ?? "").prefix(200)),
      provider: String((address.value("provider") ?? "").prefix(100)))
    return show(
      try page.document(), address, "/resolve", describe: "Which model an id stands for.", isIndexed: false)
  }

  private func explain(_ segments: [String], _ address: SiteAddress) throws(CatalogueError) -> Found? {
    guard let (id, used) = try named(segments[...]), segments.count == used + 1,
      let field = Field(named: segments[used]), let sheet = try shelf.sheet(id)
    else { return nil }
    guard isCanonical(id, segments.prefix(used)), field.rawValue == segments[used] else {
      return .redirect(Paths.explain(id, field) + address.form.ending, status: 308)
    }
    let document = Explanation(sheet.model, field, in: shelf.catalogue).document
    return show(
      document, address, Paths.explain(id, field),
      crumbs: Self.crumbs(.init("Models", "/models"), .init(sheet.name, Paths.model(id))),
      describe: "Every claim about \(document.title), and the rule that chose.")
  }

  private func shortlist(_ address: SiteAddress) throws(CatalogueError) -> Found {
    let (words, traffic, entered) = try SiteQuery.shortlist(address, shelf)
    return show(
      try ShortlistPage(shelf, words: words, traffic: traffic, entered: entered).document(), address,
      "/shortlist",
      describe: "Language models that meet your requirements, with their cost, and why the others do not.",
      entered: entered)
  }

  private func cost(_ address: SiteAddress) throws(CatalogueError) -> Found {
    let asked = SiteQuery.traffic(address)
    let traffic = asked.traffic
    var entered = asked.entered
    var sheets: [ModelSheet] = []
    if let text = address.value("models") {
      entered.values["models"] = String(text.prefix(1000))
      for name in text.split(whereSeparator: { $0 == "," || $0 == " " }).prefix(CostPage.most) {
        if case .resolved(let found) = try shelf.resolve(String(name)),
          let sheet = try shelf.sheet(found.model)
        {
          if !sheets.contains(where: { $0.model.id == found.model }) { sheets.append(sheet) }
        } else {
          entered.problems["models"] = "No one model is known as “\(String(name).bounded)”."
        }
      }
    }
    return show(
      CostPage(shelf, sheets: sheets, traffic: traffic, entered: entered).document, address, "/cost",
      describe: "What language models cost a month at your traffic.",
      entered: entered)
  }
}

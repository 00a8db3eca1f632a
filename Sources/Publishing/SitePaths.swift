import Facts
import Pages

extension Site {
  /// The paths of all pages but comparisons, and the comparisons given.
  public func pagePaths(pairs: [[ModelID]]) -> [String] {
    var paths = [
      "/", "/models", "/compare", "/search", "/resolve", "/cost", "/shortlist", "/sources", "/method",
    ]
    for sheet in directory.sheets {
      paths.append(Paths.model(sheet.model.id))
      var seen: Set<ProviderID> = []
      for route in sheet.model.routes where seen.insert(route.provider).inserted {
        paths.append(Paths.route(sheet.model.id, route.provider))
      }
    }
    paths += directory.providers.keys.sorted().map(Paths.provider)
    paths += directory.labs.keys.sorted().map(Paths.lab)
    paths += directory.families.keys.sorted().map(Paths.family)
    paths += directory.benchmarks.keys.sorted().map(Paths.benchmark)
    return paths + pairs.map(Paths.compare)
  }

  /// Every path that a static export writes: pages with their twins, files, feeds, the API's fixed answers.
  /// - Parameter twins: whether pages are written as JSON and Markdown too.
  public func exportPaths(pairs: [[ModelID]], twins: Bool = true) -> [String] {
    var result: [String] = []
    for path in pagePaths(pairs: pairs) {
      result.append(path)
      if twins { result += [Self.twin(path, .json), Self.twin(path, .markdown)] }
    }
    result += assets.paths + ["/feed.atom", "/robots.txt"] + Feeds(self).sitemapPaths
    result += directory.sheets.map { "/badge" + Paths.model($0.model.id).dropFirst("/model".count) + ".svg" }
    return result + DataFiles(self).paths + SiteAPI.fixedPaths
  }

  private static func twin(_ path: String, _ form: SiteAddress.Form) -> String {
    (path == "/" ? "/index" : path) + form.ending
  }
}

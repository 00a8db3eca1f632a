import Facts
import Pages
import Publishing

/// Asks a site for hostile addresses, and sites of hostile catalogues for all their pages, and inspects every answer.
public struct Probe: Sendable {
  public struct Report: Sendable {
    public var cases = 0
    /// How many answers had which status.
    public var statuses: [Int: Int] = [:]
    /// How many answers came from hostile catalogues.
    public var hostile = 0
    public var failed = 0
    /// The first problems, each with its address.
    public var problems: [String] = []

    public init() {}

    public mutating func merge(_ other: Report) {
      cases += other.cases
      hostile += other.hostile
      failed += other.failed
      statuses.merge(other.statuses, uniquingKeysWith: +)
      problems = Array((problems + other.problems).prefix(Self.mostProblems))
    }

    static let mostProblems = 20
  }

  private let site: Site
  private let mutation: AddressMutation
  private var inspection = Inspection()

  /// Learns from the site what harmless answers are made of.
  public init(_ site: Site) {
    self.site = site
    let paths = site.exportPaths(pairs: Array(site.directory.relevantPairs().prefix(500)))
    let step = max(1, paths.count / 400)
    var known = stride(from: 0, to: paths.count, by: step).map { paths[$0] }
    let ids = site.directory.sheets.map(\.model.id.rawValue)
    known += [
      "/", "/models?capability=vision&order=cost", "/search?q=gpt", "/resolve?id=gpt-5",
      "/cost?models=gpt-5,o3&cached=30%25",
      "/compare?a=gpt-5&b=none", "/compare/openai/gpt-5/openai/o3/anthropic/claude-sonnet-4.5?input=2B",
      "/explain/openai/gpt-5/license",
      "/explain/openai/gpt-5/price.input", "/model/openai/gpt-5?requests=0",
      "/models?context=x&page=0&order=x&type=x", "/nope", "/cost?models=x&input=x",
      "/search?q=sonet+4.5", "/resolve?id=none", "/feed.atom", "/sitemap.xml", "/sitemap-1.xml",
      "/assets/icon.svg", "/shortlist?context=%3E%3D200k&needs=vision&prefer=cost:3",
      "/shortlist?context=x&region=x",
    ]
    mutation = AddressMutation(known: known, ids: ids)
    for path in known { inspection.learn(site.answer(path)) }
    // Models that few sources know have parts that the others lack.
    for id in ids.prefix(40) { inspection.learn(site.answer("/model/" + id)) }
  }

  /// - Parameters:
  ///   - cases: how many answers are inspected; seven tenths of them to addresses.
  ///   - seed: decides all of them.
  public func run(cases: Int, seed: UInt64) -> Report {
    var draw = Draw(seed: seed)
    var report = Report()
    let addresses = cases * 7 / 10
    while report.cases < addresses { ask(site, mutation.next(&draw), &report) }
    while report.cases < cases {
      guard let hostile = HostileCatalogue.site(&draw) else { continue }
      let before = report.cases
      for path in Self.paths(of: hostile, &draw) where report.cases < cases { ask(hostile, path, &report) }
      report.hostile += report.cases - before
    }
    return report
  }

  private func ask(_ site: Site, _ target: String, _ report: inout Report) {
    let answer = site.answer(target)
    report.cases += 1
    report.statuses[answer.status, default: 0] += 1
    let problems = inspection.problems(answer)
    guard !problems.isEmpty else { return }
    report.failed += 1
    if report.problems.count < Report.mostProblems {
      report.problems.append("\(target.bounded): \(problems.prefix(3).joined(separator: "; "))")
    }
  }

  /// Every page of a small site with its twins, and every comparison and explanation.
  private static func paths(of site: Site, _ draw: inout Draw) -> [String] {
    let ids = site.directory.sheets.map(\.model.id)
    var paths = site.exportPaths(pairs: site.directory.relevantPairs())
    for first in ids {
      for second in ids where first < second {
        let pair = site.directory.ordered([first, second])
        paths += ["", ".json", ".md"].map { Paths.compare(pair) + $0 }
      }
      for field in Field.plain { paths.append(Paths.explain(first, field)) }
    }
    paths.append(Paths.compare(site.directory.ordered(ids)))
    paths += [
      "/search?q=model", "/resolve?id=model-1", "/cost?models=model-1", "/models?order=cost",
      "/shortlist?context=1&unknown=keep",
      "/search?q=" + Paths.segment(HostileText.draw(&draw)),
    ]
    return paths
  }
}

import ArgumentParser
import Deciding
import Documents
import Pages
import Platform
import Rendering

struct ShortlistCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shortlist",
    abstract: "The routes that meet your requirements, ranked, and why other models do not.",
    discussion: """
      A requirement is met only where a source says so. Where none does, --unknown ask lists the route apart, keep ranks and
      marks it, exclude leaves it out. Requirements are asked in the order of this help's summary below, whatever the order in
      which they stand: kind, lab, type, open weights, license, released, knowledge, benchmark, provider, region, needs,
      context, output, not retiring, traffic, cost. A model is left out at the first after which none of its routes is left.

      Preferences: a route gets for each its weight times the number of routes of the list whose value is known and worse.

      Examples:
        llmref shortlist --context ">=200k" --needs tools,structured-outputs --max-cost 500/month
        llmref shortlist --license osi --open-weights --benchmark "swe-bench>=60" --not-retiring 12mo
        llmref shortlist --region eu --needs vision --prefer cost:3,context:1,gpqa:2 --unknown keep --json
      """)

  @Option(name: .long, help: ArgumentHelp("Context window.", valueName: ">=200k")) var context: String?
  @Option(name: .customLong("max-output"), help: ArgumentHelp("Output limit.", valueName: ">=32k"))
  var maxOutput: String?
  @Option(
    name: .long, parsing: .singleValue, help: ArgumentHelp("Capabilities.", valueName: "tools,vision"))
  var needs: [String] = []
  @Option(
    name: .long, help: ArgumentHelp("osi, commercial, or licences of which one must hold.", valueName: "osi"))
  var license: String?
  @Flag(name: .customLong("open-weights"), help: "The weights can be had.") var openWeights = false
  @Option(name: .long, help: ArgumentHelp("Where the route says it runs.", valueName: "eu")) var region:
    String?
  @Option(name: .long, help: ArgumentHelp("Who may serve it.", valueName: "NAMES")) var provider: String?
  @Option(name: .long, help: ArgumentHelp("Who trained it.", valueName: "NAMES")) var lab: String?
  @Option(name: .long, help: ArgumentHelp("Product type.", valueName: "embedding")) var type: String?
  @Option(
    name: .long,
    help: ArgumentHelp("metered, plan, free or self-host; metered unless given.", valueName: "KINDS"))
  var kind: String?
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("A best score, on the benchmark's own scale.", valueName: "swe-bench>=60"))
  var benchmark: [String] = []
  @Option(name: .long, help: ArgumentHelp("Release day.", valueName: ">=2025-06")) var released: String?
  @Option(name: .long, help: ArgumentHelp("Knowledge cutoff.", valueName: ">=2025-01")) var knowledge: String?
  @Option(
    name: .customLong("not-retiring"),
    help: ArgumentHelp("A span or a day before which it must not retire.", valueName: "12mo"))
  var notRetiring: String?
  @Option(
    name: .customLong("max-cost"),
    help: ArgumentHelp("US dollars a month at the traffic.", valueName: "500/month"))
  var maxCost: String?
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp("What is better, with weights.", valueName: "cost:3,context"))
  var prefer: [String] = []
  @Option(name: .long, help: "Where no source says: ask, keep or exclude.") var unknown = "ask"
  @Option(
    name: .long, help: ArgumentHelp("Rows of each list that text shows; JSON lists all.", valueName: "N"))
  var most = 20
  @OptionGroup var document: DocumentOptions
  @OptionGroup var traffic: WorkloadOptions
  @OptionGroup var options: CatalogueOptions

  func run() throws {
    let traffic = try traffic.stated()
    guard (1...100_000).contains(most) else {
      throw CommandProblem("--most is 1 to 100000, not \(most)", hint: "leave it out for 20")
    }
    if let key = ShortlistWords.Key.allCases.first(where: { text($0)?.contains { $0 != " " } == false }) {
      throw CommandProblem("--\(Self.option(key)) says nothing", hint: "leave it out")
    }
    let day = try options.day()
    let shelf = Shelf(try options.open(), asOf: day)
    let index = try shelf.shortlistIndex()
    let words = ShortlistWords(index.vocabulary, asOf: day).read(text)
    if let problem = words.problems.first {
      throw CommandProblem("--\(Self.option(problem.key)) \(problem)")
    }
    let shortlist = Shortlist(words.question(at: traffic), in: index)
    let extent = ShortlistReport.Extent(rows: most, excludedRows: most)
    document.write(try ShortlistReport(shortlist, on: shelf, extent: extent).document)
  }

  private static func option(_ key: ShortlistWords.Key) -> String { key.rawValue.replacing("_", with: "-") }

  /// What was written of each part; a part given several times is one list.
  private func text(_ key: ShortlistWords.Key) -> String? {
    func joined(_ parts: [String]) -> String? { parts.isEmpty ? nil : parts.joined(separator: ",") }
    let text: String? =
      switch key {
      case .kind: kind
      case .lab: lab
      case .type: type
      case .openWeights: openWeights ? "yes" : nil
      case .license: license
      case .released: released
      case .knowledge: knowledge
      case .benchmark: joined(benchmark)
      case .provider: provider
      case .region: region
      case .needs: joined(needs)
      case .context: context
      case .output: maxOutput
      case .notRetiring: notRetiring
      case .maxCost: maxCost
      case .prefer: joined(prefer)
      case .unknown: unknown
      }
    return text
  }
}

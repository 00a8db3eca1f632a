import ArgumentParser
import Cataloguing
import Deciding
import Facts
import Pages
import Platform
import Pricing
import Rendering
import Reports
import TextFormats

struct SwitchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "switch", abstract: "Plan a move from one model to another, as a checklist with sources.",
    discussion: """
      Says what changes in endpoint, SDK, key, parameters, messages, limits, capabilities, cost and terms. With --log the shares are those
      of your own requests: a file of JSON lines, each a request as your client sends it, alone or under request, body or kwargs.

      Examples:
        llmref switch gpt-4o claude-sonnet-4.5
        llmref switch gpt-4o claude-opus-4.8 --log requests.jsonl
        llmref switch claude-3-5-haiku-20241022 gemini-2.5-flash --to-provider google-vertex --json
      """)

  @Argument(help: "The model in use.") var from: String
  @Argument(help: "The model to move to.") var to: String
  @Option(name: .long, help: ArgumentHelp("Your requests, as JSON lines.", valueName: "FILE")) var log:
    String?
  @Option(
    name: .customLong("from-provider"),
    help: ArgumentHelp("Who serves the first; its lab unless told.", valueName: "NAME"))
  var fromProvider: String?
  @Option(
    name: .customLong("to-provider"),
    help: ArgumentHelp("Who serves the second; its lab unless told.", valueName: "NAME"))
  var toProvider: String?
  @Option(
    name: .customLong("from-api"),
    help: ArgumentHelp("How the first is called, such as openai-responses.", valueName: "API"))
  var fromAPI: String?
  @Option(name: .customLong("to-api"), help: ArgumentHelp("How the second is called.", valueName: "API"))
  var toAPI: String?
  @OptionGroup var document: DocumentOptions
  @OptionGroup var traffic: WorkloadOptions
  @OptionGroup var options: CatalogueOptions

  func run() throws {
    let traffic = try traffic.stated()
    let day = try options.day()
    let catalogue = try options.open()
    let rules = try SwitchRules.embedded()
    func side(_ id: String, _ provider: String?, _ api: String?, isLeft: Bool) throws -> SwitchSide {
      try SwitchSide(
        catalogue.requireModel(id, asOf: day), provider: provider.map(catalogue.frame.identity.provider),
        api: api, rules: rules, isLeft: isLeft)
    }
    let (before, after) = try {
      do {
        return (
          try side(from, fromProvider, fromAPI, isLeft: true), try side(to, toProvider, toAPI, isLeft: false)
        )
      } catch let error as SwitchError {
        throw CommandProblem(error.description)
      }
    }()
    guard before.route.id != after.route.id || before.api?.id != after.api?.id else {
      throw CommandProblem(
        "\(before.title) is both sides of the switch",
        hint: "name another model, or a provider with --to-provider")
    }
    func month(_ model: Model) -> Workload {
      traffic.workload(for: ProductType.of(model).value.kind(of: model))
    }
    var requests: RequestLog?
    if let log {
      var read = RequestLog()
      var lines = try LineReader(log, longest: 64 << 20)
      while let line = try lines.next() {
        if case .bytes(let bytes) = line { read.read(line: Array(bytes)) } else { read.leaveOutLine() }
      }
      guard read.total > 0 else {
        throw CommandProblem(
          "\(log.bounded) holds no request", hint: "a line is a JSON object with messages, contents or input")
      }
      requests = read
    }
    var known: [String: Bool] = [:]
    let plan = SwitchPlan(
      from: before, to: after, rules: rules, months: (month(before.model), month(after.model)), log: requests,
      candidates: try candidates(near: after.model, in: catalogue),
      isFrom: { id in
        if let answer = known[id] { return answer }
        let answer = (try? catalogue.recognise(id, asOf: day)?.model) == before.model.id.whole
        known[id] = answer
        return answer
      })
    let report = SwitchReport(plan, catalogue: catalogue, asOf: day)
    if document.json || document.format == .json {
      Output.write(JSONText.write(report.document.data))
    } else {
      document.write(report.document)
    }
  }

  /// The models nearest to the second that have a capability, three at most.
  private func candidates(near model: Model, in catalogue: Catalogue) throws -> [Capability: [ModelID]] {
    let near = try catalogue.nearest(to: model.id) ?? []
    return Dictionary(
      uniqueKeysWithValues: Capability.allCases.map { capability in
        (
          capability,
          Array(near.filter { $0.summary.capabilities.contains(capability) }.map(\.summary.id).prefix(3))
        )
      })
  }
}

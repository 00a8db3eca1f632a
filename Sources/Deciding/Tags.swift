import Cataloguing
import Facts

/// What a model is fit for, by stated rules; each tag carries the facts behind it.
public enum DecisionTag: String, CaseIterable, Hashable, Sendable {
  case coding = "Coding"
  case rag = "RAG"
  case agents = "Agents"
  case longContext = "Long context"
  case vision = "Vision"
  case jsonOutput = "JSON output"

  /// The rule in words, for evidence and the method page.
  public var rule: String {
    switch self {
    case .coding:
      "code execution, a coding-specialized type, or a coding score at or above the tracked median"
    case .rag: "at least 128,000 tokens of context and structured outputs"
    case .agents: "function calling or tool use"
    case .longContext: "at least 128,000 tokens of context"
    case .vision: "accepts images"
    case .jsonOutput: "structured outputs"
    }
  }
}

/// The uses a model is best for, by stated rules.
public enum BestUse: String, CaseIterable, Hashable, Sendable {
  case codingAgents = "custom coding agents"
  case codeGeneration = "code generation"
  case toolLoops = "tool loops"
  case reasoning = "reasoning-heavy apps"
  case multimodal = "multimodal apps"
  case toolAgents = "tool-calling agents"
  case longContext = "long-context analysis"
  case routed = "provider-routed production"
  case general = "general production evaluation"
}

/// The tags and uses that a model earns, before any cut.
public struct Fitness: Sendable {
  /// How many of each a page shows.
  public static let shown = 3

  public let tags: [Conclusion<DecisionTag>]
  public let uses: [Conclusion<BestUse>]

  public init(_ model: Model, type: ProductType, medians: [BenchmarkID: BenchmarkMedian]) {
    let context = model.claimedContext
    let contextCitations = model.contextWindow.evidence?.agreeing ?? []
    func earned(_ capabilities: [Capability]) -> [Citation]? {
      let held = capabilities.filter(model.has)
      return held.isEmpty ? nil : held.flatMap { model.settled($0).citations }
    }
    var tags: [Conclusion<DecisionTag>] = []
    func tag(_ tag: DecisionTag, _ citations: [Citation]) {
      tags.append(Conclusion(tag, because: citations, rule: tag.rule))
    }
    if let coding = Self.coding(model, type: type, medians: medians) { tag(.coding, coding) }
    let isLong = context.map { $0.lowerBound.tokens >= 128_000 } ?? false
    if isLong, let structured = earned([.structuredOutputs]) { tag(.rag, contextCitations + structured) }
    if let tools = earned([.functionCalling, .toolUse]) { tag(.agents, tools) }
    if isLong { tag(.longContext, contextCitations) }
    if let vision = earned([.vision]) { tag(.vision, vision) }
    if let structured = earned([.structuredOutputs]) { tag(.jsonOutput, structured) }
    self.tags = tags

    var uses: [Conclusion<BestUse>] = []
    func use(_ use: BestUse, _ citations: [Citation], _ rule: String) {
      uses.append(Conclusion(use, because: citations, rule: rule))
    }
    if type == .codingSpecialized {
      let typed = ProductType.of(model)
      use(.codingAgents, typed.citations, typed.rule)
      use(.codeGeneration, typed.citations, typed.rule)
      if let tools = earned([.toolUse]) { use(.toolLoops, tools, "tool use") }
    }
    if let reasoning = earned([.reasoning]) { use(.reasoning, reasoning, "reasoning") }
    if let media = earned([.vision, .multimodal]) { use(.multimodal, media, "vision or multimodal") }
    if let tools = earned([.functionCalling, .toolUse]) {
      use(.toolAgents, tools, "function calling or tool use")
    }
    if let context, context.lowerBound.tokens >= 1_000_000 {
      use(.longContext, contextCitations, "at least 1,000,000 tokens of context")
    }
    let tracked = Self.productionRoutes(model)
    if tracked.count >= 2 {
      use(.routed, tracked.flatMap(\.listing), "at least 2 tracked routes that are neither free nor plan")
    }
    if uses.isEmpty { use(.general, [], "no rule names a better use") }
    self.uses = uses
  }

  /// The tags that a page shows; "General" when the model earns none.
  public var shownTags: [String] {
    tags.isEmpty ? ["General"] : tags.prefix(Self.shown).map(\.value.rawValue)
  }

  /// The uses that a page shows.
  public var shownUses: [String] { uses.prefix(Self.shown).map(\.value.rawValue) }

  /// Routes that are listed, and that no source calls free or plan.
  static func productionRoutes(_ model: Model) -> [Route] {
    model.availableRoutes.filter { $0.kind.value != .free && $0.kind.value != .plan }
  }

  private static func coding(_ model: Model, type: ProductType, medians: [BenchmarkID: BenchmarkMedian])
    -> [Citation]?
  {
    if model.has(.codeExecution) { return model.settled(.codeExecution).citations }
    if type == .codingSpecialized { return ProductType.of(model).citations }
    for score in model.scores where Benchmarks.isCoding(score.claim.benchmark) && score.claim.evaluator != nil
    {
      // A median over a handful of models says nothing.
      guard let median = medians[score.claim.benchmark], median.models >= 5, score.claim.value >= median.value
      else { continue }
      return [score.citation]
    }
    return nil
  }
}

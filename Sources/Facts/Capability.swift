/// What a model or a route can do, each with the one meaning this project gives the word.
public enum Capability: String, CaseIterable, Hashable, Sendable {
  case vision
  case multimodal
  case reasoning
  case functionCalling = "function_calling"
  case toolUse = "tool_use"
  case structuredOutputs = "structured_outputs"
  case codeExecution = "code_execution"
  case ideIntegration = "ide_integration"
  case computerUse = "computer_use"
  case parallelAgents = "parallel_agents"

  public var title: String {
    switch self {
    case .vision: "Vision"
    case .multimodal: "Multimodal"
    case .reasoning: "Reasoning"
    case .functionCalling: "Function calling"
    case .toolUse: "Tool use"
    case .structuredOutputs: "Structured outputs"
    case .codeExecution: "Code execution"
    case .ideIntegration: "IDE integration"
    case .computerUse: "Computer use"
    case .parallelAgents: "Parallel agents"
    }
  }

  /// The title as it stands inside a sentence.
  public var phrase: String {
    switch self {
    case .vision: "vision"
    case .multimodal: "multimodal"
    case .reasoning: "reasoning"
    case .functionCalling: "function calling"
    case .toolUse: "tool use"
    case .structuredOutputs: "structured outputs"
    case .codeExecution: "code execution"
    case .ideIntegration: "IDE integration"
    case .computerUse: "computer use"
    case .parallelAgents: "parallel agents"
    }
  }

  /// The place in `allCases`, for lists that hold one value a capability.
  public var place: Int {
    switch self {
    case .vision: 0
    case .multimodal: 1
    case .reasoning: 2
    case .functionCalling: 3
    case .toolUse: 4
    case .structuredOutputs: 5
    case .codeExecution: 6
    case .ideIntegration: 7
    case .computerUse: 8
    case .parallelAgents: 9
    }
  }

  // Without it the raw text is hashed.
  public func hash(into hasher: inout Hasher) { hasher.combine(place) }

  /// One sentence that says what Yes means.
  public var definition: String {
    switch self {
    case .vision: "Accepts images as input."
    case .multimodal: "Accepts or produces images, audio or video besides text."
    case .reasoning: "Can think before it answers, as a mode of the model and not only by prompting."
    case .functionCalling: "Returns calls, with arguments, to functions that the request describes."
    case .toolUse: "Works with tools over several turns: calls one, reads its result, goes on."
    case .structuredOutputs: "Follows a JSON Schema that the request gives, enforced by the API."
    case .codeExecution: "The provider runs the code that the model writes, in a sandbox, as a built-in tool."
    case .ideIntegration: "The lab or an editor's maker documents this model inside a code editor."
    case .computerUse: "Operates a graphical desktop or browser from screenshots through a documented tool."
    case .parallelAgents: "Documented running of several agents at once with this model."
    }
  }
}

/// What a fact can be about. The raw value is the spelling in files, JSON and `llmref explain MODEL FIELD`.
public enum Field: Hashable, Sendable {
  case name
  case lab
  case family
  case productType
  case released
  case contextWindow
  case maxInput
  case maxOutput
  case parameters
  case activeParameters
  case architecture
  case license
  case osiApproved
  case openness
  case commercialUse
  case knowledgeCutoff
  case retirement
  case routeKind
  case region
  case quantisation
  case dialect
  case status
  /// Whether the route takes a sampling temperature.
  case temperature
  /// The shortest prompt that a cache takes.
  case minCacheTokens
  /// The kinds of request that the route answers, in words: `chat, responses, batch`.
  case endpoints
  /// What a request may hold or ask for, in words: `prompt_caching, pdf_input`.
  case accepts
  /// What a request must not hold or ask for, in words: `sampling_params`.
  case refuses
  /// The efforts that a request may name, the least first: `low, medium, high`.
  case effortLevels
  /// The effort of a request that names none.
  case defaultEffort
  /// Whether a request can be answered without thinking: `always`, `by default`, `on request`.
  case thinking
  /// The vocabulary that counts its tokens.
  case tokenizer
  /// The id that the source names as the one to move to.
  case successor
  /// Requests that an ordinary account may send in a minute.
  case requestsPerMinute
  /// Tokens that an ordinary account may use in a minute.
  case tokensPerMinute
  case capability(Capability)
  case price(PriceTerm)

  /// The fields of a model or a route that are not prices, in the order pages show them.
  public static let plain: [Field] =
    [
      .name, .lab, .family, .productType, .released, .contextWindow, .maxInput, .maxOutput, .parameters,
      .activeParameters, .architecture, .license, .osiApproved, .openness, .commercialUse, .knowledgeCutoff,
      .retirement, .routeKind, .region, .quantisation, .dialect, .status, .temperature,
      .minCacheTokens, .endpoints, .accepts, .refuses, .effortLevels, .defaultEffort, .thinking, .tokenizer,
      .successor, .requestsPerMinute, .tokensPerMinute,
    ] + Capability.allCases.map(Field.capability)

  public var rawValue: String {
    switch self {
    case .name: "name"
    case .lab: "lab"
    case .family: "family"
    case .productType: "product_type"
    case .released: "released"
    case .contextWindow: "context_window"
    case .maxInput: "max_input"
    case .maxOutput: "max_output"
    case .parameters: "parameters"
    case .activeParameters: "active_parameters"
    case .architecture: "architecture"
    case .license: "license"
    case .osiApproved: "osi_approved"
    case .openness: "openness"
    case .commercialUse: "commercial_use"
    case .knowledgeCutoff: "knowledge_cutoff"
    case .retirement: "retirement"
    case .routeKind: "route_kind"
    case .region: "region"
    case .quantisation: "quantisation"
    case .dialect: "api_dialect"
    case .status: "status"
    case .temperature: "temperature"
    case .minCacheTokens: "min_cache_tokens"
    case .endpoints: "endpoints"
    case .accepts: "accepts"
    case .refuses: "refuses"
    case .effortLevels: "effort_levels"
    case .defaultEffort: "default_effort"
    case .thinking: "thinking"
    case .tokenizer: "tokenizer"
    case .successor: "successor"
    case .requestsPerMinute: "requests_per_minute"
    case .tokensPerMinute: "tokens_per_minute"
    case .capability(let capability): capability.rawValue
    case .price(let term): term.text
    }
  }

  public var title: String {
    switch self {
    case .name: "Name"
    case .lab: "Lab"
    case .family: "Family"
    case .productType: "Product type"
    case .released: "Released"
    case .contextWindow: "Context window"
    case .maxInput: "Max input"
    case .maxOutput: "Max output"
    case .parameters: "Parameters"
    case .activeParameters: "Active parameters"
    case .architecture: "Architecture"
    case .license: "License"
    case .osiApproved: "OSI-approved"
    case .openness: "Openness"
    case .commercialUse: "Commercial use"
    case .knowledgeCutoff: "Knowledge cutoff"
    case .retirement: "Retirement"
    case .routeKind: "Route kind"
    case .region: "Region"
    case .quantisation: "Quantisation"
    case .dialect: "API dialect"
    case .status: "Status"
    case .temperature: "Temperature parameter"
    case .minCacheTokens: "Smallest cached prompt"
    case .endpoints: "Endpoints"
    case .accepts: "Accepts"
    case .refuses: "Refuses"
    case .effortLevels: "Effort levels"
    case .defaultEffort: "Default effort"
    case .thinking: "Thinking"
    case .tokenizer: "Tokenizer"
    case .successor: "Successor"
    case .requestsPerMinute: "Requests a minute"
    case .tokensPerMinute: "Tokens a minute"
    case .capability(let capability): capability.title
    case .price(let term): term.title
    }
  }

  /// The plain field or first price of that spelling; `licence`, `context`, `input_price` are understood too.
  public init?(named text: String) {
    let wanted = text.lowercased().replacing("-", with: "_").replacing(" ", with: "_")
    let synonyms = [
      "licence": "license", "context": "context_window", "cutoff": "knowledge_cutoff",
      "release_date": "released",
      "input_price": "price.input", "output_price": "price.output", "cache_read_price": "price.cache_read",
      "cache_write_price": "price.cache_write", "input": "price.input", "output": "price.output",
      "quantization": "quantisation", "ide": "ide_integration", "tools": "tool_use",
      "json": "structured_outputs",
    ]
    let spelled = synonyms[wanted] ?? wanted
    if let field = Self.plain.first(where: { $0.rawValue == spelled }) {
      self = field
      return
    }
    guard let unit = BillableUnit.allCases.first(where: { "price." + $0.rawValue == spelled }) else {
      return nil
    }
    self = .price(PriceTerm(unit))
  }
}

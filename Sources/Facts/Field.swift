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
  case capability(Capability)
  case price(PriceTerm)

  /// The fields of a model or a route that are not prices, in the order pages show them.
  public static let plain: [Field] =
    [
      .name, .lab, .family, .productType, .released, .contextWindow, .maxInput, .maxOutput, .parameters,
      .activeParameters, .architecture, .license, .osiApproved, .openness, .commercialUse, .knowledgeCutoff,
      .retirement, .routeKind, .region, .quantisation, .dialect, .status, .temperature,
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

import Deciding
import Documents
import Facts
import Pages

/// The description of the API: https://spec.openapis.org/oas/v3.1.1
enum OpenAPI {
  static func description(_ site: Site) -> DataValue {
    .map([
      ("openapi", .text("3.1.0")),
      (
        "info",
        .map([
          ("title", .text("LLM Reference")), ("version", .text("1")),
          (
            "description",
            .text(
              "Facts about large language models, each with its source. Money and token counts are decimal texts; what no source says is the word unknown."
            )
          ),
          ("license", .map([("name", .text("Apache-2.0")), ("identifier", .text("Apache-2.0"))])),
        ])
      ),
      ("servers", .list([.map([("url", .text(site.origin ?? "/"))])])),
      ("paths", paths), ("components", .map([("schemas", schemas)])),
    ])
  }

  // MARK: Parameters

  /// A text without controls; where it may be left out, an empty one is the same.
  private static let optional = #"^[^\u0000-\u001f\u007f]*$"#
  private static let needed = #"^[^\u0000-\u001f\u007f]+$"#
  /// A part of a path, which is no dot and no slash.
  private static let segment = #"^[^\u0000-\u001f\u007f./][^\u0000-\u001f\u007f/]*$"#
  /// Two to eight ids of one part or more.
  private static let ids =
    #"^[^,/\s\u0000-\u001f\u007f][^,\s\u0000-\u001f\u007f]*(,[^,/\s\u0000-\u001f\u007f][^,\s\u0000-\u001f\u007f]*){1,7}$"#

  private static func pattern(_ pattern: String) -> [(String, DataValue)] {
    [("type", .text("string")), ("pattern", .text(pattern))]
  }

  private static func parameter(
    _ name: String, _ place: String, _ description: String, required: Bool = false,
    schema: [(String, DataValue)]? = nil
  ) -> DataValue {
    let schema = schema ?? pattern(place == "path" ? segment : required ? needed : optional)
    return .map([
      ("name", .text(name)), ("in", .text(place)), ("description", .text(description)),
      ("required", .flag(required || place == "path")), ("schema", .map(schema)),
    ])
  }

  private static func count(_ name: String, _ description: String, least: Int = 0) -> DataValue {
    parameter(
      name, "query", description,
      schema: pattern((least == 0 ? "^(0|" : "^(") + "[1-9][0-9]{0,8}[kMB]?)?$"))
  }

  private static let traffic = [
    count("input", "Input tokens a month: 800M."), count("output", "Output tokens a month: 250M."),
    count("requests", "Requests a month: 1M.", least: 1),
    parameter(
      "cached", "query", "Share of the input that a cache serves.",
      schema: share),
    parameter("batch", "query", "Share of the requests that is sent in batches.", schema: share),
    parameter(
      "hours", "query",
      "At which hours the traffic falls: spread, peak, off-peak, or hours such as mon-fri 09:00-18:00 +08:00.",
      schema: choices(["spread", "peak", "off-peak", "09:00-18:00", "mon-fri 09:00-18:00 +08:00"])),
    count("images", "Pictures a month, of image models."),
    count("searches", "Searches a month, of rerank models."),
    count("audio_minutes", "Minutes of sound a month, of models that hear."),
    count("characters", "Characters a month, of models that speak."),
    count("pages", "Pages a month, of models that read documents."),
    count("video_seconds", "Seconds of video a month, of video models."),
  ]

  private static let share = pattern(#"^((100(\.0{1,2})?|[0-9]{1,2}(\.[0-9]{1,2})?)%?)?$"#)

  private static func choices(_ examples: [String]) -> [(String, DataValue)] {
    let window =
      "((mon|tue|wed|thu|fri|sat|sun)(-sun)? )?([01][0-9]|2[0-2]):[0-5][0-9]-23:[0-5][0-9]( [+-](0[0-9]|1[0-3]):[0-5][0-9])?"
    return pattern("^(spread|peak|off-peak|" + window + ")?$") + [("examples", .texts(examples))]
  }

  private static func choice(_ name: String, _ description: String, _ values: [String]) -> DataValue {
    parameter(
      name, "query", description, schema: [("type", .text("string")), ("enum", .texts([""] + values))])
  }

  private static let filters = [
    parameter("lab", "query", "Id of a lab."),
    choice("type", "Product type.", ProductType.allCases.map(\.rawValue)),
    choice("capability", "A capability that a source states.", Capability.allCases.map(\.rawValue)),
    count("context", "Least context window in tokens."),
    parameter("openness", "query", "Whether the weights can be had, in a source's word."),
    choice("order", "Order of the list.", ModelFilter.Order.allCases.map(\.rawValue)),
    parameter(
      "page", "query", "From 1.",
      schema: [("type", .text("integer")), ("minimum", .integer(1)), ("maximum", .integer(1_000_000))]),
  ]

  // MARK: Paths

  private static var paths: DataValue {
    func segment(_ name: String, _ description: String) -> DataValue { parameter(name, "path", description) }
    let model = [segment("lab", "The lab of a model's id."), segment("model", "The rest of the id.")]
    return .map([
      ("/api/v1/models", get("listModels", "Every tracked model, filtered.", filters, schema: "Models")),
      (
        "/api/v1/models/{lab}/{model}",
        get("getModel", "One model with every fact.", model + traffic, isLookup: true)
      ),
      (
        "/api/v1/models/{lab}/{model}/providers/{provider}",
        get(
          "getRoute", "A model at one provider.", model + [segment("provider", "Id of a provider.")],
          isLookup: true)
      ),
      (
        "/api/v1/compare",
        get(
          "compareModels", "Two to eight models side by side.",
          [parameter("models", "query", "Ids, separated by commas.", required: true, schema: pattern(ids))]
            + traffic,
          isLookup: true)
      ),
      (
        "/api/v1/cost",
        get(
          "monthlyCost", "What models cost a month.",
          [parameter("models", "query", "Ids, separated by commas.", required: true)] + traffic,
          isLookup: true)
      ),
      (
        "/api/v1/shortlist",
        get(
          "shortlistRoutes", "Routes that meet requirements, ranked, and why other models do not.",
          Lookup.requirementKeys.map { parameter($0, "query", "See the page /shortlist.") } + traffic,
          isLookup: true)
      ),
      (
        "/api/v1/search",
        get("searchModels", "Models by words.", [parameter("q", "query", "Words.", required: true)])
      ),
      (
        "/api/v1/resolve",
        get(
          "resolveID", "Which model an id stands for.",
          [
            parameter("id", "query", "An id as any provider writes it.", required: true),
            parameter("provider", "query", "Whose id it is."),
          ])
      ),
      (
        "/api/v1/explain",
        get(
          "explainFact", "Every claim about one fact.",
          [
            parameter("model", "query", "Id of a model.", required: true),
            parameter("field", "query", "A field such as context_window or price.input.", required: true),
          ], isLookup: true)
      ),
      (
        "/api/v1/providers/{provider}",
        get("getProvider", "A provider's routes.", [segment("provider", "Id of a provider.")], isLookup: true)
      ),
      (
        "/api/v1/labs/{lab}",
        get("getLab", "A lab's models.", [segment("lab", "Id of a lab.")], isLookup: true)
      ),
      (
        "/api/v1/families/{family}",
        get("getFamily", "A family's models.", [segment("family", "Name of a family.")], isLookup: true)
      ),
      (
        "/api/v1/benchmark",
        get(
          "getBenchmark", "Every score of a benchmark.",
          [parameter("id", "query", "Id of a benchmark.", required: true)], isLookup: true)
      ),
      ("/api/v1/sources", get("listSources", "Every source.", [])),
    ])
  }

  private static func get(
    _ id: String, _ summary: String, _ parameters: [DataValue], schema: String = "Document",
    isLookup: Bool = false
  ) -> DataValue {
    var responses: [(String, DataValue)] = [
      ("200", response("The answer.", "application/json", schema)),
      ("400", response("A value of the address cannot be read.", "application/problem+json", "Problem")),
    ]
    if isLookup || parameters.contains(where: isPath) {
      responses.append(
        ("404", response("Nothing is known by that name.", "application/problem+json", "Problem")))
    }
    return .map([
      (
        "get",
        .map([
          ("operationId", .text(id)), ("summary", .text(summary)), ("parameters", .list(parameters)),
          ("responses", .map(responses)),
        ])
      )
    ])
  }

  private static func isPath(_ parameter: DataValue) -> Bool {
    parameter.object?.members.contains { $0.value == .text("path") } == true
  }

  private static func response(_ description: String, _ type: String, _ schema: String) -> DataValue {
    .map([
      ("description", .text(description)),
      (
        "content",
        .map([
          (type, .map([("schema", .map([("$ref", .text("#/components/schemas/\(schema)"))]))]))
        ])
      ),
    ])
  }

  // MARK: Schemas

  private static func object(_ properties: [(String, String)], required: [String]) -> DataValue {
    .map([
      ("type", .text("object")),
      ("properties", .map(properties.map { ($0.0, .map([("type", .text($0.1))])) })),
      ("required", .texts(required)),
    ])
  }

  private static var schemas: DataValue {
    .map([
      (
        "Document",
        object(
          [
            ("schema", "string"), ("kind", "string"), ("title", "string"), ("as_of", "string"),
            ("catalogue", "object"), ("notices", "array"), ("conclusions", "object"), ("sections", "array"),
            ("citations", "array"),
          ],
          required: ["schema", "kind", "title", "as_of", "catalogue", "conclusions", "sections", "citations"])
      ),
      (
        "Models",
        object(
          [
            ("schema", "string"), ("count", "integer"), ("page", "integer"), ("pages", "integer"),
            ("models", "array"),
          ], required: ["schema", "count", "page", "pages", "models"])
      ),
      (
        "Problem",
        object(
          [
            ("type", "string"), ("title", "string"), ("status", "integer"), ("detail", "string"),
            ("errors", "array"), ("did_you_mean", "array"),
          ], required: ["type", "title", "status", "detail"])
      ),
    ])
  }
}

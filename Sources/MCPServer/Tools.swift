import Documents
import Facts
import Publishing

/// The tools, in the order in which a program reads of them. A new one is an entry here.
enum Tools {
  static let all = [search, model, compare, cost, shortlist, explain, resolve]

  // MARK: How much of a document is told

  /// How much of a value a short answer shows, and how much a full one; `explain_fact` lists every claim.
  private static let brief = Brevity(citations: 2, dissents: 2, rows: 15)
  private static let full = Brevity(citations: 5, dissents: 5, rows: 1000)
  /// How much of each model a list of models found shows, and one of costs; no model of a list is left out.
  private static let found = Brevity(citations: 1, dissents: 1, rows: mostListed)
  private static let priced = Brevity(citations: 2, dissents: 2, rows: mostListed)
  private static let mostListed = 50
  /// How many places of a fact, the model and its routes, a short explanation shows as text.
  private static let shownPlaces = 8

  private static func isFull(_ arguments: ToolArguments) -> Bool { arguments.text("detail") == "full" }

  /// - Parameters:
  ///   - cited: the sections that cite what the conclusions say, so that they come whatever is asked for.
  ///   - usual: those that come with them unless others are asked for.
  private static func part(
    _ document: Document, _ arguments: ToolArguments, cited: [String], usual: [String]
  ) -> Document {
    let isFull = isFull(arguments)
    let ids = arguments.list("sections") ?? (isFull ? nil : usual)
    return document.part(ids.map { Set(cited + $0) }, isFull ? full : brief)
  }

  // MARK: Arguments that several tools share

  static let traffic = [
    ToolParameter(
      "input_tokens", .count,
      "Prompt tokens a month: 800M, 2B, 1500000. 800M of chat, embedding and moderation models unless given."),
    ToolParameter("output_tokens", .count, "Answer tokens a month. 250M of chat models unless given."),
    ToolParameter(
      "requests", .count,
      "Requests a month; the average request decides price tiers and limits. 1M of chat models unless given."),
    ToolParameter("cached", .share, "Share of the prompt tokens that a cache serves: 30%. 0% unless given."),
    ToolParameter("batch", .share, "Share of the requests that is sent in batches: 30%. 0% unless given."),
    ToolParameter(
      "hours", .text(longest: 100),
      "At which hours the traffic falls, where prices depend on them: spread (unless given), peak, off-peak, or hours such as mon-fri 09:00-18:00 +08:00."
    ),
    ToolParameter("images", .count, "Pictures a month, of image models. 10k unless given."),
    ToolParameter("searches", .count, "Searches a month, of rerank models. 1M unless given."),
    ToolParameter(
      "audio_minutes", .count, "Minutes of sound a month, of models that hear. 100k unless given."),
    ToolParameter("characters", .count, "Characters a month, of models that speak. 100M unless given."),
    ToolParameter("pages", .count, "Pages a month, of models that read documents. 100k unless given."),
    ToolParameter("video_seconds", .count, "Seconds of video a month, of video models. 10k unless given."),
  ]

  /// The arguments of traffic by the keys of `Lookup.Traffic`.
  static let trafficNames = [
    "input": "input_tokens", "output": "output_tokens", "requests": "requests", "cached": "cached",
    "batch": "batch", "hours": "hours", "images": "images", "searches": "searches",
    "audio_minutes": "audio_minutes", "characters": "characters", "pages": "pages",
    "video_seconds": "video_seconds",
  ]

  static func traffic(_ arguments: ToolArguments) -> Lookup.Traffic {
    var traffic = Lookup.Traffic()
    for (key, name) in trafficNames { traffic.texts[key] = arguments.text(name) }
    return traffic
  }

  private static func extent(_ sections: [String], cited: [String], usual: [String]) -> [ToolParameter] {
    [
      ToolParameter(
        "sections", .choices(sections),
        "Which sections to give besides \(Display.listed(cited)), which cite the conclusions. Unless given: \(Display.listed(usual)); all with detail full."
      ), detail,
    ]
  }

  private static let detail = ToolParameter(
    "detail", .choice(["brief", "full"], usual: "brief"),
    "brief: up to \(brief.citations) citations a value and \(brief.rows) rows a table, the rest counted. full: up to \(full.citations) and every row; large."
  )

  private static let anyID = "canonical (openai/gpt-5), short (gpt-5) or any provider's own"

  // MARK: The tools

  private static let search = Tool(
    name: "search_models", title: "Search models",
    description:
      "Find models by words of their name, id or family. Gives each model's release date, context window, monthly cost at usual traffic, cheapest output price and number of routes, with sources; the nearest names where nothing fits. Use it to learn canonical ids.",
    parameters: [
      ToolParameter(
        "query", .text(longest: ToolParameter.longestText),
        "Words that must all stand in the name, id or family: qwen3 coder.", isRequired: true),
      ToolParameter(
        "limit", .integer(1...mostListed, usual: 10), "The most models to list, those with most routes first."
      ),
    ],
    conclusions: [
      ("query", AnswerSchema.text), ("models", AnswerSchema.list(AnswerSchema.text)),
      ("did_you_mean", AnswerSchema.list(AnswerSchema.text)),
    ]
  ) { arguments, lookup throws(LookupError) in
    let words = try arguments.required("query")
    let document = try lookup.search(words, most: arguments.integer("limit") ?? 10)
    return Tool.Answer(document.part(nil, found))
  }

  private static let modelSections = [
    "introduction", "fit", "monthly-cost", "specs", "pricing", "capabilities", "benchmarks",
    "continue-comparing",
    "sources",
  ]
  private static let citedModelSections = ["fit", "monthly-cost"]
  private static let usualModelSections = ["introduction", "specs", "pricing", "capabilities"]

  private static let model = Tool(
    name: "get_model", title: "Get a model",
    description:
      "Everything known of one model: what it is fit for, monthly cost, specs (context window, licence, parameters, release, knowledge cutoff), prices and limits of each provider's route, capabilities, benchmark scores. Every value with its sources, disputes shown.",
    parameters: [
      ToolParameter(
        "id", .text(longest: ToolParameter.longestText), "The model's id: \(anyID).", isRequired: true)
    ] + traffic + extent(modelSections, cited: citedModelSections, usual: usualModelSections),
    conclusions: [
      ("id", AnswerSchema.text), ("name", AnswerSchema.text), ("lab", AnswerSchema.text),
      ("product_type", AnswerSchema.text), ("life", AnswerSchema.life),
      ("best_for", AnswerSchema.list(AnswerSchema.text)),
      ("decision_fit", AnswerSchema.list(AnswerSchema.text)),
      ("monthly_cost_usd", AnswerSchema.text("A decimal, or unknown.")),
      ("monthly_cost_via", AnswerSchema.text), ("monthly_cost_fee", AnswerSchema.fee),
      ("routes_tracked", AnswerSchema.count), ("scores", AnswerSchema.count),
    ]
  ) { arguments, lookup throws(LookupError) in
    let document = try lookup.model(arguments.required("id"), traffic: traffic(arguments))
    return Tool.Answer(part(document, arguments, cited: citedModelSections, usual: usualModelSections))
  }

  private static let comparisonSections = [
    "introduction", "scorecard", "tradeoffs", "monthly-cost", "switch-friction", "specs", "pricing",
    "capabilities",
    "benchmarks", "deep-dive", "faq", "continue-comparing", "sources",
  ]
  private static let citedComparisonSections = ["scorecard", "tradeoffs", "monthly-cost"]
  private static let usualComparisonSections = ["introduction"]

  private static let compare = Tool(
    name: "compare_models", title: "Compare models",
    description:
      "Compare two to eight models to decide between them: scorecard, reasons to choose each, monthly cost at your traffic, what a switch takes, specs, prices, capabilities, benchmarks. Nothing is concluded from an unknown; every value with its sources.",
    parameters: [
      ToolParameter(
        "models", .texts(2...8), "Ids of two to eight different models: \(anyID).", isRequired: true)
    ] + traffic + extent(comparisonSections, cited: citedComparisonSections, usual: usualComparisonSections),
    conclusions: [
      (
        "models",
        AnswerSchema.list(
          AnswerSchema.object(
            [
              ("id", AnswerSchema.text), ("name", AnswerSchema.text), ("lab", AnswerSchema.text),
              ("product_type", AnswerSchema.text), ("life", AnswerSchema.life),
            ], required: ["id", "name"]), atLeast: 2)
      ), ("product_types_differ", AnswerSchema.flag),
      ("best_for", AnswerSchema.keyed(AnswerSchema.list(AnswerSchema.text))),
      ("decision_fit", AnswerSchema.keyed(AnswerSchema.list(AnswerSchema.text))),
      ("monthly_cost_usd", AnswerSchema.keyed(AnswerSchema.text("A decimal, or unknown."))),
      ("monthly_cost_via", AnswerSchema.keyed(AnswerSchema.text)),
      ("monthly_cost_fee", AnswerSchema.keyed(AnswerSchema.fee)),
      ("cost_delta", AnswerSchema.text("Dearest minus cheapest, unknown or disputed.")),
      ("cheaper", AnswerSchema.text("An id, tie, unknown or disputed.")),
      ("larger_context", AnswerSchema.text),
      ("broader_routes", AnswerSchema.text), ("routes_tracked", AnswerSchema.keyed(AnswerSchema.count)),
      ("overlapping_routes", AnswerSchema.list(AnswerSchema.text)), ("shared_benchmarks", AnswerSchema.count),
      ("only_in", AnswerSchema.keyed(AnswerSchema.list(AnswerSchema.text))),
      ("documented_only_in", AnswerSchema.keyed(AnswerSchema.list(AnswerSchema.text))),
    ]
  ) { arguments, lookup throws(LookupError) in
    let document = try lookup.compare(arguments.requiredList("models"), traffic: traffic(arguments))
    return Tool.Answer(
      part(document, arguments, cited: citedComparisonSections, usual: usualComparisonSections))
  }

  private static let cost = Tool(
    name: "monthly_cost", title: "Monthly cost",
    description:
      "What one to twenty models cost a month at your traffic, cheapest first: the cheapest route that can carry it, and the cheapest at another provider. Price tiers and cache prices count. US dollars, exact, each with the sources of its prices.",
    parameters: [
      ToolParameter("models", .texts(1...20), "Ids of the models: \(anyID).", isRequired: true)
    ] + traffic,
    conclusions: [
      ("traffic", AnswerSchema.text),
      ("monthly_cost_usd", AnswerSchema.keyed(AnswerSchema.text("A decimal, or unknown."))),
      ("monthly_cost_fee", AnswerSchema.keyed(AnswerSchema.fee)),
    ]
  ) { arguments, lookup throws(LookupError) in
    let document = try lookup.cost(arguments.requiredList("models"), traffic: traffic(arguments))
    return Tool.Answer(document.part(nil, priced))
  }

  private static let explain = Tool(
    name: "explain_fact", title: "Explain a fact",
    description:
      "Every claim about one field of one model: who says what, as written, since when, from which record; the rule that chose the value believed, and the likely cause of each difference. Prices are listed route by route.",
    parameters: [
      ToolParameter(
        "model", .text(longest: ToolParameter.longestText), "The model's id: \(anyID).", isRequired: true),
      ToolParameter(
        "field", .text(longest: 64), "One of \(Display.listed(Lookup.fields, "or")).", isRequired: true),
      detail,
    ],
    conclusions: [
      ("model", AnswerSchema.text), ("field", AnswerSchema.text),
      (
        "values",
        AnswerSchema.list(
          AnswerSchema.object(
            [
              ("place", AnswerSchema.text("The model, or the route and price line.")),
              ("state", AnswerSchema.text),
              ("value", AnswerSchema.text), ("rule", AnswerSchema.text),
              (
                "claims",
                AnswerSchema.list(
                  AnswerSchema.object(
                    [
                      ("value", AnswerSchema.text), ("as_written", AnswerSchema.text),
                      ("source", AnswerSchema.text),
                      ("record", AnswerSchema.text), ("observed", AnswerSchema.text),
                      ("standing", AnswerSchema.text("believed, or why it differs.")),
                      ("basis", AnswerSchema.text),
                      ("correct_at", AnswerSchema.text), ("path", AnswerSchema.text),
                      ("url", AnswerSchema.text),
                      ("mark", AnswerSchema.text),
                    ], required: ["value", "as_written", "source", "record", "observed", "standing"]),
                  atLeast: 1)
              ),
            ], required: ["place", "state"]))
      ),
    ]
  ) { arguments, lookup throws(LookupError) in
    let document = try lookup.explain(arguments.required("model"), field: arguments.required("field"))
    guard !isFull(arguments) else { return Tool.Answer(document.part(nil, full)) }
    // The claims stand among the conclusions already, each with its record.
    let places = (1...shownPlaces).map { "claims-\($0)" }
    return Tool.Answer(
      structured: document.part(["answer"], brief), text: document.part(Set(["answer"] + places), brief))
  }

  private static let resolve = Tool(
    name: "resolve_id", title: "Resolve an id",
    description:
      "Which model an id stands for, as any provider, catalogue or person writes it (us.anthropic.claude-sonnet-4-5-20250929-v1:0), what the id says of the route, and who says so. Nothing is guessed: an id that could mean several models gives the candidates, an unknown one the nearest names.",
    parameters: [
      ToolParameter(
        "id", .text(longest: ToolParameter.longestText), "The id as it was met.", isRequired: true),
      ToolParameter("provider", .text(longest: 100), "Whose id it is, where known: azure."),
    ],
    conclusions: [
      ("id", AnswerSchema.text), ("state", AnswerSchema.text("known, ambiguous or unknown.")),
    ],
    mayConclude: [
      ("model", AnswerSchema.text), ("rule", AnswerSchema.text("How the id was found.")),
      ("route", AnswerSchema.keyed(AnswerSchema.text)), ("candidates", AnswerSchema.list(AnswerSchema.text)),
    ]
  ) { arguments, lookup throws(LookupError) in
    let document = try lookup.resolve(arguments.required("id"), provider: arguments.text("provider"))
    return Tool.Answer(document.part(nil, brief))
  }
}

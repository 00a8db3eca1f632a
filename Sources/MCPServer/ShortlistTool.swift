import Documents
import Facts
import Publishing

extension Tools {
  /// The most routes and models that an answer lists; the rest is counted.
  private static let mostShortlisted = 20

  private static let word = ToolParameter.Kind.text(longest: ToolParameter.longestText)

  private static let requirements: [ToolParameter] = [
    ToolParameter("context", word, "Context window of the route: >=200k, 1M."),
    ToolParameter("max_output", word, "Output limit of the route: >=32k."),
    ToolParameter("needs", word, "Capabilities, separated by commas: tools,structured-outputs,vision."),
    ToolParameter("license", word, "osi, commercial or licences, one of which must hold: MIT,Apache-2.0."),
    ToolParameter("open_weights", .choice(["yes", "no"], usual: "no"), "Whether the weights must be had."),
    ToolParameter("region", word, "Where the route says it runs: eu, us, global."),
    ToolParameter("provider", word, "Who may serve it: openai,azure."),
    ToolParameter("lab", word, "Who trained it: mistral."),
    ToolParameter("type", word, "Product type: embedding model."),
    ToolParameter("kind", word, "How the route is paid for: metered (unless given), plan, free, self-host."),
    ToolParameter("benchmark", word, "Best scores, on the benchmark's own scale: swe-bench>=60,gpqa>=70."),
    ToolParameter("released", word, "Release day: >=2025-06."),
    ToolParameter("knowledge", word, "Knowledge cutoff: >=2025-01."),
    ToolParameter("not_retiring", word, "A span or day before which it must not retire: 12mo."),
    ToolParameter("max_cost", word, "US dollars a month at the traffic: 500/month."),
    ToolParameter(
      "prefer", word,
      "Soft preferences with weights: cost:3,context:1,swe-bench:2. Each gives its weight times the number of listed routes beaten."
    ),
    ToolParameter(
      "unknown", .choice(["ask", "keep", "exclude"], usual: "ask"),
      "What happens where no source says: ask lists such routes apart, keep ranks and marks them, exclude leaves them out."
    ),
  ]

  private static let listed = AnswerSchema.list(
    AnswerSchema.object(
      [
        ("model", AnswerSchema.text), ("provider", AnswerSchema.text), ("api_id", AnswerSchema.text),
        ("region", AnswerSchema.text),
        ("monthly_cost_usd", AnswerSchema.text("A decimal, or unknown.")),
        ("front", AnswerSchema.text("yes, no, or unknown where a criterion is.")),
        ("points", AnswerSchema.text),
        ("unknown", AnswerSchema.list(AnswerSchema.text)),
      ], required: ["model", "provider", "api_id", "monthly_cost_usd", "front"]))

  static let shortlist = Tool(
    name: "shortlist_models", title: "Shortlist models",
    description:
      "Find the routes that meet requirements, ranked with their monthly cost at your traffic, the Pareto front, and for other models the first requirement that they fail or that no source answers. Unknown is neither met nor failed. A word that is not known gives the nearest valid ones.",
    parameters: requirements + Tools.traffic,
    conclusions: [
      ("traffic", AnswerSchema.text),
      (
        "requirements",
        AnswerSchema.list(
          AnswerSchema.object(
            [("requirement", AnswerSchema.text), ("words", AnswerSchema.text)], required: ["requirement"]))
      ),
      ("unknown", AnswerSchema.text), ("models", AnswerSchema.count), ("ranked_count", AnswerSchema.count),
      ("ranked", listed), ("to_ask_count", AnswerSchema.count), ("to_ask", listed),
      ("fees", AnswerSchema.keyed(AnswerSchema.fee)), ("excluded_count", AnswerSchema.count),
      (
        "excluded_by",
        AnswerSchema.list(
          AnswerSchema.object(
            [
              ("requirement", AnswerSchema.text), ("fails", AnswerSchema.count),
              ("unknown", AnswerSchema.count),
            ],
            required: ["requirement", "fails", "unknown"]))
      ),
      (
        "excluded",
        AnswerSchema.list(
          AnswerSchema.object(
            [
              ("model", AnswerSchema.text), ("requirement", AnswerSchema.text),
              ("outcome", AnswerSchema.text),
              ("values", AnswerSchema.list(AnswerSchema.text)),
            ], required: ["model", "requirement", "outcome"]))
      ),
    ],
    mayConclude: [
      (
        "preferences",
        AnswerSchema.list(
          AnswerSchema.object(
            [("criterion", AnswerSchema.text), ("weight", AnswerSchema.text)], required: ["criterion"]))
      ), ("front_criteria", AnswerSchema.list(AnswerSchema.text)),
    ]
  ) { arguments, lookup throws(LookupError) in
    var texts: [String: String] = [:]
    for parameter in requirements { texts[parameter.name] = arguments.text(parameter.name) }
    let document = try lookup.shortlist(texts, traffic: Tools.traffic(arguments), most: mostShortlisted)
    return Tool.Answer(document.part(nil, Brevity(citations: 2, dissents: 2, rows: mostShortlisted)))
  }
}

import Documents

/// The JSON Schema of the tools' structured answers: the part of `Schemas/document-1.schema.json` that a program needs to
/// find values and their citations. https://json-schema.org/draft/2020-12
enum AnswerSchema {
  /// - Parameters:
  ///   - conclusions: members that every answer concludes.
  ///   - others: members that some answers conclude.
  static func schema(
    conclusions: [(name: String, schema: DataValue)], others: [(name: String, schema: DataValue)]
  ) -> DataValue {
    .map([
      ("type", .text("object")),
      (
        "properties",
        .map([
          ("schema", .map([("const", .text("llmref/document/1"))])), ("kind", text), ("title", text),
          ("as_of", text("The day prices, retirements and aliases were resolved at.")),
          ("catalogue", object([("date", text), ("sha256", text)])), ("notices", list(text)),
          (
            "conclusions",
            object((conclusions + others).map { ($0.name, $0.schema) }, required: conclusions.map(\.name))
          ),
          ("omitted", list(text)), ("sections", list(reference("section"))),
          ("citations", list(reference("citation"))),
        ])
      ),
      (
        "required",
        .texts(["schema", "kind", "title", "as_of", "catalogue", "conclusions", "sections", "citations"])
      ), ("$defs", definitions),
    ])
  }

  // MARK: Words of JSON Schema

  /// Whether a model is still served.
  static let life = object(
    [
      ("state", text("listed, ends, ended, gone or unknown.")),
      ("end", text("The last day that a source states.")),
      ("last_seen", text), ("scope", text("Whose end it is: route, lab or model.")),
      ("successor", text("The id that a source names as the one to move to, as it writes it.")),
      (
        "move_to",
        text("The model to which the successor leads, or the first after it that has not ended.")
      ),
    ], required: ["state"])
  static let text = DataValue.map([("type", .text("string"))])
  static let count = DataValue.map([("type", .text("integer")), ("minimum", .integer(0))])
  static let flag = DataValue.map([("type", .text("boolean"))])

  static func text(_ description: String) -> DataValue {
    .map([("type", .text("string")), ("description", .text(description))])
  }

  static func list(_ items: DataValue, atLeast count: Int = 0) -> DataValue {
    .map([("type", .text("array")), ("items", items)] + (count > 0 ? [("minItems", .integer(count))] : []))
  }

  static func object(_ properties: [(String, DataValue)], required: [String] = []) -> DataValue {
    .map([
      ("type", .text("object")), ("properties", .map(properties)), ("required", .texts(required)),
    ])
  }

  /// An object with values of one kind, its keys ids of models or names.
  static func keyed(_ value: DataValue) -> DataValue {
    .map([("type", .text("object")), ("additionalProperties", value)])
  }

  /// What buying through a provider adds; it stands beside a cost and is never in it.
  static let fee = object(
    [
      ("state", text("none, known, or unknown where no page says what a bill bears.")),
      (
        "charges",
        list(
          object(
            [
              ("basis", text("each request, top-up, card top-up, crypto top-up or own keys.")),
              ("percent", text), ("minimum_usd", text), ("fixed_usd", text), ("free_usd_per_month", text),
              ("free_requests_per_month", text), ("only", text),
              (
                "citation",
                object([
                  ("source", text), ("version", text), ("record", text), ("observed", text), ("url", text),
                  ("mark", text),
                ])
              ),
            ], required: ["basis", "percent", "citation"]))
      ),
    ], required: ["state", "charges"])

  private static func reference(_ name: String) -> DataValue { .map([("$ref", .text("#/$defs/\(name)"))]) }

  // MARK: Parts of a document

  private static let definitions = DataValue.map([
    (
      "section",
      object(
        [("id", text), ("title", text), ("blocks", list(reference("block")))],
        required: ["id", "title", "blocks"])
    ),
    ("block", block), ("runs", list(run)), ("cell", cell), ("reference", cited), ("citation", citation),
  ])

  private static let block: DataValue = {
    let runs = reference("runs")
    let row = object([("label", text), ("note", text), ("cells", list(runs))], required: ["label", "cells"])
    let link = object([("title", text), ("path", text), ("reason", runs)], required: ["title", "path"])
    return object(
      [
        ("kind", text), ("caption", text), ("head", list(text)), ("rows", list(row)), ("further_rows", count),
        ("runs", runs), ("items", list(runs)),
        ("sides", list(object([("title", text), ("points", list(runs))], required: ["title", "points"]))),
        (
          "questions",
          list(object([("question", text), ("answer", runs)], required: ["question", "answer"]))
        ),
        ("links", list(link)),
      ], required: ["kind"])
  }()

  private static let run = object([("text", text), ("path", text), ("cell", reference("cell"))])

  /// A known or absent value has a citation; an unknown one has nothing but the word.
  private static let cell: DataValue = {
    let dissent = object(
      [
        ("display", text), ("cause", text), ("citations", list(reference("reference"), atLeast: 1)),
        ("further_citations", count),
      ],
      required: ["display", "cause", "citations"])
    let states = ["known", "absent", "unknown", "derived", "plain"]
    let members =
      object(
        [
          ("display", text("What people read.")),
          ("state", .map([("enum", .texts(states))])),
          (
            "value",
            text("The exact value: prices in US dollars per 1,000,000 tokens, costs in US dollars a month.")
          ),
          ("detail", text), ("rule", text("The rule that chose or computed the value.")), ("disputed", flag),
          ("citations", list(reference("reference"), atLeast: 1)), ("further_citations", count),
          ("dissents", list(dissent, atLeast: 1)), ("further_dissents", count),
        ], required: ["display", "state"]
      ).object?.members ?? []
    return .map(
      members.map { ($0.key, $0.value) } + [
        (
          "if",
          .map([
            ("properties", .map([("state", .map([("enum", .texts(["known", "absent"]))]))]))
          ])
        ), ("then", .map([("required", .texts(["value", "citations"]))])),
      ])
  }()

  private static let cited = object(
    [
      ("number", count), ("as_written", text("The value exactly as the record writes it.")), ("basis", text),
      ("path", text), ("unit", text), ("valid_from", text), ("valid_until", text), ("note", text),
      ("mark", text),
    ], required: ["number", "as_written", "basis"])

  private static let citation = object(
    [
      ("number", count), ("source", text), ("title", text), ("version", text), ("licence", text),
      ("record", text),
      ("observed", text), ("sha256", text), ("correct_at", text), ("url", text),
    ],
    required: [
      "number", "source", "title", "version", "licence", "record", "observed", "sha256", "correct_at",
    ])
}

import Documents
import Facts
import Publishing
import Rendering
import TextFormats

/// One question that a program may ask: what it takes, what it gives, and how the answer is found.
struct Tool: Sendable {
  /// The documents of an answer: the one that programs read, and the one that is shown as text.
  struct Answer {
    let structured: Document
    let text: Document

    init(_ document: Document) { self.init(structured: document, text: document) }

    init(structured: Document, text: Document) {
      self.structured = structured
      self.text = text
    }
  }

  let name: String
  let title: String
  let description: String
  let parameters: [ToolParameter]
  /// The members of the answer's conclusions as JSON Schema.
  let conclusions: [(name: String, schema: DataValue)]
  /// Members that some answers have.
  var mayConclude: [(name: String, schema: DataValue)] = []
  let find: @Sendable (ToolArguments, Lookup) throws(LookupError) -> Answer

  /// The tool in the list of tools.
  var listing: DataValue {
    .map([
      ("name", .text(name)), ("title", .text(title)), ("description", .text(description)),
      ("inputSchema", ToolParameter.schema(parameters)),
      ("outputSchema", AnswerSchema.schema(conclusions: conclusions, others: mayConclude)),
      (
        "annotations",
        .map([
          ("title", .text(title)), ("readOnlyHint", .flag(true)), ("destructiveHint", .flag(false)),
          ("idempotentHint", .flag(true)), ("openWorldHint", .flag(false)),
        ])
      ),
    ])
  }

  /// The result of a call. What is wrong with the arguments is a result too, so that whoever asked can read it and ask
  /// again.
  func answer(_ given: JSONObject, _ lookup: Lookup) -> [(String, DataValue)] {
    do throws(LookupError) {
      let answer = try find(try ToolArguments(given, of: self), lookup)
      var texts = [String(decoding: OutputFormat.markdown.render(answer.text), as: UTF8.self)]
      if !answer.text.omitted.isEmpty { texts.append(Self.omission(answer.text.omitted)) }
      return [
        ("content", .list(texts.map(Self.content))), ("structuredContent", answer.structured.structured),
        ("isError", .flag(false)),
      ]
    } catch {
      let words =
        switch error {
        case .refused(let problem):
          (Tools.trafficNames[problem.parameter].map { $0 + ": " } ?? "") + problem.words
        case .broken:
          "the catalogue cannot be read. hint: nothing in the question is wrong; tell the one who runs the server"
        }
      return [("content", .list([Self.content(words)])), ("isError", .flag(true))]
    }
  }

  private static func content(_ text: String) -> DataValue {
    .map([("type", .text("text")), ("text", .text(text))])
  }

  private static func omission(_ ids: [String]) -> String {
    let named = ids.count > 12 ? ids.prefix(10) + ["\(ids.count - 10) more sections"] : ids[...]
    return
      "Left out: \(Display.listed(Array(named))). Ask with detail \"full\", or with sections where the tool has them."
  }
}

import Documents
import Facts
import Publishing
import Rendering

/// The page of a model as a resource to read: `llmref://model/openai/gpt-5`.
enum ModelResource {
  private static let start = "llmref://model/"
  private static let kind = "text/markdown"

  static let template = DataValue.map([
    ("uriTemplate", .text(start + "{lab}/{model}")), ("name", .text("model")), ("title", .text("Model page")),
    (
      "description",
      .text(
        "Everything the catalogue knows about one model, each value with its sources, as Markdown. Any id that resolve_id knows may stand in place of lab and model."
      )
    ), ("mimeType", .text(kind)),
  ])

  static func read(_ request: Message.Request, _ lookup: Lookup, _ era: Era) throws(ProtocolProblem)
    -> [(String, DataValue)]
  {
    guard let address = request.parameters["uri"]?.string else {
      throw ProtocolProblem(.invalidParameters, "resources/read names a uri")
    }
    let unknown: ProtocolProblem.Code = era.isStateless ? .invalidParameters : .unknownResource
    guard address.hasPrefix(start),
      let id = SiteAddress.decoded(address.dropFirst(start.count), plusIsSpace: false),
      !id.isEmpty
    else {
      throw ProtocolProblem(
        unknown, "there is no resource \"\(address.bounded)\"; resources are \(start)LAB/MODEL",
        data: .map([("uri", .text(address.bounded))]))
    }
    let document: Document
    do throws(LookupError) { document = try lookup.model(id, traffic: .init()) } catch {
      guard case .refused(let problem) = error else {
        throw ProtocolProblem(.internalError, "the catalogue cannot be read")
      }
      throw ProtocolProblem(
        unknown, problem.words,
        data: .map([
          ("uri", .text(address.bounded)), ("did_you_mean", .texts(problem.candidates.map(\.rawValue))),
        ]))
    }
    let text = String(decoding: OutputFormat.markdown.render(document), as: UTF8.self)
    return [
      (
        "contents",
        .list([.map([("uri", .text(address)), ("mimeType", .text(kind)), ("text", .text(text))])])
      )
    ]
  }
}

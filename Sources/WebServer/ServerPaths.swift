import HTTPTypes
import Hummingbird
import NIOCore

/// What the server answers besides pages: health, counters, messages of programs, methods that no page has. Pages come here only behind such a
/// request on the same connection.
struct ServerPaths: Sendable {
  let answers: Answers
  let messages: MessageEndpoint?

  func respond(to request: Request) async throws -> Response {
    let path = request.uri.path
    if path == MessageEndpoint.path, let messages {
      let response = await messages.respond(to: request, site: answers.holder.current.site)
      answers.counters.count(status: response.status.code, bytes: response.body.contentLength ?? 0)
      return response
    }
    switch (request.method, path) {
    case (.get, "/healthz"), (.head, "/healthz"): return Self.text(.ok, "ok\n")
    case (.get, "/metrics"), (.head, "/metrics"): return Self.text(.ok, answers.counters.text)
    case (.get, _), (.head, _): return page(request)
    case (.options, _):
      var response = Response(status: .noContent)
      response.headers[.accessControlAllowOrigin] = "*"
      response.headers[.accessControlAllowMethods] = "GET, HEAD, OPTIONS"
      response.headers[.allow] = "GET, HEAD, OPTIONS"
      return response
    default:
      var response = Self.text(.methodNotAllowed, "Pages are only read.\n")
      response.headers[.allow] = "GET, HEAD, OPTIONS"
      return response
    }
  }

  private static func text(_ status: HTTPResponse.Status, _ text: String) -> Response {
    Response(
      status: status,
      headers: [
        .contentType: "text/plain; charset=utf-8", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
      ], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  private func page(_ request: Request) -> Response {
    let answer = answers.answer(
      request.uri.string, accepting: request.headers[.acceptEncoding])
    var headers = HTTPFields()
    let lines = String(buffer: answer.head).split(separator: "\r\n").dropFirst()
    for line in lines {
      let sides = line.split(separator: ":", maxSplits: 1)
      if sides.count == 2, let name = HTTPField.Name(String(sides[0])) {
        headers[name] = String(sides[1].dropFirst())
      }
    }
    answers.counters.count(status: answer.status, bytes: answer.body.readableBytes)
    return Response(
      status: .init(code: answer.status), headers: headers, body: ResponseBody(byteBuffer: answer.body))
  }
}

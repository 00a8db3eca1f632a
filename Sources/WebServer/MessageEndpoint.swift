import HTTPTypes
import Hummingbird
import NIOCore
import Publishing

/// Takes the messages of programs by POST at `/mcp` and hands them to whoever answers: the HTTP of
/// https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http, one JSON answer a message, no
/// streams, no sessions.
public struct MessageEndpoint: Sendable {
  public static let path = "/mcp"

  /// What a message says, and what the headers say of it, each line's value.
  public struct Message: Sendable {
    public let body: [UInt8]
    public let versions: [String]
    public let methods: [String]
    public let names: [String]
  }

  public struct Answer: Sendable {
    let status: Int
    let body: [UInt8]?

    /// - Parameter body: JSON; nil where nothing is said.
    public init(status: Int, body: [UInt8]?) {
      self.status = status
      self.body = body
    }
  }

  private let origin: String?
  private let longest: Int
  private let answer: @Sendable (Site, Message) -> Answer

  /// - Parameters:
  ///   - origin: scheme and host of the published site; a page of another site may not ask.
  ///   - longest: the most bytes of a message.
  public init(
    origin: String?, longest: Int, answer: @escaping @Sendable (_ site: Site, _ message: Message) -> Answer
  ) {
    self.origin = origin
    self.longest = longest
    self.answer = answer
  }

  func respond(to request: Request, site: Site) async -> Response {
    let asking = request.headers[.origin]
    guard asking.map(isAllowed) ?? true else {
      return refusal(.forbidden, "Pages of other sites may not ask.\n", nil)
    }
    switch request.method {
    case .post: return await take(request, site, asking)
    case .options:
      var headers = shared(asking)
      headers[.allow] = Self.methods
      headers[.accessControlAllowMethods] = Self.methods
      headers[.accessControlAllowHeaders] = "content-type, accept, mcp-protocol-version, mcp-method, mcp-name"
      return Response(status: .noContent, headers: headers)
    default:
      var response = refusal(.methodNotAllowed, "Messages are sent here by POST.\n", asking)
      response.headers[.allow] = Self.methods
      return response
    }
  }

  private static let methods = "POST, OPTIONS"

  private func take(_ request: Request, _ site: Site, _ asking: String?) async -> Response {
    guard Self.kind(request.headers[.contentType]) == "application/json" else {
      return refusal(.unsupportedMediaType, "A message is application/json.\n", asking)
    }
    guard Self.takesJSON(request.headers[.accept]) else {
      return refusal(.notAcceptable, "Answers are application/json.\n", asking)
    }
    let tooLong = refusal(.contentTooLarge, "A message has at most \(longest) bytes.\n", asking)
    if let length = request.headers[.contentLength], (Int(length) ?? .max) > longest { return tooLong }
    guard let body = try? await request.body.collect(upTo: longest) else { return tooLong }
    func lines(_ name: String) -> [String] {
      HTTPField.Name(name).map { request.headers[values: $0] } ?? []
    }
    let answer = answer(
      site,
      Message(
        body: Array(body.readableBytesView), versions: lines("mcp-protocol-version"),
        methods: lines("mcp-method"), names: lines("mcp-name")))
    var headers = shared(asking)
    guard let bytes = answer.body else {
      return Response(status: .init(code: answer.status), headers: headers)
    }
    headers[.contentType] = "application/json"
    return Response(
      status: .init(code: answer.status), headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  // MARK: Headers

  /// A page of the site itself, or one that this machine serves: whoever answers on loopback may not be asked by pages
  /// from elsewhere, even when a name of theirs leads here.
  private func isAllowed(_ asking: String) -> Bool {
    if let origin, asking == origin { return true }
    guard let scheme = ["http://", "https://"].first(where: asking.hasPrefix) else { return false }
    let place = asking.dropFirst(scheme.count)
    return ["localhost", "127.0.0.1", "[::1]"].contains { host in
      guard place.hasPrefix(host) else { return false }
      let rest = place.dropFirst(host.count)
      return rest.isEmpty
        || rest.first == ":" && rest.count > 1 && rest.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
    }
  }

  /// The media type before its parameters.
  private static func kind(_ header: String?) -> String? {
    header?.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }.lowercased()
  }

  private static func takesJSON(_ header: String?) -> Bool {
    guard let header else { return true }
    return header.split(separator: ",").prefix(64).contains { part in
      kind(String(part)).map { ["application/json", "application/*", "*/*"].contains($0) } ?? false
    }
  }

  private func shared(_ asking: String?) -> HTTPFields {
    var headers: HTTPFields = [.cacheControl: "no-store", .xContentTypeOptions: "nosniff", .vary: "origin"]
    if let asking { headers[.accessControlAllowOrigin] = asking }
    return headers
  }

  private func refusal(_ status: HTTPResponse.Status, _ text: String, _ asking: String?) -> Response {
    var headers = shared(asking)
    headers[.contentType] = "text/plain; charset=utf-8"
    return Response(
      status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }
}

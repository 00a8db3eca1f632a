import Facts
import TextFormats

/// The headers with which a request over HTTP says what its body says, so that whatever stands between may route by them:
/// https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http
public struct RoutingHeaders: Sendable {
  /// `MCP-Protocol-Version`, `Mcp-Method`, `Mcp-Name`: each line's value, in the order of the lines.
  public var versions: [String] = []
  public var methods: [String] = []
  public var names: [String] = []

  public init() {}

  /// The methods whose name a header repeats, and where the body has it.
  private static let named = ["tools/call": "name", "resources/read": "uri", "prompts/get": "name"]

  var version: String? { versions.first }

  /// Whether the headers say what the body says.
  /// - Parameter revision: the one that the body names.
  func check(_ request: Message.Request, revision: String) throws(ProtocolProblem) {
    for (name, lines) in [("MCP-Protocol-Version", versions), ("Mcp-Method", methods), ("Mcp-Name", names)]
    where lines.count > 1 {
      throw ProtocolProblem(.headerMismatch, "the header \(name) stands once, not \(lines.count) times")
    }
    guard version == revision else {
      throw ProtocolProblem(
        .headerMismatch, "the header MCP-Protocol-Version equals \"\(revision.bounded)\" of params._meta")
    }
    guard methods.first == request.method else {
      throw ProtocolProblem(
        .headerMismatch, "the header Mcp-Method equals the method \"\(request.method.bounded)\"")
    }
    guard let key = Self.named[request.method], let value = request.parameters[key]?.string else { return }
    guard names.first.flatMap(Self.decoded) == value else {
      throw ProtocolProblem(.headerMismatch, "the header Mcp-Name equals params.\(key) \"\(value.bounded)\"")
    }
  }

  /// A header's text; `=?base64?…?=` holds what a header cannot. nil for such a frame around anything but canonical
  /// base64 of UTF-8, so that no broken header equals a body by accident.
  static func decoded(_ header: String) -> String? {
    let (start, end) = ("=?base64?", "?=")
    guard header.hasPrefix(start), header.hasSuffix(end),
      header.utf8.count >= start.utf8.count + end.utf8.count
    else { return header }
    let payload = header.utf8.dropFirst(start.utf8.count).dropLast(end.utf8.count)
    guard let bytes = Base64.bytes(payload) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }
}

import Documents
import Facts
import TextFormats

/// Which of the protocol's two ways a request is asked in, and what its results hold besides.
struct Era {
  /// nil: of a handshake.
  private let revision: Revision?

  var isStateless: Bool { revision != nil }

  private static let revisionKey = "io.modelcontextprotocol/protocolVersion"
  private static let capabilitiesKey = "io.modelcontextprotocol/clientCapabilities"
  private static let serverKey = "io.modelcontextprotocol/serverInfo"

  /// How long a client may keep a list, in milliseconds: the catalogue changes by the day.
  private static let keptFor = 300_000

  /// - Throws: what is wrong with a request that says it stands for itself, or that comes with a header this server does
  ///   not know.
  init(_ request: Message.Request, over carrier: Dispatcher.Carrier) throws(ProtocolProblem) {
    let headers: RoutingHeaders? = if case .http(let headers) = carrier { headers } else { nil }
    let header = headers?.version
    let named = request.meta[Self.revisionKey]
    let isHeaderStateless = header.flatMap(Revision.init)?.isStateless ?? false
    // The handshake belongs to the older revisions, even where a client dresses it as a new request.
    let isHandshake = request.method == "initialize" && !isHeaderStateless
    guard isHeaderStateless || (named != nil && !isHandshake) || request.method == "server/discover" else {
      if let header, Revision(rawValue: header) == nil { throw .unsupported(header) }
      revision = nil
      return
    }
    let missing = [Self.revisionKey, Self.capabilitiesKey].filter { request.meta[$0] == nil }
    guard missing.isEmpty else {
      throw ProtocolProblem(.invalidParameters, "params._meta has \(Display.listed(missing))")
    }
    guard let name = named?.string else {
      throw ProtocolProblem(.invalidParameters, "\(Self.revisionKey) is a text")
    }
    try headers?.check(request, revision: name)
    guard request.meta[Self.capabilitiesKey]?.object != nil else {
      throw ProtocolProblem(.invalidParameters, "\(Self.capabilitiesKey) is an object")
    }
    guard let revision = Revision(rawValue: name), revision.isStateless else { throw .unsupported(name) }
    self.revision = revision
  }

  /// A result that is whole.
  func complete(_ members: [(String, DataValue)], _ server: DataValue) -> DataValue {
    guard isStateless else { return .map(members) }
    return .map(
      [("resultType", .text("complete"))] + members + [("_meta", .map([(Self.serverKey, server)]))])
  }

  /// A result that a client may keep for a while and share: it is the same for everybody.
  func kept(_ members: [(String, DataValue)], _ server: DataValue) -> DataValue {
    guard isStateless else { return .map(members) }
    return complete(members + [("ttlMs", .integer(Self.keptFor)), ("cacheScope", .text("public"))], server)
  }
}

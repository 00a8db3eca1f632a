import Documents

/// Why a message has no result: the error of JSON-RPC, https://www.jsonrpc.org/specification#error_object, with the codes
/// that the Model Context Protocol adds from -32020 on.
struct ProtocolProblem: Error, Hashable {
  enum Code: Int {
    case parse = -32700
    case invalidRequest = -32600
    case unknownMethod = -32601
    case invalidParameters = -32602
    case internalError = -32603
    /// A resource that does not exist, before revision 2026-07-28; since then the parameters are invalid.
    case unknownResource = -32002
    case headerMismatch = -32020
    case unsupportedRevision = -32022

    /// The HTTP status of revision 2026-07-28.
    var status: Int {
      switch self {
      case .parse, .invalidRequest, .invalidParameters, .headerMismatch, .unsupportedRevision: 400
      case .unknownMethod: 404
      case .internalError, .unknownResource: 200
      }
    }
  }

  let code: Code
  let message: String
  let data: DataValue?

  init(_ code: Code, _ message: String, data: DataValue? = nil) {
    self.code = code
    self.message = message
    self.data = data
  }

  static func unsupported(_ revision: String) -> ProtocolProblem {
    ProtocolProblem(
      .unsupportedRevision, "this revision of the protocol is not spoken here",
      data: .map([("supported", .texts(Revision.names)), ("requested", .text(revision))]))
  }

  var members: DataValue {
    .map(
      [("code", .integer(code.rawValue)), ("message", .text(message))] + (data.map { [("data", $0)] } ?? []))
  }
}

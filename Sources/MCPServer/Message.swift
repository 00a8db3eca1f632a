import Facts
import TextFormats

/// One message of JSON-RPC 2.0: https://www.jsonrpc.org/specification
enum Message {
  case request(Request)
  /// Asks for no answer.
  case notification(method: String)
  /// An answer to a question that this server never asks.
  case response

  /// A request with what it asks for.
  struct Request {
    let id: MessageID
    let method: String
    let parameters: JSONObject

    /// `params._meta`; empty where there is none.
    var meta: JSONObject { parameters["_meta"]?.object ?? JSONObject() }
  }

  /// - Throws: the problem, and the id to answer it to where the message has a readable one.
  init(_ value: JSONValue) throws(Unreadable) {
    guard let object = value.object else {
      throw Unreadable(.init(.invalidRequest, "a message is an object, not \(value.kind)"), id: nil)
    }
    let id = try object["id"].map { value throws(Unreadable) in try MessageID(value) }
    func invalid(_ message: String, _ code: ProtocolProblem.Code = .invalidRequest) -> Unreadable {
      Unreadable(.init(code, message), id: id)
    }
    guard object["jsonrpc"]?.string == "2.0" else { throw invalid(#"a message has "jsonrpc": "2.0""#) }
    guard let method = object["method"] else {
      guard id != nil, object["result"] != nil || object["error"] != nil else {
        throw invalid("a message has a method")
      }
      self = .response
      return
    }
    guard let method = method.string else { throw invalid("a method is a text, not \(method.kind)") }
    guard let id else {
      self = .notification(method: method)
      return
    }
    let given = object["params"] ?? .object(JSONObject())
    guard let parameters = given.object else {
      throw invalid("params is an object, not \(given.kind)", .invalidParameters)
    }
    self = .request(Request(id: id, method: method, parameters: parameters))
  }
}

/// A message that cannot be read.
struct Unreadable: Error {
  let problem: ProtocolProblem
  /// nil: the id could not be read either.
  let id: MessageID?

  init(_ problem: ProtocolProblem, id: MessageID?) {
    self.problem = problem
    self.id = id
  }
}

/// The id of a request as JSON, to be given back as it came: a text or a whole number of any size.
struct MessageID: Hashable {
  let bytes: [UInt8]

  init(_ value: JSONValue) throws(Unreadable) {
    switch value {
    // `JSONText` in its usual way shows some characters as others, and an id must come back equal.
    case .string: bytes = value.bytes
    case .number(let text)
    where text.utf8.allSatisfy({
      $0 == UInt8(ascii: "-") || $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")
    }):
      bytes = Array(text.utf8)
    default:
      throw Unreadable(
        .init(.invalidRequest, "an id is a text or a whole number, not \(value.asWritten.bounded)"), id: nil)
    }
  }
}

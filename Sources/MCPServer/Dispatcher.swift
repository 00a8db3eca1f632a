import Documents
import Facts
import Publishing
import Rendering
import TextFormats

/// Answers messages of the Model Context Protocol: bytes in, bytes or nothing out. It remembers nothing between messages,
/// so any number of servers may stand behind one address, and both eras of the protocol are spoken at once: the
/// handshakes of 2024-11-05 to 2025-11-25, and the requests of 2026-07-28 that stand for themselves.
public struct Dispatcher: Sendable {
  /// How a message came.
  public enum Carrier: Sendable {
    /// Line by line, as over stdin and stdout.
    /// - Parameter agreed: the revision of the handshake so far.
    case stream(agreed: Revision?)
    case http(RoutingHeaders)
  }

  /// The most bytes of a message, and the most messages of a list.
  public static let longestMessage = 1024 * 1024
  static let longestBatch = 32

  private static let limits: JSONReader.Limits = {
    var limits = JSONReader.Limits()
    limits.size = longestMessage
    limits.depth = 32
    limits.stringLength = 64 * 1024
    return limits
  }()

  let lookup: Lookup
  /// The version of the program.
  let version: String

  public init(_ lookup: Lookup, version: String) {
    self.lookup = lookup
    self.version = version
  }

  /// Never fails: whatever is wrong with the bytes is said in the answer.
  public func answer(_ bytes: [UInt8], over carrier: Carrier) -> Reply {
    let value: JSONValue
    do { value = try JSONReader.read(bytes, limits: Self.limits) } catch {
      return failure(.init(.parse, "this is no JSON: \(error)"), id: nil, status: 400)
    }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      return failure(.init(.parse, "this is no JSON: text is UTF-8"), id: nil, status: 400)
    }
    guard case .array(let messages) = value else { return answer(value, over: carrier, inBatch: false) }
    return batch(messages, over: carrier)
  }

  /// The answer to a message of more than `longestMessage` bytes, which a carrier need not read to its end.
  public var tooLong: Reply {
    failure(
      .init(.invalidRequest, "a message has at most \(Self.longestMessage) bytes"), id: nil, status: 413)
  }

  // MARK: Messages

  private func batch(_ messages: [JSONValue], over carrier: Carrier) -> Reply {
    let revision: Revision? =
      switch carrier {
      case .stream(let agreed): agreed
      case .http(let headers): headers.version.map(Revision.init) ?? .withoutHeader
      }
    guard revision?.takesBatches == true else {
      let only = Revision.allCases.filter(\.takesBatches).map(\.rawValue)
      return failure(
        .init(
          .invalidRequest, "one message at a time; only revision \(Display.listed(only)) has lists of them"),
        id: nil, status: 400)
    }
    guard (1...Self.longestBatch).contains(messages.count) else {
      return failure(
        .init(.invalidRequest, "a list holds 1 to \(Self.longestBatch) messages, not \(messages.count)"),
        id: nil,
        status: 400)
    }
    let bodies = messages.compactMap { answer($0, over: carrier, inBatch: true).body }
    guard !bodies.isEmpty else { return .taken }
    let list: [UInt8] = Array(bodies.joined(separator: [UInt8(ascii: ",")]))
    return Reply([UInt8(ascii: "[")] + list + [UInt8(ascii: "]")], status: 200)
  }

  private func answer(_ value: JSONValue, over carrier: Carrier, inBatch: Bool) -> Reply {
    do throws(Unreadable) {
      switch try Message(value) {
      case .request(let request): return answer(request, over: carrier, inBatch: inBatch)
      case .notification, .response:
        if case .http(let headers) = carrier, let name = headers.version, Revision(rawValue: name) == nil {
          return failure(.unsupported(name), id: nil, status: 400)
        }
        return .taken
      }
    } catch {
      return failure(error.problem, id: error.id, status: 400)
    }
  }

  private func answer(_ request: Message.Request, over carrier: Carrier, inBatch: Bool) -> Reply {
    do throws(ProtocolProblem) {
      let era = try Era(request, over: carrier)
      if inBatch, request.method == "initialize" {
        throw ProtocolProblem(.invalidRequest, "a handshake stands alone, not in a list")
      }
      do throws(ProtocolProblem) {
        let (result, agreed) = try self.result(request, era)
        return success(result, id: request.id, agreed: agreed)
      } catch {
        return failure(error, id: request.id, status: era.isStateless ? error.code.status : 200)
      }
    } catch {
      return failure(error, id: request.id, status: error.code.status)
    }
  }

  // MARK: Methods

  private func result(_ request: Message.Request, _ era: Era) throws(ProtocolProblem) -> (
    DataValue, Revision?
  ) {
    switch (request.method, era.isStateless) {
    case ("initialize", false): return try handshake(request)
    case ("ping", false): return (.map([]), nil)
    case ("server/discover", true): return (discovery(era), nil)
    case ("tools/list", _):
      try singlePage(request)
      return (era.kept([("tools", .list(Tools.all.map(\.listing)))], server), nil)
    case ("tools/call", _): return (era.complete(try call(request), server), nil)
    case ("resources/list", _):
      try singlePage(request)
      return (era.kept([("resources", .list([]))], server), nil)
    case ("resources/templates/list", _):
      try singlePage(request)
      return (era.kept([("resourceTemplates", .list([ModelResource.template]))], server), nil)
    case ("resources/read", _):
      return (era.kept(try ModelResource.read(request, lookup, era), server), nil)
    default:
      throw ProtocolProblem(
        .unknownMethod, "there is no method \"\(request.method.bounded)\" here",
        data: .text(request.method.bounded))
    }
  }

  private func handshake(_ request: Message.Request) throws(ProtocolProblem) -> (DataValue, Revision?) {
    guard let wanted = request.parameters["protocolVersion"]?.string else {
      throw ProtocolProblem(.invalidParameters, "initialize names a protocolVersion")
    }
    let asked = Revision(rawValue: wanted)
    let agreed = asked.flatMap { $0.isStateless ? nil : $0 } ?? .newestByHandshake
    return (
      .map([
        ("protocolVersion", .text(agreed.rawValue)), ("capabilities", Self.capabilities),
        ("serverInfo", server),
        ("instructions", .text(instructions)),
      ]), agreed
    )
  }

  private func discovery(_ era: Era) -> DataValue {
    era.kept(
      [
        ("supportedVersions", .texts(Revision.names)), ("capabilities", Self.capabilities),
        ("instructions", .text(instructions)),
      ], server)
  }

  private func call(_ request: Message.Request) throws(ProtocolProblem) -> [(String, DataValue)] {
    guard let name = request.parameters["name"]?.string else {
      throw ProtocolProblem(.invalidParameters, "tools/call names a tool")
    }
    guard let tool = Tools.all.first(where: { $0.name == name }) else {
      throw ProtocolProblem(
        .invalidParameters,
        "there is no tool \"\(name.bounded)\"; tools are \(Display.listed(Tools.all.map(\.name)))")
    }
    let given = request.parameters["arguments"] ?? .object(JSONObject())
    guard let arguments = given.object else {
      throw ProtocolProblem(.invalidParameters, "arguments is an object, not \(given.kind)")
    }
    return tool.answer(arguments, lookup)
  }

  /// Every list here is one page, so no cursor was ever given.
  private func singlePage(_ request: Message.Request) throws(ProtocolProblem) {
    guard request.parameters["cursor"] == nil else {
      throw ProtocolProblem(.invalidParameters, "this cursor was not given here; the list has one page")
    }
  }

  // MARK: Words about the server

  private static let capabilities = DataValue.map([("tools", .map([])), ("resources", .map([]))])

  private var server: DataValue {
    .map([("name", .text("llmref")), ("title", .text("LLM Reference")), ("version", .text(version))])
  }

  private var instructions: String {
    let age = lookup.date.map { "The catalogue is of \($0.text); prices" } ?? "Prices"
    return """
      LLM Reference: facts about large language models, their providers and prices, each with its source. \(age) hold as of \
      \(lookup.asOf.text). Any tool takes a model by canonical id (openai/gpt-5), short name or any provider's own id. \
      A value comes as a cell: its state says whether sources give it (known), say there is none (absent), do not say \
      (unknown), or it was computed (derived); its citations number the records in the answer's list. Say unknown where \
      the answer says unknown. Money and token counts are exact decimal texts; prices are US dollars per 1,000,000 tokens. \
      Answers are short at first and count what they leave out: ask with sections or with detail "full", or explain one fact.
      """
  }

  // MARK: Answers

  private func success(_ result: DataValue, id: MessageID, agreed: Revision?) -> Reply {
    Reply(Self.envelope(id, "result", result), status: 200, agreed: agreed)
  }

  private func failure(_ problem: ProtocolProblem, id: MessageID?, status: Int) -> Reply {
    Reply(Self.envelope(id, "error", problem.members), status: status)
  }

  private static func envelope(_ id: MessageID?, _ key: StaticString, _ value: DataValue) -> [UInt8] {
    var bytes = Array(#"{"jsonrpc":"2.0","id":"#.utf8)
    bytes += id?.bytes ?? Array("null".utf8)
    bytes += Array(",\"\(key)\":".utf8)
    bytes += JSONText.compact(value)
    bytes.append(UInt8(ascii: "}"))
    return bytes
  }
}

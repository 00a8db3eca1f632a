import Cataloguing
import Facts
import Importing
import Publishing
import Testing
import TextFormats

@testable import MCPServer

/// Two models, so that a call takes no time.
enum Samples {
  private static let facts = #"""
    { "reviewed": "2026-10-01", "models": [
      { "id": "acme/rocket-1", "name": "Rocket-1", "context_window": 131072, "license": "Apache-2.0",
        "capabilities": { "vision": false, "reasoning": true },
        "routes": [ { "provider": "Acme", "id": "rocket-1", "input_usd_per_mtok": "0.5", "output_usd_per_mtok": "1.5" } ] },
      { "id": "acme/sled-2", "name": "Sled <2>", "context_window": 8192,
        "routes": [ { "provider": "Acme", "id": "sled-2", "input_usd_per_mtok": "1", "output_usd_per_mtok": "2" } ] } ] }
    """#

  static func lookup() throws -> Lookup {
    let day = try CalendarDate(parsing: "2026-11-01")
    let source = SourceDescription(
      id: SourceID("facts:sample"), title: "Sample", version: "1", licence: "the reader's own", homepage: nil,
      observed: day, digest: String(repeating: "0", count: 64), lineage: SourceID("facts"),
      correction: "sample")
    let imported = try PlainFacts.read(
      Snapshot(source: source, bytes: Array(facts.utf8), file: "sample.json"))
    var builder = CatalogueBuilder(frame: CatalogueFrame(), asOf: day)
    builder.add(source: source, records: imported.records)
    return Lookup(try Catalogue(contents: CatalogueContents()).adding(builder.build()), asOf: day)
  }

  static func dispatcher() throws -> Dispatcher { Dispatcher(try lookup(), version: "9.9") }

  /// A request that stands for itself.
  static func stateless(_ method: String, _ parameters: String = "", revision: String = "2026-07-28")
    -> String
  {
    let meta =
      #""_meta":{"io.modelcontextprotocol/protocolVersion":"\#(revision)","io.modelcontextprotocol/clientCapabilities":{}}"#
    return
      #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":{\#(meta)\#(parameters.isEmpty ? "" : "," + parameters)}}"#
  }

  /// The headers that a client sends with such a request.
  static func headers(_ method: String, name: String? = nil, revision: String = "2026-07-28")
    -> RoutingHeaders
  {
    var headers = RoutingHeaders()
    headers.versions = [revision]
    headers.methods = [method]
    headers.names = [name].compactMap(\.self)
    return headers
  }

  /// A call of a tool in a handshake's era.
  static func call(_ tool: String, _ arguments: String) -> String {
    #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\#(tool)","arguments":\#(arguments)}}"#
  }
}

extension Dispatcher {
  func says(_ text: String, over carrier: Carrier = .stream(agreed: nil)) throws -> JSONValue {
    let reply = answer(Array(text.utf8), over: carrier)
    return try JSONReader.read(try #require(reply.body))
  }
}

extension JSONValue {
  /// The member at the end of a path of keys.
  subscript(path keys: String...) -> JSONValue? {
    var value: JSONValue? = self
    for key in keys { value = value?[key] }
    return value
  }

  var errorCode: String? { self[path: "error", "code"]?.numberText }
  /// The words of a tool's answer.
  var words: String? { self[path: "result", "content"]?.array?.first?["text"]?.string }
}

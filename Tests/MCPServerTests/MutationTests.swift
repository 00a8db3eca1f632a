import Statistics
import Testing
import TextFormats

@testable import MCPServer

@Suite struct Mutations {
  private static let messages = [
    #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{}}}"#,
    #"{"jsonrpc":"2.0","id":"x","method":"tools/list"}"#,
    #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
    #"[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","id":2,"method":"ping"}]"#,
    Samples.stateless("server/discover"),
    Samples.stateless("resources/read", #""uri":"llmref://model/acme/rocket-1""#),
    Samples.stateless(
      "tools/call", #""name":"monthly_cost","arguments":{"models":["rocket-1","sled-2"],"cached":"3%"}"#),
    Samples.call("explain_fact", #"{"model":"rocket-1","field":"context_window"}"#),
    Samples.call("resolve_id", #"{"id":"rocket-1","provider":"acme"}"#),
    Samples.call("search_models", #"{"query":"rocket","limit":3}"#),
  ].map { Array($0.utf8) }

  private static let splinters = [
    "\"", "{", "}", "[", "]", ":", ",", "null", "\\u0000", "1e999", "-", "\u{202E}", "_meta", "id",
  ]

  private func mutated(_ message: [UInt8], _ chance: inout RandomNumbers) -> [UInt8] {
    var bytes = message
    for _ in 0..<Int.random(in: 1...4, using: &chance) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &chance)
      switch Int.random(in: 0..<6, using: &chance) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &chance)
      case 1: bytes.remove(at: place)
      case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...20, using: &chance)))
      case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 30)], at: place)
      case 4: bytes.removeLast(bytes.count - place)
      default:
        bytes.insert(contentsOf: Self.splinters.randomElement(using: &chance)?.utf8 ?? "".utf8, at: place)
      }
    }
    return bytes
  }

  /// Whatever is sent, the answer is nothing or JSON-RPC: an id, and a result or an error but not both.
  @Test func answersStayJSONWhateverIsSent() throws {
    let dispatcher = try Samples.dispatcher()
    var chance = RandomNumbers(seed: 1)
    var headers = Samples.headers("tools/call", name: "monthly_cost")
    var answered = 0
    for round in 0..<10_000 {
      let message = mutated(Self.messages[round % Self.messages.count], &chance)
      headers.names = round % 2 == 0 ? ["monthly_cost"] : []
      let carrier: Dispatcher.Carrier =
        round % 3 == 0 ? .http(headers) : .stream(agreed: round % 3 == 1 ? .march2025 : nil)
      let reply = dispatcher.answer(message, over: carrier)
      guard let body = reply.body else { continue }
      #expect(!body.contains(0x0A))
      let answer = try JSONReader.read(body)
      for part in answer.array ?? [answer] {
        let isAnswer =
          part["jsonrpc"] == .string("2.0") && part["id"] != nil
          && (part["result"] == nil) != (part["error"] == nil)
        #expect(isAnswer, "\(String(decoding: message, as: UTF8.self))")
        if part["result"] != nil { answered += 1 }
      }
    }
    // Some survive and reach the tools.
    #expect(answered > 100)
  }
}

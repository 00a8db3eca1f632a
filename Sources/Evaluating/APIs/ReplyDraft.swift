import TextFormats

/// A reply while it is being read, whatever the API kind: what its pieces add up to.
package struct ReplyDraft: Sendable {
  /// A tool call whose arguments come in pieces.
  package struct ToolCall: Hashable, Sendable {
    /// The server's id of the call; nil when it gives none.
    package var id: String?
    package var name: String
    /// As the model wrote them; not always JSON.
    package var arguments: String
  }

  /// What a piece of a stream carries. A role alone carries nothing.
  package struct Content: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let reasoning = Content(rawValue: 1)
    /// Text, refusal or arguments of a tool.
    package static let answer = Content(rawValue: 2)
  }

  package var text = ""
  package var reasoning = ""
  package var refusal = ""
  /// In the order in which they began.
  package var toolCalls: [ToolCall] { callOrder.compactMap { calls[$0] } }
  /// In the server's words; nil until it says why the reply ended.
  package var finishReason: String?
  /// The event that ends the stream has come: `[DONE]`, `response.completed`, `message_stop`.
  package var isEnded = false
  package var id: String?
  package var model: String?
  package var provider: String?
  package var fingerprint: String?
  /// As the server wrote it; of several, members of a later one take the place of earlier ones.
  package var usage: JSONValue?
  /// llama.cpp's own clock, where the server gives one; defined by https://github.com/ggml-org/llama.cpp,
  /// tools/server/README.md ("timings").
  package var timings: JSONValue?
  /// What the server says went wrong inside a reply that began well.
  package var problem: String?

  private var calls: [String: ToolCall] = [:]
  private var callOrder: [String] = []
  /// Most tool calls of one reply that are kept.
  package static let mostCalls = 1024

  package init() {}

  /// Opens a call, or completes what is known of it, by the key that its pieces share.
  mutating func call(_ key: String, id: String? = nil, name: String? = nil, adding piece: String = "") {
    if calls[key] == nil {
      guard callOrder.count < Self.mostCalls else { return }
      callOrder.append(key)
      calls[key] = ToolCall(id: id, name: name ?? "", arguments: piece)
      return
    }
    if let id { calls[key]?.id = id }
    if let name, !name.isEmpty, calls[key]?.name.isEmpty == true { calls[key]?.name = name }
    if !piece.isEmpty { calls[key]?.arguments += piece }
  }

  /// Sets the arguments of a call as a whole, where its pieces have not given them yet.
  mutating func finishCall(_ key: String, arguments: String) {
    if calls[key]?.arguments.isEmpty == true { calls[key]?.arguments = arguments }
  }

  /// Puts members of usage over those that came before: counts are cumulative, so they are set, never added.
  mutating func set(usage later: JSONValue?) {
    guard let later, let members = later.object?.members, !members.isEmpty else { return }
    guard let earlier = usage?.object else {
      usage = later
      return
    }
    var merged = JSONObject()
    for (key, value) in earlier.members { _ = merged.insert(key, later[key] ?? value) }
    for (key, value) in members { _ = merged.insert(key, value) }
    usage = .object(merged)
  }

  /// A served name: text of one to 200 bytes, else nil.
  static func name(_ value: JSONValue?) -> String? {
    guard let text = value?.string, !text.isEmpty, text.utf8.count <= 200 else { return nil }
    return text
  }
}

/// How replies of one API kind are read.
protocol ReplyCodec {
  /// The fixed end of a stream that is no JSON; nil where there is none.
  static var endMark: String? { get }

  /// Takes one event of a stream.
  ///
  /// - Returns: what it carries; nil for a document that is no event of the API kind.
  static func read(event: JSONValue, into draft: inout ReplyDraft) -> ReplyDraft.Content?

  /// Takes a whole reply.
  ///
  /// - Returns: false for a document that is no reply of the API kind.
  static func read(whole: JSONValue, into draft: inout ReplyDraft) -> Bool

  /// The tokens of the reply in the one convention; nil for counts that cannot be.
  static func tokens(_ usage: JSONValue) -> TokenUsage?
}

extension APIKind {
  var replies: any ReplyCodec.Type {
    switch self {
    case .chat: ChatReplies.self
    case .responses: ResponsesReplies.self
    case .messages: MessagesReplies.self
    }
  }
}

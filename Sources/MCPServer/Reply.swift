/// What the server says to one message, or to one list of messages.
public struct Reply: Sendable {
  /// JSON without a line end; nil where the message asks for no answer.
  public let body: [UInt8]?
  /// The status over HTTP; nothing on a stream.
  public let status: Int
  /// The revision that a handshake agreed on; nil for every other message.
  public let agreed: Revision?

  init(_ body: [UInt8]?, status: Int, agreed: Revision? = nil) {
    self.body = body
    self.status = status
    self.agreed = agreed
  }

  /// 202: taken, no answer follows.
  static let taken = Reply(nil, status: 202)
}

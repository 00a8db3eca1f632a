import NIOCore
import NIOHTTP1
import Synchronization

/// Answers pages on the connection's own event loop, before anything else sees the request. Whatever is no plain GET or
/// HEAD of a page goes on to the next handler, and so does everything behind it until that has answered, because
/// answers keep the order of their requests.
final class PageHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  private let answers: Answers
  private let dates: DateHeader
  /// Requests passed on and not answered yet.
  private var passedOn = 0
  private var isPassingOn = false
  /// The request under way that this handler answers.
  private var own: HTTPRequestHead?
  /// Writes below the encoder, because the answer is whole bytes already.
  private var wire: ChannelHandlerContext?
  private var isDirty = false

  init(answers: Answers, dates: DateHeader) {
    self.answers = answers
    self.dates = dates
  }

  func handlerAdded(context: ChannelHandlerContext) {
    wire = try? context.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self)
  }

  func handlerRemoved(context: ChannelHandlerContext) { wire = nil }

  func channelActive(context: ChannelHandlerContext) {
    answers.counters.count(.connections)
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      isPassingOn = passedOn > 0 || wire == nil || !Self.isPage(head)
      if isPassingOn {
        passedOn += 1
        context.fireChannelRead(data)
      } else {
        own = head
      }
    case .body:
      // A page's request has no body: what comes is dropped.
      if isPassingOn { context.fireChannelRead(data) }
    case .end:
      if isPassingOn {
        context.fireChannelRead(data)
      } else if let head = own {
        own = nil
        answer(head, context)
      }
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    if isDirty {
      isDirty = false
      wire?.flush()
    }
    context.fireChannelReadComplete()
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .end = unwrapOutboundIn(data) { passedOn -= 1 }
    context.write(data, promise: promise)
  }

  /// Plain reads without a body; the server's own paths are answered behind.
  private static func isPage(_ head: HTTPRequestHead) -> Bool {
    guard head.method == .GET || head.method == .HEAD else { return false }
    if head.headers.contains(name: "content-length") || head.headers.contains(name: "transfer-encoding")
      || head.headers.contains(name: "upgrade")
    {
      return false
    }
    switch head.uri {
    case "/healthz", "/metrics", "/mcp": return false
    default: return true
    }
  }

  private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    guard let wire else { return }
    let answer = answers.answer(head.uri, accepting: head.headers.first(name: "accept-encoding"))
    let isUnchanged = answer.matches(head.headers.first(name: "if-none-match"))
    let hasBody = head.method == .GET && !isUnchanged
    let top = isUnchanged ? answer.unchanged : answer.head
    var buffer = context.channel.allocator.buffer(capacity: top.readableBytes + 64)
    buffer.writeImmutableBuffer(top)
    buffer.writeBytes(dates.line())
    let closes = !head.isKeepAlive
    buffer.writeStaticString(closes ? "connection: close\r\n\r\n" : "\r\n")
    let size = buffer.readableBytes + (hasBody ? answer.body.readableBytes : 0)
    answers.counters.count(status: isUnchanged ? 304 : answer.status, bytes: size)
    wire.write(NIOAny(buffer), promise: nil)
    if hasBody { wire.write(NIOAny(answer.body), promise: nil) }
    isDirty = true
    if closes {
      isDirty = false
      let channel = context.channel
      wire.writeAndFlush(NIOAny(channel.allocator.buffer(capacity: 0))).whenComplete { _ in
        channel.close(mode: .all, promise: nil)
      }
    }
  }
}

/// Puts the page handler where requests are still HTTP/1 parts.
final class PageHandlerInstaller: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = Any

  private let handler: PageHandler

  init(_ handler: PageHandler) { self.handler = handler }

  func handlerAdded(context: ChannelHandlerContext) {
    let operations = context.pipeline.syncOperations
    guard let encoder = try? operations.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self) else {
      return
    }
    try? operations.addHandler(handler, position: .after(encoder))
  }
}

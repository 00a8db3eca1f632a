import NIOCore
import NIOHTTP1
import Publishing

/// The answer to one request whose turn has come: kept, made here, or made elsewhere; and its bytes on the wire.
extension PageHandler {
  func answer(
    _ head: HTTPRequestHead, _ target: RequestTarget, _ since: NIODeadline, _ context: ChannelHandlerContext
  ) {
    turn -= 1
    // A request that would change the protocol leaves bytes behind it that nobody reads.
    let isLast =
      !head.isKeepAlive || head.method == .CONNECT || head.headers.contains(name: "upgrade")
      || endsWhenDone && queue.isEmpty
    if isLast {
      isDeaf = true
      queue.removeAll()
      endsWhenDone = true
    }
    switch target {
    case .page(let address):
      let encoding = Encoding.accepted(by: head.headers.first(name: "accept-encoding"))
      if let kept = answers.kept(address, encoding) {
        write(kept, head, since: since, isLast: isLast, context)
      } else if Site.isQuick(address) {
        write(answers.make(address, encoding), head, since: since, isLast: isLast, context)
      } else {
        make(address, encoding, for: head, since: since, isLast: isLast, context)
      }
    case .own(let place): write(own.answer(place), head, since: since, isLast: isLast, context)
    case .message: break
    }
  }

  /// Makes a page that takes long on another thread. Nothing behind it is answered before.
  private func make(
    _ address: String, _ encoding: Encoding, for head: HTTPRequestHead, since: NIODeadline, isLast: Bool,
    _ context: ChannelHandlerContext
  ) {
    isMaking = true
    let eventLoop = context.eventLoop
    let bound = NIOLoopBound((self, context), eventLoop: eventLoop)
    let answers = answers
    Task.detached {
      let answer = answers.make(address, encoding)
      eventLoop.execute {
        let (handler, context) = bound.value
        handler.isMaking = false
        handler.write(answer, head, since: since, isLast: isLast, context)
        handler.proceed(context)
      }
    }
  }

  func write(
    _ answer: ReadyAnswer, _ head: HTTPRequestHead?, since: NIODeadline, isLast: Bool,
    _ context: ChannelHandlerContext
  ) {
    guard let wire else { return }
    let isUnchanged = answer.matches(head?.headers.first(name: "if-none-match"))
    let hasBody = head?.method != .HEAD && !isUnchanged && answer.body.readableBytes > 0
    let connection: StaticString =
      isLast
      ? "connection: close\r\n\r\n" : head?.version.minor == 0 ? "connection: keep-alive\r\n\r\n" : "\r\n"
    let buffer = answer.top(
      isUnchanged: isUnchanged, date: dates.line(), connection: connection, in: context.channel.allocator)
    let status = isUnchanged ? 304 : answer.status
    let size = buffer.readableBytes + (hasBody ? answer.body.readableBytes : 0)
    answers.counters.count(status: status, bytes: size)
    wire.write(NIOAny(buffer), promise: nil)
    if hasBody { wire.write(NIOAny(answer.body), promise: nil) }
    isDirty = true
    options.log?.write(head, status: status, bytes: size, from: since)
  }
}

import NIOCore
import NIOHTTP1
import Publishing

/// Answers pages on the connection's own event loop, before anything else sees the request; pages that take long are made
/// elsewhere, so that they hold up no other connection, and messages for the application go on to the next handler.
/// Answers keep the order of their requests. A client that asks faster than it reads waits: while answers wait for room,
/// nothing is read from it.
final class PageHandler: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  /// What waits for its turn.
  enum Waiting {
    case request(HTTPRequestHead, RequestTarget, since: NIODeadline)
    /// A part of a message for the application.
    case part(HTTPServerRequestPart)
    /// What could not be read; the last of a connection.
    case refusal(Refusal)
  }

  let answers: Answers
  let own: ServerAnswers
  let dates: DateHeader
  let options: Options
  private var watch: ConnectionWatch
  var queue = CircularBuffer<Waiting>()
  /// The request under way, and how many bytes its body has so far.
  private var current: (head: HTTPRequestHead, target: RequestTarget, body: Int)?
  /// A message that the application has not answered yet.
  private var message: (head: HTTPRequestHead, since: NIODeadline, status: Int, bytes: Int)?
  /// Whether a page is being made elsewhere.
  var isMaking = false
  /// How many requests may still be answered before other connections have their turn.
  var turn = mostInTurn
  /// Writes below the encoder, because the answer is whole bytes already.
  var wire: ChannelHandlerContext?
  private var timer: RepeatedTask?
  var isDirty = false
  private var isReading = false
  private var isProceeding = false
  private var isReadHeld = false
  /// Nothing more is taken from the client; how many bytes it has sent since.
  var isDeaf = false
  private var unheard = 0
  /// The connection ends when everything that waits is answered.
  var endsWhenDone = false
  private var isEnding = false

  private static let mostInTurn = 16

  struct Options: Sendable {
    let limits: WebServer.Limits
    let hasMessages: Bool
    let log: RequestLog?
  }

  init(answers: Answers, own: ServerAnswers, dates: DateHeader, options: Options) {
    self.answers = answers
    self.own = own
    self.dates = dates
    self.options = options
    watch = ConnectionWatch(options.limits, now: .now())
  }

  // MARK: The life of the connection

  func handlerAdded(context: ChannelHandlerContext) {
    wire = try? context.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self)
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    timer = context.eventLoop.scheduleRepeatedTask(initialDelay: watch.pause, delay: watch.pause) { _ in
      let (handler, context) = bound.value
      handler.tick(context)
    }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    wire = nil
    timer?.cancel()
    timer = nil
  }

  func channelActive(context: ChannelHandlerContext) {
    answers.counters.count(.connections)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.cancel()
    timer = nil
    isDeaf = true
    queue.removeAll()
    context.fireChannelInactive()
  }

  private func tick(_ context: ChannelHandlerContext) {
    let waiting = (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
    let isBusy = !queue.isEmpty || isMaking || message != nil && current == nil
    switch watch.verdict(at: .now(), waiting: waiting, isBusy: isBusy) {
    case .fine: break
    case .late: refuse(.late, context)
    case .over: context.close(promise: nil)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
    watch.ends(at: .now())
    end(context)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if isDeaf {
      if case ByteToMessageDecoderError.dataReceivedInErrorState(_, let bytes) = error {
        ignore(bytes.readableBytes, context)
      }
      return
    }
    switch error {
    case HTTPParserError.headerOverflow: refuse(.headers, context)
    case HTTPParserError.invalidVersion: refuse(.version, context)
    case is HTTPParserError, is NIOHTTPDecoderError: refuse(.malformed, context)
    default: context.fireErrorCaught(error)
    }
  }

  // MARK: Requests

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let part = unwrapInboundIn(data)
    if isDeaf {
      if case .body(let bytes) = part { ignore(bytes.readableBytes, context) }
      return
    }
    switch part {
    case .head(let head):
      let target = RequestTarget(
        head, hasMessages: options.hasMessages, longestBody: options.limits.bodyBytes)
      if case .own(.refused(let refusal)) = target, refusal.endsConnection { return refuse(refusal, context) }
      watch.reads(at: .now())
      current = (head, target, 0)
      if case .message = target { queue.append(.part(part)) }
    case .body(let bytes):
      current?.body += bytes.readableBytes
      guard let current, current.body <= options.limits.bodyBytes else { return refuse(.body, context) }
      // The body of a page's request has no meaning: it is dropped.
      if case .message = current.target { queue.append(.part(part)) }
    case .end:
      guard let (head, target, _) = current else { return }
      current = nil
      let now = NIODeadline.now()
      watch.hasRead(at: now)
      if case .message = target {
        queue.append(.part(part))
      } else {
        queue.append(.request(head, target, since: now))
      }
    }
    isReading = true
    proceed(context)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    if !isReading, !isDeaf { watch.reads(at: .now()) }
    isReading = false
    turn = Self.mostInTurn
    if queue.isEmpty { flush() } else { proceed(context) }
    context.fireChannelReadComplete()
  }

  /// A client that goes on after it was refused may do so for a moment, and for as much as one body.
  private func ignore(_ bytes: Int, _ context: ChannelHandlerContext) {
    unheard += bytes
    if unheard > options.limits.bodyBytes { context.close(promise: nil) }
  }

  /// Takes no more from the client and tells it why, behind what waits.
  private func refuse(_ refusal: Refusal, _ context: ChannelHandlerContext) {
    isDeaf = true
    if case .message? = current?.target {
      // The application may have half of the message and would wait for the rest.
      flush()
      return context.close(promise: nil)
    }
    current = nil
    queue.append(.refusal(refusal))
    proceed(context)
  }

  // MARK: Turns

  /// Answers what waits, in order, while there is room.
  func proceed(_ context: ChannelHandlerContext) {
    guard !isProceeding else { return }
    isProceeding = true
    var hasPassedOn = false
    while let next = queue.first, isReady(next, context) {
      queue.removeFirst()
      switch next {
      case .request(let head, let target, let since): answer(head, target, since, context)
      case .part(let part):
        hasPassedOn = true
        if case .head(let head) = part { message = (head, .now(), 0, 0) }
        context.fireChannelRead(wrapInboundOut(part))
      case .refusal(let refusal):
        write(own.answer(.refused(refusal)), nil, since: .now(), isLast: true, context)
        endsWhenDone = true
      }
    }
    isProceeding = false
    if !isReading { flush() }
    if hasPassedOn { context.fireChannelReadComplete() }
    if queue.isEmpty {
      if endsWhenDone, isIdle { finish(context) }
    } else if turn == 0 {
      // Other connections of the event loop come first.
      turn = Self.mostInTurn
      let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
      context.eventLoop.execute { bound.value.0.proceed(bound.value.1) }
    }
    readAgain(context)
  }

  private func isReady(_ next: Waiting, _ context: ChannelHandlerContext) -> Bool {
    if case .part(let part) = next {
      if case .head = part { return message == nil && !isMaking }
      return true
    }
    guard message == nil, !isMaking, turn > 0 else { return false }
    if context.channel.isWritable { return true }
    flush()
    return context.channel.isWritable
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { proceed(context) }
    context.fireChannelWritabilityChanged()
  }

  /// The client is asked for more only while nothing waits.
  func read(context: ChannelHandlerContext) {
    if mayRead(context) { context.read() } else { isReadHeld = true }
  }

  private func readAgain(_ context: ChannelHandlerContext) {
    guard isReadHeld, mayRead(context) else { return }
    isReadHeld = false
    context.read()
  }

  private func mayRead(_ context: ChannelHandlerContext) -> Bool {
    isDeaf || queue.isEmpty && context.channel.isWritable
  }

  /// The application's answer to a message: it gets the headers that every answer has.
  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(var head):
      for (name, value) in ReadyAnswer.security where !head.headers.contains(name: name) {
        head.headers.add(name: name, value: value)
      }
      message?.status = Int(head.status.code)
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .body(let body):
      guard message?.head.method != .HEAD else {
        promise?.succeed(())
        return
      }
      message?.bytes += body.readableBytes
      context.write(data, promise: promise)
    case .end:
      context.write(data, promise: promise)
      guard let (head, since, status, bytes) = message else { return }
      message = nil
      isDirty = true
      answers.counters.count(status: status, bytes: bytes)
      options.log?.write(head, status: status, bytes: bytes, from: since)
      if !head.isKeepAlive { endsWhenDone = true }
      proceed(context)
    }
  }

  private func flush() {
    guard isDirty else { return }
    isDirty = false
    wire?.flush()
  }

  // MARK: The end

  /// Whoever closes the connection waits for the answers under way.
  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    guard mode != .input else { return context.close(mode: mode, promise: promise) }
    if let promise { context.channel.closeFuture.cascade(to: promise) }
    end(context)
  }

  private func end(_ context: ChannelHandlerContext) {
    endsWhenDone = true
    if queue.isEmpty, isIdle { finish(context) }
  }

  /// Whether nothing is read, made or waited for.
  private var isIdle: Bool { message == nil && current == nil && !isMaking }

  /// Ends the connection once everything written is out. The client is told first and may go on for a moment, unread,
  /// so that no reset destroys its last answer: https://www.rfc-editor.org/rfc/rfc9112#section-9.6
  private func finish(_ context: ChannelHandlerContext) {
    guard !isEnding, let wire else { return }
    isEnding = true
    isDeaf = true
    isDirty = false
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    wire.writeAndFlush(NIOAny(context.channel.allocator.buffer(capacity: 0))).whenComplete { _ in
      let context = bound.value
      context.close(mode: .output, promise: nil)
      context.eventLoop.scheduleTask(in: .seconds(2)) { bound.value.close(promise: nil) }
    }
    readAgain(context)
  }
}

import NIOCore
import NIOHTTP1

/// Puts the page handler where requests are still HTTP/1 parts.
final class PageHandlerInstaller: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = Any

  private let handler: PageHandler

  init(_ handler: PageHandler) { self.handler = handler }

  func handlerAdded(context: ChannelHandlerContext) {
    let operations = context.pipeline.syncOperations
    guard let decoder = try? operations.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self) else {
      return
    }
    try? operations.addHandler(handler, position: .after(decoder))
  }
}

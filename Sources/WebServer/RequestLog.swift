import Logging
import NIOCore
import NIOHTTP1

/// A line for each request, where the server is told to write them.
struct RequestLog: Sendable {
  private let logger: Logger

  init(_ logger: Logger) { self.logger = logger }

  /// - Parameters:
  ///   - head: nil when the request could not be read.
  ///   - bytes: of the answer, with its head.
  ///   - start: when the request had come whole.
  func write(_ head: HTTPRequestHead?, status: Int, bytes: Int, from start: NIODeadline) {
    let microseconds = (NIODeadline.now() - start).nanoseconds / 1000
    var metadata: Logger.Metadata = [
      "status": "\(status)", "bytes": "\(bytes)", "microseconds": "\(microseconds)",
    ]
    if let head {
      metadata["method"] = "\(head.method.rawValue)"
      metadata["target"] = "\(head.uri.prefix(1000))"
    }
    logger.notice("request", metadata: metadata)
  }
}

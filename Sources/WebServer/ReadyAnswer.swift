import NIOCore
import Publishing

/// An answer as it goes over the wire, but for its date: status line and headers, then the body.
struct ReadyAnswer: Sendable {
  let status: Int
  /// Status line and headers, each line ended; without Date, Connection and the empty line.
  let head: ByteBuffer
  /// The same for an answer of status 304.
  let unchanged: ByteBuffer
  let body: ByteBuffer
  let etag: String

  var size: Int { head.readableBytes + unchanged.readableBytes + body.readableBytes + 256 }

  init(_ answer: SiteAnswer, packed: [UInt8]?, encoding: Encoding, version: String) {
    let bytes = packed ?? answer.body
    let status = answer.status
    self.status = status
    etag = "\"\(version)\(packed == nil ? "" : "-" + encoding.name)\""
    var lines = "content-type: \(answer.kind.rawValue)\r\ncontent-length: \(bytes.count)\r\n"
    if packed != nil { lines += "content-encoding: \(encoding.name)\r\n" }
    if let location = answer.location { lines += "location: \(location)\r\n" }
    var shared = "vary: accept-encoding\r\n"
    if answer.status == 200 {
      shared += "etag: \(etag)\r\n"
      shared +=
        answer.isImmutable
        ? "cache-control: public, max-age=31536000, immutable\r\n"
        : "cache-control: public, max-age=300, must-revalidate\r\n"
    } else {
      shared += "cache-control: no-store\r\n"
    }
    shared += Self.shared
    head = ByteBuffer(string: Self.top(status) + lines + shared)
    unchanged = ByteBuffer(string: Self.top(304) + shared)
    body = ByteBuffer(bytes: bytes)
  }

  /// What the server says by itself; never kept by a client.
  /// - Parameters:
  ///   - kind: nil for an answer without content.
  ///   - lines: further headers, without their ends.
  init(status: Int, _ kind: SiteAnswer.Kind?, _ bytes: [UInt8], lines: [String] = []) {
    self.status = status
    etag = ""
    var text = Self.top(status)
    if let kind { text += "content-type: \(kind.rawValue)\r\ncontent-length: \(bytes.count)\r\n" }
    text += "vary: accept-encoding\r\ncache-control: no-store\r\n"
    for line in lines { text += line + "\r\n" }
    head = ByteBuffer(string: text + Self.shared)
    unchanged = head
    body = ByteBuffer(bytes: bytes)
  }

  private static func top(_ status: Int) -> String { "HTTP/1.1 \(status) \(reason(status))\r\n" }

  /// Nothing runs but the site's own script, nothing is fetched from elsewhere, no other site frames it.
  static let security = [
    (
      "content-security-policy",
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    ("x-content-type-options", "nosniff"), ("referrer-policy", "strict-origin-when-cross-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ("cross-origin-opener-policy", "same-origin"),
  ]

  /// The same as lines; reads may come from anywhere.
  private static let shared =
    security.map { "\($0.0): \($0.1)\r\n" }.joined() + "access-control-allow-origin: *\r\n"

  static func reason(_ status: Int) -> String {
    switch status {
    case 200: "OK"
    case 204: "No Content"
    case 303: "See Other"
    case 304: "Not Modified"
    case 308: "Permanent Redirect"
    case 400: "Bad Request"
    case 404: "Not Found"
    case 405: "Method Not Allowed"
    case 408: "Request Timeout"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 431: "Request Header Fields Too Large"
    case 505: "HTTP Version Not Supported"
    default: "Internal Server Error"
    }
  }

  /// Everything before the body.
  /// - Parameter connection: what is said of the connection, with the empty line that ends the headers.
  func top(
    isUnchanged: Bool, date: [UInt8], connection: StaticString, in allocator: ByteBufferAllocator
  ) -> ByteBuffer {
    let lines = isUnchanged ? unchanged : head
    var buffer = allocator.buffer(capacity: lines.readableBytes + 128)
    buffer.writeImmutableBuffer(lines)
    buffer.writeBytes(date)
    buffer.writeStaticString(connection)
    return buffer
  }

  /// Whether an If-None-Match header names this answer.
  func matches(_ header: String?) -> Bool {
    guard status == 200, let header else { return false }
    if header == "*" { return true }
    return header.split(separator: ",").prefix(32).contains { part in
      var tag = part.drop { $0 == " " }
      if tag.hasPrefix("W/") { tag = tag.dropFirst(2) }
      while tag.last == " " { tag.removeLast() }
      return tag == etag
    }
  }
}

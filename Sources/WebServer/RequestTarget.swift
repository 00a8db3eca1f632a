import NIOHTTP1
import Publishing

/// What a request asks for: https://www.rfc-editor.org/rfc/rfc9112#section-3.2
enum RequestTarget {
  /// What the server answers by itself.
  enum Place {
    case health
    case metrics
    /// Which methods there are; asked before reads from another origin.
    case methods
    case refused(Refusal)
  }

  /// The address of a page, in the form that starts with a slash.
  case page(String)
  case own(Place)
  /// A message for the application behind.
  case message

  /// - Parameters:
  ///   - hasMessages: whether an application behind takes messages.
  ///   - longestBody: in bytes.
  init(_ head: HTTPRequestHead, hasMessages: Bool, longestBody: Int) {
    do {
      self = try Self.read(head, hasMessages: hasMessages, longestBody: longestBody)
    } catch {
      self = .own(.refused(error))
    }
  }

  private static func read(
    _ head: HTTPRequestHead, hasMessages: Bool, longestBody: Int
  ) throws(Refusal) -> RequestTarget {
    guard head.version.major == 1 else { throw .version }
    var hosts = 0
    for (name, value) in head.headers {
      switch name.utf8.count {
      case 4 where isName(name, "host"):
        hosts += 1
        guard isHost(value) else { throw .malformed }
      case 14 where isName(name, "content-length"):
        guard let length = Int(value), length <= longestBody else { throw .body }
      default: break
      }
    }
    guard hosts == 1 || hosts == 0 && head.version.minor == 0 else { throw .malformed }
    if head.method == .CONNECT { throw .method }
    if head.uri == "*" {
      guard head.method == .OPTIONS else { throw .malformed }
      return .own(.methods)
    }
    let target = try originForm(head.uri)
    guard target.utf8.count <= SiteAddress.longest else { throw .address }
    if hasMessages, target == MessageEndpoint.path || target.hasPrefix(MessageEndpoint.path + "?") {
      return .message
    }
    if head.method == .OPTIONS { return .own(.methods) }
    guard head.method == .GET || head.method == .HEAD else { throw .method }
    switch target {
    case "/healthz": return .own(.health)
    case "/metrics": return .own(.metrics)
    default: return .page(target)
    }
  }

  /// The target behind scheme and host, which a proxy may have left in place.
  private static func originForm(_ target: String) throws(Refusal) -> String {
    if target.utf8.first == UInt8(ascii: "/") { return target }
    for scheme in ["http://", "https://"] as [StaticString]
    where isName(String(Substring(target.utf8.prefix(scheme.utf8CodeUnitCount))), scheme) {
      let rest = target.utf8.dropFirst(scheme.utf8CodeUnitCount)
      let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
      guard end > rest.startIndex, isHost(String(Substring(rest[..<end]))) else { throw .malformed }
      let path = String(Substring(rest[end...]))
      return path.utf8.first == UInt8(ascii: "/") ? path : "/" + path
    }
    throw .malformed
  }

  /// Whether two ASCII names are the same, case apart.
  private static func isName(_ text: String, _ lowered: StaticString) -> Bool {
    lowered.withUTF8Buffer { name in
      text.utf8.count == name.count
        && zip(text.utf8, name).allSatisfy { $0 == $1 || $0 | 0x20 == $1 && $1 >= UInt8(ascii: "a") }
    }
  }

  /// Whether a text can be host and port: no spaces, controls or delimiters of an address.
  private static func isHost(_ text: String) -> Bool {
    text.utf8.count <= 300
      && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"/\\?#@<>\"{}|^`".utf8.contains($0) }
  }
}

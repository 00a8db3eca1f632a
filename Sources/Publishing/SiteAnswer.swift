/// What the site says to one address. Headers that do not depend on the content are the server's business.
public struct SiteAnswer: Sendable {
  public enum Kind: String, Sendable {
    case html = "text/html; charset=utf-8"
    case json = "application/json"
    case problem = "application/problem+json"
    case markdown = "text/markdown; charset=utf-8"
    case style = "text/css; charset=utf-8"
    case script = "text/javascript; charset=utf-8"
    case svg = "image/svg+xml"
    case png = "image/png"
    case atom = "application/atom+xml; charset=utf-8"
    case xml = "application/xml; charset=utf-8"
    case text = "text/plain; charset=utf-8"
  }

  public let status: Int
  public let kind: Kind
  public let body: [UInt8]
  /// Where a redirect leads.
  public let location: String?
  /// Whether the answer at this address never changes: its address holds its digest.
  public let isImmutable: Bool

  public init(
    status: Int = 200, _ kind: Kind, _ body: [UInt8], location: String? = nil, isImmutable: Bool = false
  ) {
    self.status = status
    self.kind = kind
    self.body = body
    self.location = location
    self.isImmutable = isImmutable
  }

  static func redirect(_ location: String, status: Int = 308) -> SiteAnswer {
    SiteAnswer(status: status, .text, Array("See \(location)\n".utf8), location: location)
  }
}

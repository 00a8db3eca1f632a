import Documents
import Publishing
import Rendering
import TextFormats

/// Why the server answers a request without looking for a page.
enum Refusal: Int, CaseIterable, Error {
  case malformed = 400
  case method = 405
  case late = 408
  case body = 413
  case address = 414
  case headers = 431
  case version = 505

  fileprivate var detail: String {
    switch self {
    case .malformed: "The request is no HTTP/1.1 of RFC 9112."
    case .method: "Pages are only read: GET, HEAD, OPTIONS."
    case .late: "The request did not come whole in time."
    case .body: "The body is longer than any request needs."
    case .address: "An address has at most \(SiteAddress.longest) bytes."
    case .headers: "The headers are too many or too long."
    case .version: "The server speaks HTTP/1.0 and HTTP/1.1."
    }
  }

  /// Whether the rest of the connection cannot be trusted or is not wanted.
  var endsConnection: Bool { self != .method && self != .address }
}

/// What the server says by itself: health, counters, methods, refusals.
struct ServerAnswers: Sendable {
  private let counters: Counters
  private let health = ReadyAnswer(status: 200, .text, Array("ok\n".utf8))
  private let methods = ReadyAnswer(
    status: 204, nil, [],
    lines: [
      allowed, "access-control-allow-methods: GET, HEAD, OPTIONS",
      "access-control-allow-headers: accept, accept-encoding, if-none-match", "access-control-max-age: 86400",
    ])
  private let refusals: [Refusal: ReadyAnswer]

  private static let allowed = "allow: GET, HEAD, OPTIONS"

  init(counters: Counters) {
    self.counters = counters
    var refusals: [Refusal: ReadyAnswer] = [:]
    for refusal in Refusal.allCases {
      // https://www.rfc-editor.org/rfc/rfc9457
      let problem = DataValue.map([
        ("type", .text("about:blank")), ("title", .text(ReadyAnswer.reason(refusal.rawValue))),
        ("status", .integer(refusal.rawValue)), ("detail", .text(refusal.detail)),
      ])
      refusals[refusal] = ReadyAnswer(
        status: refusal.rawValue, .problem, JSONText.write(problem),
        lines: refusal == .method ? [Self.allowed] : [])
    }
    self.refusals = refusals
  }

  func answer(_ place: RequestTarget.Place) -> ReadyAnswer {
    switch place {
    case .health: health
    case .metrics: ReadyAnswer(status: 200, .text, Array(counters.text.utf8))
    case .methods: methods
    case .refused(let refusal): refusals[refusal] ?? health
    }
  }
}

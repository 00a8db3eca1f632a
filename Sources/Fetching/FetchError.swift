/// Why an address gave no bytes.
public enum FetchError: Error, Hashable, Sendable, CustomStringConvertible {
  case address(String)
  /// No answer, a broken connection, or an answer cut off; after every attempt.
  case connection(String, attempts: Int)
  case status(UInt, attempts: Int)
  case tooLarge(Int)
  case tooSlow(seconds: Int)
  case redirect(String)
  case tooManyRedirects
  /// A page where data was expected.
  case page

  public var description: String {
    switch self {
    case .address(let text): "\(text) is no http or https address"
    case .connection(let reason, let attempts): "the connection failed in \(attempts) attempts: \(reason)"
    case .status(let status, let attempts): "the server answered \(status) in \(attempts) attempts"
    case .tooLarge(let most): "the answer is larger than \(most) bytes"
    case .tooSlow(let seconds): "the answer did not end within \(seconds) seconds"
    case .redirect(let target): "a redirect to another scheme is not followed: \(target)"
    case .tooManyRedirects: "the server redirects more than 5 times"
    case .page: "the server answered an HTML page, not data"
    }
  }

  /// Whether another attempt may succeed.
  var isPassing: Bool {
    switch self {
    case .connection: true
    case .status(let status, _): status == 429 || status >= 500
    default: false
    }
  }
}

import Facts

/// An address of the site taken apart: decoded segments of the path, the form asked for, the query.
public struct SiteAddress: Sendable {
  /// The forms of a page; a path ends in the form's ending, HTML in none.
  public enum Form: Sendable {
    case html
    case json
    case markdown

    var ending: String {
      switch self {
      case .html: ""
      case .json: ".json"
      case .markdown: ".md"
      }
    }
  }

  /// Longest address that is read, in bytes.
  public static let longest = 4096
  private static let mostParts = 64

  /// Decoded, without empty ones.
  public let segments: [String]
  public let form: Form
  /// Decoded pairs in the order written; the first of a key counts.
  public let query: [(key: String, value: String)]
  /// The path as written, without query.
  public let path: String

  /// nil for what is no address of a site: not starting with a slash, broken percents, dots that climb, controls.
  public init?(_ target: String) {
    guard target.utf8.count <= Self.longest, target.utf8.first == UInt8(ascii: "/") else { return nil }
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    var path = String(parts[0].prefix { $0 != "#" })
    self.path = path
    var form = Form.html
    for other in [Form.json, .markdown] where path.hasSuffix(other.ending) {
      form = other
      path.removeLast(other.ending.count)
      break
    }
    if form != .html, path == "/index" { path = "/" }
    self.form = form
    var segments: [String] = []
    for raw in path.split(separator: "/", omittingEmptySubsequences: true) {
      guard let decoded = Self.decoded(raw, plusIsSpace: false), decoded != "..", decoded != ".",
        segments.count < Self.mostParts
      else { return nil }
      segments.append(decoded)
    }
    self.segments = segments
    var query: [(String, String)] = []
    if parts.count > 1 {
      for pair in parts[1].split(separator: "&", omittingEmptySubsequences: true) {
        let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let key = Self.decoded(sides[0], plusIsSpace: true),
          let value = Self.decoded(sides.count > 1 ? sides[1] : "", plusIsSpace: true),
          query.count < Self.mostParts
        else { return nil }
        query.append((key, value))
      }
    }
    self.query = query
  }

  /// The first value of a key; nil when it is absent or empty.
  public func value(_ key: String) -> String? {
    query.first { $0.key == key }.flatMap { $0.value.isEmpty ? nil : $0.value }
  }

  /// Percents and UTF-8 taken back; nil for broken ones and for controls.
  public static func decoded(_ text: Substring, plusIsSpace: Bool) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
          return nil
        }
        bytes.append(high << 4 | low)
      case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    guard let decoded = String(validating: bytes, as: UTF8.self),
      decoded.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
    else { return nil }
    return decoded
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

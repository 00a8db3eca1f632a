import Facts
import TextFormats

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
    // Bytes, not characters: a mark that combines with a delimiter must not hide it.
    let bytes = target.utf8
    guard bytes.count <= Self.longest, bytes.first == UInt8(ascii: "/") else { return nil }
    let question = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.endIndex
    let written = bytes[..<(bytes[..<question].firstIndex(of: UInt8(ascii: "#")) ?? question)]
    path = String(Substring(written))
    var rest = written
    var form = Form.html
    for other in [Form.json, .markdown]
    where rest.suffix(other.ending.utf8.count).elementsEqual(other.ending.utf8) {
      form = other
      rest = rest.dropLast(other.ending.utf8.count)
      break
    }
    if form != .html, rest.elementsEqual("/index".utf8) { rest = rest.prefix(1) }
    self.form = form
    var segments: [String] = []
    for raw in rest.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true) {
      guard let decoded = Self.decoded(raw, plusIsSpace: false), decoded != "..", decoded != ".",
        segments.count < Self.mostParts
      else { return nil }
      segments.append(decoded)
    }
    self.segments = segments
    var query: [(String, String)] = []
    if question < bytes.endIndex {
      let pairs = bytes[bytes.index(after: question)...]
      for pair in pairs.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: true) {
        let sides = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        guard let key = Self.decoded(sides[0], plusIsSpace: true),
          let value = Self.decoded(sides.count > 1 ? sides[1] : "".utf8[...], plusIsSpace: true),
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
    decoded(text.utf8, plusIsSpace: plusIsSpace)
  }

  private static func decoded(_ text: Substring.UTF8View, plusIsSpace: Bool) -> String? {
    // Most parts are letters, digits and hyphens.
    if text.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "%") && $0 != UInt8(ascii: "+") }) {
      return String(Substring(text))
    }
    guard let bytes = PercentEncoding.decoded(text, plusIsSpace: plusIsSpace),
      let decoded = String(validating: bytes, as: UTF8.self),
      decoded.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
    else { return nil }
    return decoded
  }
}

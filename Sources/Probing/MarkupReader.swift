import Facts
import TextFormats

/// Reads HTML and XML as strictly as our own writers write them: every attribute quoted, every element ended, every `<`,
/// `>`, `&` in text escaped. What a browser would forgive is a problem here.
struct MarkupReader {
  enum Dialect {
    case html
    case xml
  }

  private(set) var problems: [String] = []
  /// Each element with each of its attributes: `a href`.
  private(set) var shapes: Set<String> = []
  private let bytes: [UInt8]
  private let dialect: Dialect
  private var place = 0
  private var open: [String] = []

  /// Elements of HTML that have no end tag.
  private static let void: Set<String> = ["meta", "link", "br", "hr", "img", "input", "wbr"]
  private static let addresses: Set<String> = [
    "href", "src", "action", "formaction", "poster", "data", "xlink:href",
  ]
  private static let entities = ["lt;", "gt;", "amp;", "quot;", "#39;"]

  init(_ bytes: [UInt8], _ dialect: Dialect) {
    self.bytes = bytes
    self.dialect = dialect
  }

  mutating func read() {
    let opening = dialect == .html ? "<!doctype html>" : "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
    if bytes.starts(with: opening.utf8) {
      place = opening.utf8.count
    } else if dialect == .html {
      fail("no doctype")
    }
    while place < bytes.count, problems.count < 5 {
      if bytes[place] == UInt8(ascii: "<") { tag() } else { text(until: UInt8(ascii: "<")) }
    }
    if !open.isEmpty { fail("elements without end: \(open)") }
  }

  private mutating func fail(_ words: String) { problems.append("\(words) at byte \(place)") }

  // MARK: Text

  /// Text or an attribute's value: no bracket as it is, and no ampersand but those of our five entities.
  private mutating func text(until end: UInt8) {
    while place < bytes.count, bytes[place] != end {
      switch bytes[place] {
      case UInt8(ascii: "<"), UInt8(ascii: ">"): return fail("a bracket as it is")
      case UInt8(ascii: "&"):
        guard Self.entities.contains(where: { bytes[(place + 1)...].starts(with: $0.utf8) }) else {
          fail("an ampersand as it is")
          place += 1
          return
        }
        place += 1
      default: place += 1
      }
    }
  }

  // MARK: Tags

  private mutating func tag() {
    place += 1
    if take("/") {
      let name = self.name()
      guard take(">"), open.popLast() == name else { return fail("an end of \(name) that nothing began") }
      return
    }
    let name = self.name()
    guard !name.isEmpty else { return fail("a bracket that begins no element") }
    var attributes: [String: String] = [:]
    while take(" ") {
      let attribute = self.name()
      guard !attribute.isEmpty else { return fail("an attribute without a name in \(name)") }
      shapes.insert(name + " " + attribute)
      attributes[attribute] = take("=") ? value(of: attribute, in: name) : ""
    }
    shapes.insert(name)
    check(name, attributes)
    if take("/>") { return }
    guard take(">") else { return fail("an element \(name) without end") }
    if dialect == .html, name == "script" || name == "style" { return raw(name, attributes) }
    if dialect == .xml || !Self.void.contains(name) { open.append(name) }
  }

  private mutating func value(of attribute: String, in name: String) -> String {
    guard take("\"") else {
      fail("an attribute \(attribute) of \(name) without quotes")
      return ""
    }
    let start = place
    text(until: UInt8(ascii: "\""))
    let value = String(decoding: bytes[start..<min(place, bytes.count)], as: UTF8.self)
    if !take("\"") { fail("an attribute \(attribute) of \(name) without end") }
    return value
  }

  private mutating func check(_ name: String, _ attributes: [String: String]) {
    for (attribute, value) in attributes {
      if attribute.hasPrefix("on") || attribute == "style" { fail("\(name) with \(attribute)") }
      guard Self.addresses.contains(attribute) else { continue }
      let leads =
        ["/", "#", "https://", "http://"].contains { value.hasPrefix($0) } && !value.hasPrefix("//")
      if !leads { fail("\(name) leads to \(value.bounded)") }
    }
  }

  /// A script of ours has no content, or is linked data.
  private mutating func raw(_ name: String, _ attributes: [String: String]) {
    let start = place
    let end = Array("</\(name)>".utf8)
    while place < bytes.count, !bytes[place...].starts(with: end) { place += 1 }
    let content = Array(bytes[start..<place])
    place = min(place + end.count, bytes.count)
    guard name == "script" else { return fail("a style in a page") }
    if attributes["type"] == "application/ld+json" {
      if content.contains(UInt8(ascii: "<")) { fail("a bracket in linked data") }
      if (try? JSONReader.read(content)) == nil { fail("linked data that is no JSON") }
    } else if !content.isEmpty || attributes["src"]?.hasPrefix("/assets/") != true {
      fail("a script with content")
    }
  }

  // MARK: Bytes

  private mutating func take(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard place + count <= bytes.count else { return false }
    let isThere = text.withUTF8Buffer { wanted in bytes[place..<(place + count)].elementsEqual(wanted) }
    if isThere { place += count }
    return isThere
  }

  private mutating func name() -> String {
    let start = place
    while place < bytes.count, Self.isName(bytes[place]) { place += 1 }
    return String(decoding: bytes[start..<place], as: UTF8.self)
  }

  private static func isName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}

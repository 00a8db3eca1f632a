import Facts
import Publishing
import TextFormats

/// Finds what an answer holds that hostile text should not have been able to put there. The one place that says what
/// unescaped output is.
public struct Inspection: Sendable {
  /// The elements with their attributes that harmless pages have, by kind: hostile text may add none.
  private var usual: [String: Set<String>] = [:]

  public init() {}

  /// Learns what a harmless answer is made of.
  public mutating func learn(_ answer: SiteAnswer) {
    guard let dialect = Self.dialect(answer.kind) else { return }
    var reader = MarkupReader(answer.body, dialect)
    reader.read()
    usual[answer.kind.rawValue, default: []].formUnion(reader.shapes)
  }

  /// What is wrong with an answer; empty when nothing is.
  public func problems(_ answer: SiteAnswer) -> [String] {
    var problems: [String] = []
    if ![200, 303, 308, 400, 404].contains(answer.status) { problems.append("status \(answer.status)") }
    if answer.body.isEmpty { problems.append("no body") }
    if let location = answer.location { problems += Self.location(location) }
    return problems + content(answer.body, answer.kind)
  }

  private func content(_ bytes: [UInt8], _ kind: SiteAnswer.Kind) -> [String] {
    // A picture of points holds no text that a program reads.
    guard kind != .png else { return bytes.starts(with: Self.pngSignature) ? [] : ["no PNG"] }
    guard let text = String(validating: bytes, as: UTF8.self) else { return ["not UTF-8"] }
    if let scalar = text.unicodeScalars.first(where: { !$0.isHarmless && $0 != "\n" }) {
      return ["the character U+\(String(scalar.value, radix: 16)) as it is"]
    }
    switch kind {
    case .html, .svg, .atom, .xml:
      guard let dialect = Self.dialect(kind) else { return [] }
      var reader = MarkupReader(bytes, dialect)
      reader.read()
      let strange = reader.shapes.subtracting(usual[kind.rawValue] ?? []).sorted()
      return reader.problems + strange.map { "\($0), which harmless pages lack" }
    case .json, .problem: return Self.json(bytes)
    case .markdown: return Self.markdown(text)
    case .style, .script, .text, .png: return []
    }
  }

  private static let pngSignature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  private static func dialect(_ kind: SiteAnswer.Kind) -> MarkupReader.Dialect? {
    switch kind {
    case .html: .html
    case .svg, .atom, .xml: .xml
    default: nil
    }
  }

  /// A redirect stays on the site, and its address is one that needs no escape in a header.
  private static func location(_ location: String) -> [String] {
    let isPlain = location.utf8.allSatisfy { byte in
      byte > 0x20 && byte < 0x7F && !"\"<>\\^`{|}".utf8.contains(byte)
    }
    guard isPlain, location.hasPrefix("/"), !location.hasPrefix("//") else {
      return ["a redirect to \(location.bounded)"]
    }
    return []
  }

  private static func json(_ bytes: [UInt8]) -> [String] {
    if bytes.contains(UInt8(ascii: "<")) { return ["an angle bracket in JSON"] }
    do {
      _ = try JSONReader.read(bytes)
      return []
    } catch {
      return ["no JSON: \(error.rule)"]
    }
  }

  /// What the renderer itself writes behind an angle bracket: notes below a label, and addresses.
  private static let markdownElements = ["br><small>", "/small>", "http://", "https://"]

  /// What CommonMark could read as a link, an element or a heading of somebody else's.
  private static func markdown(_ text: String) -> [String] {
    var problems: [String] = []
    var isCode = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "~~~" {
        isCode.toggle()
        continue
      }
      if isCode { continue }
      var rest = line.utf8[...]
      while let byte = rest.popFirst() {
        switch byte {
        case UInt8(ascii: "\\"): _ = rest.popFirst()
        case UInt8(ascii: "["), UInt8(ascii: "]"):
          problems.append("an open bracket in Markdown: \(String(line).bounded)")
        case UInt8(ascii: "<"):
          guard let ours = Self.markdownElements.first(where: { rest.starts(with: $0.utf8) }) else {
            problems.append("an element in Markdown: \(String(line).bounded)")
            continue
          }
          rest = rest.dropFirst(ours.utf8.count)
        default: break
        }
      }
    }
    if isCode { problems.append("code without end in Markdown") }
    return problems
  }
}

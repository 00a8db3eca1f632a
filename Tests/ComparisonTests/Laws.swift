import Cataloguing
import Deciding
import Documents
import Facts
import Foundation
import Pages
import Rendering
import Testing

/// The laws that hold on every comparison, whatever the models.
enum Laws {
  /// Every renderer shows every cell's display text, in reading order.
  static func checkAgreement(_ document: Document) {
    let displays = document.cells.map { Display.harmless($0.display) }
    for format in OutputFormat.allCases {
      let bytes = format.render(document, terminal: .init(width: 1_000_000, colour: false))
      let text = Data(plain(String(decoding: bytes, as: UTF8.self), format).utf8)
      var place = text.startIndex
      for display in displays {
        guard let range = text.range(of: Data(display.utf8), in: place..<text.endIndex) else {
          Issue.record("\(document.title): \(format) lacks \(display), or has it out of order")
          break
        }
        place = range.upperBound
      }
    }
  }

  /// The text with the format's own escapes taken back.
  static func plain(_ text: String, _ format: OutputFormat) -> String {
    switch format {
    case .terminal: return text
    case .markdown:
      var result = text
      for mark in ["\\", "`", "*", "_", "[", "]", "|", "#", "~"] {
        result = result.replacingOccurrences(of: "\\" + mark, with: mark)
      }
      return entities(result)
    case .html: return entities(text)
    case .json:
      return text.replacingOccurrences(of: "\\u003c", with: "<").replacingOccurrences(
        of: "\\u003e", with: ">"
      ).replacingOccurrences(of: "\\u0026", with: "&")
        .replacingOccurrences(of: "\\\"", with: "\"").replacingOccurrences(of: "\\\\", with: "\\")
    }
  }

  private static func entities(_ text: String) -> String {
    text.replacingOccurrences(of: "&lt;", with: "<").replacingOccurrences(of: "&gt;", with: ">")
      .replacingOccurrences(of: "&quot;", with: "\"")
      .replacingOccurrences(of: "&#39;", with: "'").replacingOccurrences(of: "&amp;", with: "&")
  }

  /// Every known cell has a citation, and none that is unknown has a digit or a citation.
  static func checkCited(_ document: Document) {
    for cell in document.cells {
      switch cell.state {
      case .known, .absent, .derived:
        #expect(!cell.citations.isEmpty, "\(document.title): \(cell.display) has no citation")
      case .unknown: #expect(cell.display == Display.unknown && cell.citations.isEmpty)
      case .plain: break
      }
      for citation in cell.citations { #expect(document.citations.label(citation) != nil) }
    }
  }

  /// A shown price at its shown precision is the stored decimal, or is marked as rounded.
  static func checkRoundTrip(_ document: Document) {
    for cell in document.cells where cell.display.hasPrefix("$") {
      guard let exact = cell.exact, let stored = try? ExactDecimal(parsing: exact) else { continue }
      let digits = cell.display.dropFirst().prefix { $0.isNumber || $0 == "." || $0 == "," }.filter {
        $0 != ","
      }
      #expect(
        (try? ExactDecimal(parsing: String(digits))) == stored,
        "\(document.title): \(cell.display) is not \(exact)")
    }
  }

  /// Slips of English and of truth that must not appear.
  static func checkWords(_ document: Document) {
    let text = String(
      decoding: OutputFormat.terminal.render(document, terminal: .init(width: 1_000_000, colour: false)),
      as: UTF8.self)
    for slip in [
      " 1 rows", " 1 routes", " 1 facts", " 1 findings", "a 8k", " a open", " a embedding", " a image",
      " a audio", "NaN", "nil)", "Optional(", "$0.00 ", "$-",
    ] {
      #expect(!text.contains(slip), "\(document.title) holds \(slip)")
    }
    #expect(!text.contains("unknown 0"))
  }

  /// Swapping the models swaps the cells of every two-sided table and the tradeoffs.
  static func checkMirror(_ forth: Comparison, _ back: Comparison) {
    #expect(forth.verdict.tradeoffs.map(\.count) == Array(back.verdict.tradeoffs.map(\.count).reversed()))
    for (left, right) in zip(forth.document.sections, back.document.sections) {
      #expect(left.id == right.id)
      for (first, second) in zip(left.blocks, right.blocks) {
        guard case .table(let one) = first, case .table(let two) = second, one.head.count >= 3,
          left.id != "pricing"
        else { continue }
        #expect(one.rows.map(\.label) == two.rows.map(\.label))
        for (a, b) in zip(one.rows, two.rows) {
          #expect(
            a.cells[0].plainText == b.cells[1].plainText && a.cells[1].plainText == b.cells[0].plainText,
            "\(left.id) \(a.label)")
        }
      }
    }
  }

  /// What a conclusion says must be known: no leader where a side is unknown.
  static func checkNoConclusionFromUnknown(_ verdict: Verdict) {
    if verdict.context.leader != nil { #expect(verdict.models.allSatisfy { $0.contextWindow.value != nil }) }
    if verdict.cost.leader != nil { #expect(verdict.assessments.allSatisfy { $0.estimate.cheapest != nil }) }
    for standing in verdict.capabilities {
      if let only = standing.onlyIn {
        for index in verdict.models.indices where index != only {
          #expect(verdict.models[index].capability(standing.capability).value != true)
        }
        for index in verdict.models.indices {
          #expect(!verdict.models[index].capability(standing.capability).isUnknown)
        }
      }
    }
    for reasons in verdict.tradeoffs { #expect(reasons.count <= Verdict.mostReasons) }
  }

  static func checkAll(_ comparison: Comparison) {
    let document = comparison.document
    #expect(document.sections.count == 13)
    checkCited(document)
    checkRoundTrip(document)
    checkWords(document)
    checkAgreement(document)
    checkNoConclusionFromUnknown(comparison.verdict)
  }
}

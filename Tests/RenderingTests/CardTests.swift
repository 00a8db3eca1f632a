import Documents
import Facts
import Testing

@testable import Rendering

@Suite struct CardDrawings {
  private func card(_ text: String, columns: Int) -> Card {
    Card(
      title: text, columns: Array(repeating: text, count: columns),
      rows: (0..<4).map { _ in Card.Row(text, values: Array(repeating: text, count: columns), leader: 0) },
      footer: text)
  }

  @Test(arguments: ChartSamples.hostile)
  func hostileTextStaysTextOnThePicture(_ payload: String) throws {
    for columns in 0...4 {
      let elements = try WellFormed.elements(of: CardDrawing.svg(card(payload, columns: columns)))
      #expect(Set(elements.map(\.name)).subtracting(["svg", "rect", "path", "text"]).isEmpty)
      #expect(elements.allSatisfy { !$0.attributes.keys.contains { $0.hasPrefix("on") || $0 == "href" } })
    }
  }

  /// Whatever the names, no text begins or ends outside the picture.
  @Test(arguments: ["W", "GPT-5", String(repeating: "An unreasonably long name ", count: 8)], 1...4)
  func everyTextEndsWithinThePicture(name: String, columns: Int) throws {
    let svg = String(decoding: CardDrawing.svg(card(name, columns: columns)), as: UTF8.self)
    for line in svg.split(separator: "\n") where line.hasPrefix("<text") {
      func number(_ key: String) throws -> Double {
        let tail = try #require(line.firstRange(of: " \(key)=\"").map { line[$0.upperBound...] })
        return try #require(Double(tail.prefix { $0 != "\"" }))
      }
      let words = try #require(line.firstRange(of: ">").map { line[$0.upperBound...].prefix { $0 != "<" } })
      let width = TextWidth.of(
        String(words), size: try number("font-size"), isStrong: line.contains("font-weight"))
      #expect(try number("x") >= 72 && number("x") + width <= 1128.5, "\(line)")
      #expect(try number("y") < 630)
    }
  }

  @Test func onlyTheLeaderStandsOut() {
    let row = Card.Row("Cost", values: ["$1", "$2"], leader: 1)
    let svg = String(
      decoding: CardDrawing.svg(Card(title: "A vs B", columns: ["A", "B"], rows: [row], footer: "")),
      as: UTF8.self)
    let bold = svg.split(separator: "\n").filter { $0.contains("font-weight=\"bold\"") }
    #expect(bold.contains { $0.contains(">$2<") } && !bold.contains { $0.contains(">$1<") })
  }
}

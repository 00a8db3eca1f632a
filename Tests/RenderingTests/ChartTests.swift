import Documents
import Facts
import Foundation
import Testing

@testable import Rendering

#if canImport(FoundationXML)
  import FoundationXML
#endif

private let sheets: [Sheet] = [
  .wide, .narrow, Sheet(width: 288, height: 200, textSize: 13, isNarrow: true),
  Sheet(width: 688, height: 180, textSize: 14, isNarrow: false),
]

@Suite struct ChartDrawings {
  // MARK: Safe and lawful

  @Test(arguments: ChartSamples.hostile)
  func hostileTextStaysText(_ payload: String) throws {
    for chart in ChartSamples.shapes(labelled: payload) {
      for bytes in [ChartDrawing.figure(chart), ChartDrawing.standalone(chart, width: 800, height: 420)] {
        let elements = try WellFormed.elements(of: bytes)
        let allowed: Set<String> = [
          "figure", "figcaption", "strong", "svg", "title", "desc", "path", "rect", "text", "g", "style",
        ]
        #expect(Set(elements.map(\.name)).subtracting(allowed).isEmpty)
        for element in elements {
          #expect(element.attributes["style"] == nil)
          #expect(!element.attributes.keys.contains { $0.hasPrefix("on") })
        }
      }
    }
  }

  /// The whole name stands in the mark's title, whatever had to be cut from its label.
  @Test func aLongNameIsCutAndKeptInTheTitle() throws {
    let name = "Model " + String(repeating: "with a very long name ", count: 30)
    let chart = ChartSamples.scatter([("0.5", "70"), ("5", "80")], name: { _ in name })
    let text = String(decoding: ChartDrawing.figure(chart), as: UTF8.self)
    #expect(text.contains("<title>\(name): $0.5, 70%</title>"))
    for label in ChartDrawing.scene(of: chart, on: .narrow).labels {
      #expect(label.text.count < 60)
    }
  }

  @Test func isNamedAndDescribedForReadersWhoDoNotSeeIt() throws {
    let chart = ChartSamples.scatter([("0.5", "70"), ("0", "80"), (nil, "60")])
    let elements = try WellFormed.elements(of: ChartDrawing.figure(chart))
    let ids = Set(elements.compactMap { $0.attributes["id"] })
    let pictures = elements.filter { $0.name == "svg" }
    #expect(pictures.count == 2)
    for picture in pictures {
      #expect(picture.attributes["role"] == "img")
      let named = try #require(picture.attributes["aria-labelledby"]).split(separator: " ").map(String.init)
      #expect(named.count == 2)
      #expect(ids.isSuperset(of: named))
    }
    #expect(ids.count == elements.filter { $0.attributes["id"] != nil }.count)
  }

  @Test func drawsTheSameBytesEveryTime() {
    for chart in ChartSamples.edges.map(\.chart) {
      #expect(ChartDrawing.figure(chart) == ChartDrawing.figure(chart))
      #expect(
        ChartDrawing.standalone(chart, width: 1200, height: 630)
          == ChartDrawing.standalone(chart, width: 1200, height: 630))
    }
  }

  @Test(arguments: [(1200, 630), (320, 240), (1, 1), (90, 2000)])
  func aFileHasTheSizeAskedFor(width: Int, height: Int) throws {
    for chart in ChartSamples.edges.map(\.chart) {
      let root = try #require(
        try WellFormed.elements(of: ChartDrawing.standalone(chart, width: width, height: height)).first)
      #expect(root.attributes["width"] == String(width))
      #expect(root.attributes["height"] == String(height))
    }
  }

  // MARK: Inside and apart

  @Test(arguments: ChartSamples.edges)
  func nothingLeavesTheDrawing(_ sample: ChartSamples.Named) {
    for sheet in sheets {
      let scene = ChartDrawing.scene(of: sample.chart, on: sheet)
      let paper = Box(left: 0, top: 0, right: scene.width, bottom: scene.height)
      for mark in scene.marks { #expect(paper.contains(mark.box), "\(mark)") }
      for bar in scene.bars { #expect(paper.contains(bar), "\(bar)") }
      for label in scene.labels { #expect(paper.contains(label.box), "\(label)") }
      for spot in scene.paths.joined() { #expect(paper.contains(spot), "\(spot)") }
    }
  }

  @Test(arguments: ChartSamples.edges)
  func noLabelCoversAnother(_ sample: ChartSamples.Named) {
    for sheet in sheets {
      let labels = ChartDrawing.scene(of: sample.chart, on: sheet).labels
      for (place, label) in labels.enumerated() {
        for other in labels[..<place] {
          #expect(!label.box.grown(by: -0.01).meets(other.box), "\(label.text) on \(other.text)")
        }
      }
    }
  }

  @Test(arguments: ChartSamples.edges)
  func noNameCoversAMark(_ sample: ChartSamples.Named) {
    guard case .scatter = sample.chart.shape else { return }
    for sheet in sheets {
      let scene = ChartDrawing.scene(of: sample.chart, on: sheet)
      let marks = scene.marks.filter { $0.title != nil }
      for name in scene.labels where name.style == .name || name.style == .strong {
        for mark in marks { #expect(!mark.box.meets(name.box), "\(name.text)") }
      }
    }
  }

  /// Thirty names fit nowhere in a cloud; each is drawn once or left out, and its mark stays.
  @Test func aNameWithoutRoomIsLeftOut() {
    let chart = ChartSamples.scatter(
      (0..<300).map { ("\(1 + $0 % 20).5", "\(40 + $0 / 20)") }, emphasised: { $0 % 10 == 0 })
    let scene = ChartDrawing.scene(of: chart, on: .narrow)
    let names = scene.labels.filter { $0.style == .strong }
    #expect(names.count < 30)
    #expect(scene.marks.filter { $0.title != nil }.count == 300)
  }

  // MARK: Unknown and off the scale

  @Test func anUnknownMakesNoMark() {
    let bars = ChartSamples.bars([("8192", "8.19k"), (nil, "0"), ("0", "0")], scale: .linear)
    for sheet in sheets {
      let scene = ChartDrawing.scene(of: bars, on: sheet)
      // A known zero is a sliver; an unknown is a word alone.
      #expect(scene.bars.count == 2)
      #expect(scene.labels.filter { $0.style == .unknown }.map(\.text) == ["unknown"])
    }
    let scatter = ChartSamples.scatter([("1", "50"), (nil, "60"), ("2", nil)])
    let scene = ChartDrawing.scene(of: scatter, on: .wide)
    #expect(scene.marks.filter { $0.title != nil }.count == 1)
    #expect(
      scatter.fullDescription
        == "What it shows. Not drawn, because a value is unknown: Model 1 and Model 2.")
  }

  @Test func aZeroHasNoPlaceOnALogarithmicScaleAndIsNamed() {
    let scatter = ChartSamples.scatter([("1", "50"), ("0", "60"), ("-1", "60")])
    #expect(ChartDrawing.scene(of: scatter, on: .wide).marks.filter { $0.title != nil }.count == 1)
    let reason = "only values above zero have a place on a logarithmic scale"
    #expect(
      scatter.fullDescription == "What it shows. Not drawn, because \(reason): Model 1 and Model 2.")
    let bars = ChartSamples.bars([("8192", "8.19k"), ("0", "0")], scale: .logarithmic)
    #expect(ChartDrawing.scene(of: bars, on: .wide).marks.count == 1)
    #expect(bars.omissions.map(\.labels) == [["Row 1"]])
  }

  @Test func namesAtMostEightThatAreNotDrawn() {
    let chart = ChartSamples.scatter((0..<20).map { _ in (nil, "50") })
    #expect(chart.fullDescription.hasSuffix("Model 6, Model 7 and 12 more."))
    #expect(ChartDrawing.scene(of: chart, on: .wide).labels.map(\.text) == ["No value can be drawn."])
  }

  @Test func aLineBreaksOffWhereItsValueBecomesUnknown() throws {
    let chart = try ChartSamples.steps([
      [("2025-01-01", "1"), ("2025-03-01", nil), ("2025-06-01", "2")]
    ])
    let scene = ChartDrawing.scene(of: chart, on: .wide)
    let lines = scene.items.compactMap { item -> [Spot]? in
      if case .path(let spots, .series(0)) = item { spots } else { nil }
    }
    // One level piece of two spots before the gap and one after it.
    #expect(lines.map(\.count) == [2, 2])
    #expect(scene.marks.count == 2)
  }

  @Test func aNinthLineIsNamedInsteadOfDrawn() throws {
    let chart = try ChartSamples.steps((1...9).map { [("2025-01-01", "\($0)")] })
    #expect(chart.omissions.map(\.labels) == [["Route 8"]])
    #expect(Set(ChartDrawing.scene(of: chart, on: .wide).marks.map(\.shape)).count == 8)
  }

  /// A fixed cost of 300 and one of 1 per 1000: on logarithmic scales the second is straight, the first level.
  @Test func aCrossingStandsWhereItsValuesSay() throws {
    let scene = ChartDrawing.scene(of: ChartSamples.crossing, on: .wide)
    let ring = try #require(scene.marks.first { $0.ink == .main })
    let level = try #require(
      scene.items.compactMap { item -> [Spot]? in
        if case .path(let spots, .series(0)) = item { spots } else { nil }
      }.first)
    #expect(level.allSatisfy { abs($0.y - ring.centre.y) < 0.05 })
    #expect(scene.labels.contains { $0.text == "Break-even at 300k requests" })
  }
}

import Cataloguing
import Facts
import Foundation
import Pages
import Platform
import Publishing
import Testing

/// A site of three models of `acme`, made without the embedded catalogue.
private func smallSite(origin: String? = nil, pictures: (any PictureShelf)? = nil) throws -> Site {
  let day = try CalendarDate(parsing: "2026-11-01")
  let source = SourceDescription(
    id: SourceID("s"), title: "S", version: "1", licence: "MIT", homepage: nil, observed: day, digest: "00",
    lineage: SourceID("s"), correction: "s")
  func price(_ unit: BillableUnit, _ text: String, above: Int64? = nil) throws -> Claim {
    Claim(
      .price(PriceTerm(unit, above: above.map { TokenCount($0) })), .money(try Money(dollars: text)),
      asWritten: text)
  }
  var builder = CatalogueBuilder(frame: CatalogueFrame(), asOf: day)
  builder.add(
    source: source,
    records: try ["rocket-1", "rocket-2", "rocket+3"].enumerated().map { place, name in
      SourceRecord(
        key: name, subject: .route(provider: "host", apiID: "acme/\(name)"),
        canonicalID: ModelID("acme/\(name)"),
        claims: [
          try price(.input, "1.5"), try price(.input, "3", above: 200_000),
          try price(.output, "\(place + 2)"),
          Claim(.contextWindow, .tokens(TokenCount(400_000)), asWritten: "400000"),
        ])
    })
  return try Site(
    Catalogue(contents: builder.build().finished(asOf: day)), asOf: day, origin: origin, pictures: pictures)
}

/// Holds one picture.
private struct OnePicture: PictureShelf {
  let path: String
  func holds(_ path: String) -> Bool { path == self.path }
  func bytes(_ path: String) -> [UInt8]? { path == self.path ? [1, 2, 3] : nil }
}

private func text(_ answer: SiteAnswer) -> String { String(decoding: answer.body, as: UTF8.self) }

@Suite struct Exports {
  /// Of n models the pairs of model i come after n − 1, n − 2, … pairs of those before: i (2n − i − 1) / 2.
  @Test func everyPairHasOnePlace() throws {
    let directory = try smallSite().directory
    let ids = directory.sheets.map(\.model.id)
    #expect(directory.pairCount == 3)
    #expect(
      (0..<3).map { directory.pair(at: $0) } == [[ids[0], ids[1]], [ids[0], ids[2]], [ids[1], ids[2]]])
  }

  @Test func aComparisonHasItsFormsAndAPageThatLeadsFromTheOtherOrder() throws {
    let site = try smallSite()
    let export = SiteExport(site, comparisons: .all, twins: true)
    let files = (0..<export.unitCount).flatMap { export.files(of: $0) }
    #expect(files.count == export.fileCount)
    #expect(Set(files.map(\.path)).count == files.count)
    let paths = Set(files.map(\.path))
    for path in [
      "index.html", "404.html", "models/index.html", "compare/acme/rocket-1/acme/rocket-2/index.html",
      "compare/acme/rocket-1/acme/rocket-2.json", "compare/acme/rocket-1/acme/rocket-2.md",
      "compare/acme/rocket-2/acme/rocket-1/index.html", "data/models.json", "data/prices/acme/rocket-1.json",
    ] { #expect(paths.contains(path), "\(path)") }
    let stub = try #require(files.first { $0.path == "compare/acme/rocket-2/acme/rocket-1/index.html" })
    #expect(
      String(decoding: stub.body, as: UTF8.self).contains("url=/compare/acme/rocket-1/acme/rocket-2\""))
  }

  /// A host looks for the decoded name.
  @Test func namesOfFilesAreDecoded() throws {
    let export = SiteExport(try smallSite(), comparisons: .all, twins: false)
    let paths = (0..<export.unitCount).flatMap { export.files(of: $0).map(\.path) }
    #expect(paths.contains("model/acme/rocket+3/index.html") && !paths.contains { $0.contains("%") })
  }

  @Test func theMissingPageNamesNoAddress() throws {
    let answer = try smallSite().answer("/404.html")
    #expect(answer.status == 404 && text(answer).contains("There is no page at this address."))
  }

  /// What the script of a static host counts with: the base price, then the tier; limits as numbers.
  @Test func pricesOfAModelStandInAFileOfTheirOwn() throws {
    let answer = try smallSite().answer("/data/prices/acme/rocket-1.json")
    #expect(
      text(answer)
        == #"{"schema":"llmref/site-prices/2","id":"acme/rocket-1","as_of":"2026-11-01","kind":"chat","month":{"input":800000000,"output":250000000,"requests":1000000,"others":[]},"routes":[{"place":0,"provider":"host","id":"acme/rocket-1","path":"/model/acme/rocket-1/host","lines":[[0,0,200000,0,-1,"3"],[0,0,-1,0,-1,"1.5"],[1,0,-1,0,-1,"2"]],"hours":[],"window":400000}],"excluded":[]}"#
        + "\n")
    #expect(try smallSite().answer("/data/prices/acme/none.json").status == 404)
  }

  /// 800 × 1.5 + 250 × 2 = 1700. A standalone API model is the second type; no capability, openness or release is known.
  @Test func theListOfModelsStandsInOneFile() throws {
    let answer = try smallSite().answer("/data/models.json")
    #expect(
      text(answer).contains(
        #"["acme/rocket-1","rocket-1","/model/acme/rocket-1","",1,0,"","",400000,"1700","$2/1M tokens at host",1,1,0,""]"#
      ),
      "\(text(answer))")
  }
}

@Suite struct PicturesForPreviews {
  private let path = "/og/compare/acme/rocket-1/acme/rocket-2.png"

  @Test func aPageNamesAPictureOnlyWhereThereIsOne() throws {
    let site = try smallSite(origin: "https://llm.example", pictures: OnePicture(path: path))
    let named = text(site.answer("/compare/acme/rocket-1/acme/rocket-2"))
    #expect(named.contains(#"<meta property="og:image" content="https://llm.example\#(path)">"#))
    #expect(!text(site.answer("/compare/acme/rocket-1/acme/rocket%2B3")).contains("og:image"))
    #expect(site.answer(path).body == [1, 2, 3] && site.answer(path).kind == .png)
    #expect(site.answer("/og/compare/acme/rocket-1/acme/rocket%2B3.png").status == 404)
  }

  @Test func withoutPicturesNoPageNamesOne() throws {
    let site = try smallSite(origin: "https://llm.example")
    #expect(!text(site.answer("/compare/acme/rocket-1/acme/rocket-2")).contains("og:image"))
  }

  /// 800 × 1.5 + 250 × 2 and 250 × 3: the first is cheaper.
  @Test func thePictureSaysWhatThePageSays() throws {
    let site = try smallSite()
    let svg = text(site.answer("/og/compare/acme/rocket-1/acme/rocket-2.svg"))
    for words in [
      "rocket-1 vs rocket-2", ">$1,700.00<", ">$1,950.00<", ">400k<", ">unknown<", "as of 2026-11-01",
    ] {
      #expect(svg.contains(words), "\(words)")
    }
    // The pair has one picture, at its own order.
    #expect(site.answer("/og/compare/acme/rocket-2/acme/rocket-1.svg").status == 404)
  }
}

@Suite struct ExportedFolders {
  /// A folder that is removed when the test ends.
  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "export-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private func export(_ files: [[(String, String)]], to path: String) throws -> ExportFolder.Tally {
    let folder = try ExportFolder(path)
    // Later units first: the manifest keeps their order all the same.
    for (unit, own) in files.enumerated().reversed() {
      try folder.list(try own.map { try folder.write(Array($0.1.utf8), to: $0.0) }, unit: unit)
    }
    return try folder.finish()
  }

  @Test func writesWhatChangedAndRemovesWhatIsGone() throws {
    try inFolder { path in
      let first = try export(
        [[("a/index.html", "one"), ("a.json", "1")], [("b/index.html", "two")]], to: path)
      #expect(first.written == 3 && first.unchanged == 0 && first.removed == 0 && first.bytes == 7)
      let manifest = try String(contentsOfFile: path + "/manifest.txt", encoding: .utf8)
      #expect(
        manifest.split(separator: "\n").map { $0.split(separator: " ")[1] } == [
          "a/index.html", "a.json", "b/index.html",
        ])
      let second = try export([[("a/index.html", "one"), ("a.json", "3")]], to: path)
      #expect(second.written == 1 && second.unchanged == 1 && second.removed == 1)
      #expect(!FileManager.default.fileExists(atPath: path + "/b/index.html"))
    }
  }

  /// After an export that was broken off nothing is believed to stand.
  @Test func anExportThatWasBrokenOffIsMadeAnew() throws {
    try inFolder { path in
      _ = try export([[("a", "one")]], to: path)
      _ = try ExportFolder(path).write(Array("two".utf8), to: "a")
      let again = try export([[("a", "one")]], to: path)
      #expect(again.written == 1)
      #expect(try String(contentsOfFile: path + "/a", encoding: .utf8) == "one")
    }
  }

  @Test func aDerivedFileStaysWhileItsSourceStays() throws {
    try inFolder { path in
      var made = 0
      func once(_ source: String) throws {
        let folder = try ExportFolder(path)
        let drawn = try folder.derive("p.png", from: (Array(source.utf8), "p.svg")) { place in
          made += 1
          try Files.write(Array("drawn from \(source)".utf8), to: place)
        }
        try folder.list([drawn, try folder.write(Array(source.utf8), to: "p.svg")], unit: 0)
        _ = try folder.finish()
      }
      try once("x")
      try once("x")
      #expect(made == 1)
      try once("y")
      #expect(made == 2)
      #expect(try String(contentsOfFile: path + "/p.png", encoding: .utf8) == "drawn from y")
    }
  }

  @Test(arguments: ["../a", "/a", "a//b", "manifest.txt", ""])
  func refusesAFileOutsideTheFolder(path: String) throws {
    try inFolder { folder in
      #expect(throws: FileProblem.self) { try ExportFolder(folder).write([], to: path) }
    }
  }

  @Test func refusesAFolderOfSomebodyElse() throws {
    try inFolder { path in
      try Files.write([1], to: path + "/theirs.txt")
      #expect(throws: FileProblem.self) { try ExportFolder(path) }
    }
  }
}

import Cataloguing
import Facts
import Foundation
import Publishing
import Testing

@testable import Probing

@Suite struct Probes {
  /// `bin/check` asks a hundred thousand times with the built program; `bin/test` two thousand times here.
  private static let cases = 2 * (Int(ProcessInfo.processInfo.environment["LLMREF_SCALE"] ?? "") ?? 100)

  @Test func findNothingInTheEmbeddedCatalogueAndHostileOnes() throws {
    let site = try Site(Catalogue(snapshot: .embedded()), asOf: CalendarDate(parsing: "2026-11-23"))
    let report = Probe(site).run(cases: Self.cases, seed: 7)
    #expect(report.cases == Self.cases && report.hostile >= Self.cases * 3 / 10)
    #expect(report.failed == 0, "\(report.problems)")
    // Some addresses are pages, some lead on, some are wrong, some are none.
    #expect(Set(report.statuses.keys).isSuperset(of: [200, 308, 400, 404]))
  }

  /// The same seed draws the same cases.
  @Test func drawTheSameFromOneSeed() throws {
    var (first, second) = (Draw(seed: 3), Draw(seed: 3))
    let mutation = AddressMutation(known: ["/models", "/compare/a/b/c/d"], ids: ["a/b"])
    let (one, other) = (
      (0..<500).map { _ in mutation.next(&first) }, (0..<500).map { _ in mutation.next(&second) }
    )
    #expect(one == other && Set(one).count > 400)
  }
}

/// The inspection must find what a renderer without escapes would write: escapes are taken out of real answers, one sort at a
/// time, and each time it must object.
@Suite struct Inspections {
  private struct Escape: Sendable {
    let written: String
    let plain: String
    let ending: String
  }

  private static let escapes = [
    Escape(written: "&lt;", plain: "<", ending: ""), Escape(written: "&quot;", plain: "\"", ending: ""),
    Escape(written: "&gt;", plain: ">", ending: ""), Escape(written: "&amp;", plain: "&", ending: ""),
    Escape(written: "\\u003c", plain: "<", ending: ""),
    Escape(written: "\\u003c", plain: "<", ending: ".json"),
    Escape(written: "\\\"", plain: "\"", ending: ".json"),
    Escape(written: "\u{FFFD}", plain: "\u{1B}", ending: ""),
    Escape(written: "\u{FFFD}", plain: "\u{202E}", ending: ".md"),
    Escape(written: "&lt;", plain: "<", ending: ".md"),
    Escape(written: "\\[", plain: "[", ending: ".md"),
  ]

  @Test(arguments: escapes.indices) func objectToOutputWithoutAnEscape(place: Int) throws {
    let escape = Self.escapes[place]
    var draw = Draw(seed: 11)
    var found = 0
    for _ in 0..<40 where found < 3 {
      guard let site = HostileCatalogue.site(&draw) else { continue }
      let ids = site.directory.ordered(site.directory.sheets.prefix(2).map(\.model.id))
      let answer = site.answer("/compare/" + ids.map(\.rawValue).joined(separator: "/") + escape.ending)
      #expect(answer.status == 200)
      var inspection = Inspection()
      inspection.learn(answer)
      #expect(inspection.problems(answer) == [])
      let text = String(decoding: answer.body, as: UTF8.self)
      guard text.contains(escape.written) else { continue }
      // A quote does no harm in a text; in an attribute it ends the attribute.
      if escape.plain == "\"", escape.ending.isEmpty, !text.contains(/="[^"<>]*&quot;/) { continue }
      found += 1
      let bare = SiteAnswer(answer.kind, Array(text.replacing(escape.written, with: escape.plain).utf8))
      #expect(inspection.problems(bare) != [], "\(escape) is not missed")
    }
    #expect(found > 0, "no answer holds \(escape.written)")
  }

  @Test(arguments: [
    "<p onclick=\"x\">a</p>", "<p>a", "a</p>", "<p>a & b</p>", "<p>a > b</p>",
    "<a href=\"javascript:x\">a</a>", "<a href=\"//evil.example\">a</a>",
    "<img src=x>", "<p class='a'>a</p>", "<script>x</script>",
    "<script type=\"application/ld+json\">{\"a\":</script>", "<!-- a -->", "<p>a\u{0}</p>",
    "<p style=\"x\">a</p>", "< p>a</p>",
  ])
  func objectToMarkupThatNoPageHas(markup: String) {
    var inspection = Inspection()
    func page(_ body: String) -> SiteAnswer { SiteAnswer(.html, Array("<!doctype html>\(body)".utf8)) }
    inspection.learn(
      page("<p class=\"a\">a &lt; b</p><a href=\"/x\">a</a><script type=\"application/ld+json\">{}</script>"))
    #expect(inspection.problems(page("<p class=\"b\">c &amp; d</p><a href=\"#y\">a</a>")) == [])
    #expect(inspection.problems(page(markup)) != [])
  }

  @Test(arguments: ["//evil.example", "https://evil.example", "/a b", "/a\r\nb", "", "x"])
  func objectToRedirectsThatLeaveTheSite(location: String) {
    #expect(Inspection().problems(SiteAnswer(status: 308, .text, [65], location: location)) != [])
    #expect(
      Inspection().problems(SiteAnswer(status: 308, .text, [65], location: "/model/a%20b?input=1M")) == [])
  }
}

import Cataloguing
import Facts
import Pages
import Publishing
import Testing

/// The site of the embedded catalogue, read once for all tests.
private let site = try? Site(Catalogue(snapshot: .embedded()), asOf: CalendarDate(parsing: "2026-11-23"))

@Suite struct SiteAnswers {
  private func answer(_ target: String) throws -> SiteAnswer { try #require(site).answer(target) }

  private func text(_ answer: SiteAnswer) -> String { String(decoding: answer.body, as: UTF8.self) }

  @Test func everyListedPathIsServed() throws {
    let site = try #require(site)
    let paths = site.exportPaths(pairs: Array(site.directory.relevantPairs().prefix(100)))
    // Every thirteenth: the whole list takes minutes in a debug build.
    for place in stride(from: 0, to: paths.count, by: 13) {
      let answer = site.answer(paths[place])
      #expect(answer.status == 200 && !answer.body.isEmpty, "\(paths[place]) gives \(answer.status)")
    }
  }

  @Test(arguments: [
    (
      "/compare/ling-2.6-1t/gpt-5.3-codex-spark",
      "/compare/openai/gpt-5.3-codex-spark/inclusionai/ling-2.6-1t"
    ),
    (
      "/compare/inclusionai/ling-2.6-1t/openai/gpt-5.3-codex-spark.json",
      "/compare/openai/gpt-5.3-codex-spark/inclusionai/ling-2.6-1t.json"
    ),
    ("/lab/OpenAI.json", "/lab/openai.json"), ("/family/GPT", "/family/gpt"),
    ("/model/gpt-5", "/model/openai/gpt-5"), ("/compare/openai/gpt-5/openai/gpt-5", "/model/openai/gpt-5"),
    ("/compare/openai/o3/openai/gpt-5?input=1M", "/compare/openai/gpt-5/openai/o3?input=1M"),
  ])
  func leadsToWhereAPageStands(from: String, to: String) throws {
    let answer = try answer(from)
    #expect(answer.status == 308 && answer.location == to)
  }

  /// What an event loop answers itself; whatever reads the whole catalogue or has many parts is made elsewhere.
  @Test(arguments: [
    ("/compare/a/b/c/d", true), ("/compare/a/b/c/d/e/f?input=1M", true), ("/model/openai/gpt-5", true),
    ("/explain/a/b/price", true), ("/assets/site.js", true), ("/badge/a/b.svg", true),
    ("/compare/a/b/c/d/e/f/g/h", false), ("/compare/a/b/c/d.json", false), ("/model/a/b.md?input=1M", false),
    ("/compare", false), ("/models", false), ("/provider/openrouter", false),
    ("/shortlist?needs=vision", false),
    ("/", false), ("", false),
  ])
  func saysWhichAnswersAreQuick(target: String, isQuick: Bool) {
    #expect(Site.isQuick(target) == isQuick)
  }

  /// The form of a list cannot show a choice that it does not offer: it says so, beside the field and to programs.
  @Test(arguments: [
    ("lab=nobody", "No model of this lab is tracked."), ("openness=ajar", "No source uses this word."),
    ("type=car", "This is no product type."),
  ])
  func saysThatAFilterIsNotOffered(query: String, problem: String) throws {
    let page = try answer("/models?" + query)
    #expect(page.status == 400 && text(page).contains(problem) && text(page).contains("aria-invalid"))
    #expect(try answer("/models.json?" + query).status == 400)
    #expect(try answer("/models?lab=openai&openness=proprietary").status == 200)
  }

  @Test func picksTwoModels() throws {
    let answer = try answer("/compare?a=gpt-5&b=o3")
    #expect(answer.status == 303 && answer.location == "/compare/openai/gpt-5/openai/o3")
    let bad = try self.answer("/compare?a=gpt-5&b=no-such-model-xyz")
    #expect(bad.status == 400 && text(bad).contains("No model is known by that name"))
  }

  @Test(arguments: [
    "/model/openai/gpt-99", "/nope", "/provider/none-such", "/lab/none-such", "/family/none-such",
    "/benchmark/none", "/compare/openai/gpt-5/none", "/explain/openai/gpt-5/colour",
    "/model/openai/gpt-5/none-such",
    "/models/x", "/api/v2/models", "/api/v1/models/openai/gpt-99",
  ])
  func saysThatThereIsNoSuchPage(path: String) throws {
    let answer = try answer(path)
    #expect(answer.status == 404)
  }

  @Test(arguments: [
    "models", "/%", "/%zz", "/%00", "/../etc/passwd", "/a/%2e%2e/b", "/x?y=%ff", "/search?q=%0a", "",
    "/" + String(repeating: "a", count: 5000),
  ])
  func refusesWhatIsNoAddress(target: String) throws {
    #expect(try answer(target).status == 400)
  }

  /// Programs get one shape, RFC 9457, whatever is wrong with what they ask for.
  @Test(arguments: [
    ("/api/v1/models/%00/x", 400), ("/api/v1/search?q=%ff", 400), ("/model/%zz.json", 400),
    ("/cost.json?input=lots", 400), ("/model/openai/gpt-99.json", 404), ("/nope.json", 404),
    ("/api/v2/x", 404), ("/api/v1/cost?models=no-such-model", 404),
    ("/api/v1/cost?models=gpt-5&input=lots", 400),
    ("/api/v1/explain?model=openai/gpt-5&field=colour", 404), ("/api/v1/shortlist?lab=no-such-lab", 404),
  ])
  func tellsProgramsInOneShape(target: String, status: Int) throws {
    let answer = try answer(target)
    #expect(answer.status == status && answer.kind == .problem)
    #expect(text(answer).contains("\"status\": \(status)"))
  }

  /// A browser reads two slashes as another host: a page of no address must not name them in a link.
  @Test(arguments: ["//evil.example/x", "//evil.example/x.md", "///evil.example", "/%2F/evil.example"])
  func leadsToNoOtherHost(target: String) throws {
    let answer = try answer(target)
    #expect(answer.status == 404 && !text(answer).contains("\"//"))
  }

  @Test(arguments: [
    "/models?context=lots", "/models?type=toaster", "/models?page=0", "/cost?models=gpt-5&input=-1",
    "/cost?cached=101%25", "/model/openai/gpt-5?requests=0", "/api/v1/models?order=worst", "/api/v1/search",
    "/api/v1/compare?models=gpt-5", "/api/v1/cost?models=gpt-5&input=x",
  ])
  func namesWhatIsWrongWithAQuery(target: String) throws {
    let answer = try answer(target)
    #expect(answer.status == 400)
    if target.hasPrefix("/api") {
      #expect(answer.kind == .problem && text(answer).contains("\"errors\""))
    } else {
      #expect(text(answer).contains("class=\"problem\"") || text(answer).contains("role=\"note\""))
    }
  }

  /// 240M of 800M input tokens from cache at another price: the cost changes, and the page says by what.
  @Test func costsFollowTheTrafficOfTheAddress() throws {
    let usual = try text(answer("/model/openai/gpt-5"))
    let cached = try text(answer("/model/openai/gpt-5?cached=30%25"))
    #expect(
      usual.contains("800M input and 250M output") && cached.contains("800M input (240M of them from cache)"))
    // GPT-5 at OpenAI: 1.25 in, 0.125 from cache, 10 out a million: 800 × 1.25 + 250 × 10 = 3500;
    // 560 × 1.25 + 240 × 0.125 + 250 × 10 = 3230.
    #expect(usual.contains("$3,500.00") && cached.contains("$3,230.00"))
  }

  /// Whatever stands in an address comes out as text.
  @Test(arguments: [
    "%3Cscript%3Ealert(1)%3C/script%3E", "%22%3E%3Cimg%20src=x%3E", "'%20onload='x", "%E2%80%AEx",
  ])
  func echoesNothingThatRuns(payload: String) throws {
    for target in [
      "/search?q=", "/resolve?id=", "/compare?a=", "/cost?models=", "/models?context=",
      "/model/openai/gpt-5?input=",
      "/", "/model/",
    ] {
      // What stands in linked data is JSON, in which a quote is a quote.
      let text = try text(answer(target + payload)).split(separator: "\n").filter {
        !$0.hasPrefix("<script type=\"application/ld+json\">")
      }.joined(separator: "\n")
      #expect(!text.contains("<script>alert") && !text.contains("<img") && !text.contains("' onload="))
      #expect(!text.unicodeScalars.contains("\u{202E}"))
    }
  }
}

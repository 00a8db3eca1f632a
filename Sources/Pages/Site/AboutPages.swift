import Cataloguing
import Deciding
import Documents
import Facts

/// Every source: its licence, its version, what it contributed and where others contradict it.
public struct SourcesPage: Sendable {
  public let document: Document

  public init(_ directory: Directory) {
    let stamp = directory.shelf.stamp
    let sources = directory.shelf.catalogue.frame.sources
    let tallies = directory.sourceTallies
    document = .page(
      "sources", "Sources", stamp,
      opening: [
        .paragraph([
          .text(
            "Every fact of this reference comes from one of \(Display.counted(sources.count, "source")). Sources of one lineage follow each other and count as one witness."
          )
        ])
      ],
      [
        Section(
          id: "list", title: "Every source",
          blocks: [
            .table(
              Table(
                caption: "What each source is and contributed",
                head: [
                  "Source", "Version", "Observed", "Licence", "Lineage", "Values cited", "Contradicted",
                  "SHA-256",
                ],
                rows: sources.map { source in
                  let tally = tallies[source.id]
                  return Table.Row(
                    Display.harmless(source.title), note: "Correct it in \(source.correction).",
                    cells: [
                      [.text(Display.harmless(source.version))], [.text(source.observed.text)],
                      [.text(Display.harmless(source.licence))], [.text(source.lineage.rawValue)],
                      [.cell(.plain(Display.grouped(String(tally.citations))))],
                      [.cell(.plain(Display.grouped(String(tally.dissents))))],
                      [.text(String(source.digest.prefix(12)))],
                    ])
                }))
          ]),
        Section(
          id: "benchmarks", title: "Benchmarks",
          blocks: [
            .links(
              directory.benchmarks.keys.sorted().map { benchmark in
                Link(
                  title: Benchmarks.title(benchmark), path: Paths.benchmark(benchmark),
                  reason: [.text(Display.counted(directory.benchmarks[benchmark]?.count ?? 0, "score"))])
              })
          ]),
      ],
      data: .map([
        (
          "sources",
          .list(
            sources.map { source in
              .map([
                ("id", .text(source.id.rawValue)), ("title", .text(source.title)),
                ("version", .text(source.version)), ("licence", .text(source.licence)),
                ("observed", .text(source.observed.text)), ("lineage", .text(source.lineage.rawValue)),
                ("sha256", .text(source.digest)),
                ("values_cited", .integer(tallies[source.id].citations)),
                ("contradicted", .integer(tallies[source.id].dissents)),
              ])
            })
        )
      ]))
  }
}

/// Every rule in words, built from the rules themselves.
public struct MethodPage: Sendable {
  public let document: Document

  public init(_ directory: Directory) {
    func list(_ id: String, _ title: String, _ items: [(String, String)]) -> Section {
      Section(
        id: id, title: title,
        blocks: [
          .list(
            items.map { [.text("\(Display.capitalised($0.0)): \($0.1)\($0.1.hasSuffix(".") ? "" : ".")")] })
        ])
    }
    document = .page(
      "method", "Method", directory.shelf.stamp,
      opening: [
        .paragraph([
          .text(
            "What this reference says and when it stays silent. A value is known, absent (a source says there is none) or unknown (no source says); an unknown never loses a comparison and never wins one."
          )
        ])
      ],
      [
        list(
          "values", "Which value is believed", ResolutionRule.allCases.map { ($0.rawValue, $0.explanation) }),
        list("disputes", "Why sources differ", DisputeCause.allCases.map { ($0.rawValue, $0.explanation) }),
        list(
          "capabilities", "What a capability means", Capability.allCases.map { ($0.title, $0.definition) }),
        list("fit", "Decision fit", DecisionTag.allCases.map { ($0.rawValue, $0.rule) }),
        Section(
          id: "cost", title: "What a cost counts",
          blocks: [
            .list(
              [
                "A cost multiplies one route's own prices by the traffic; routes are never mixed.",
                "A route counts when it is metered, listed, not retired, has both token prices, and carries the tokens of an average request within its known limits. Unknown limits are listed as unverified.",
                "Free and plan routes are listed and never called cheapest.",
                "A tier that the average prompt passes prices every token of the request.",
                "Tokens from cache are priced at the route's cache read price; where no source gives one, at its input price.",
                "Costs are exact decimals. A difference comes from unrounded costs; “cheaper” is (dear − cheap) ÷ dear.",
              ].map { [.text($0)] })
          ]),
        Section(
          id: "lead", title: "When something speaks for a model",
          blocks: [
            .list(
              [
                "Larger context: the window is at least 1.25 times every other's, whatever claim one believes.",
                "Lower cost: at least 5% below every other's at the stated traffic.",
                "Broader routes: more tracked routes than every other.",
                "Only A has it: a source says Yes for A and No for each other. Yes against unknown is worded apart.",
                "Benchmarks: only scores of the same metric, effort, evaluator and version are compared, and overlapping 95% intervals have no leader.",
                "A disputed value decides nothing unless every claim gives the same winner.",
              ].map { [.text($0)] })
          ]),
      ], data: .map([("rules", .integer(ResolutionRule.allCases.count))]))
  }
}

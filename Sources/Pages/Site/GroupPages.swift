import Cataloguing
import Deciding
import Documents
import Facts

/// The page of a lab: what it trained.
public struct LabPage: Sendable {
  public let document: Document

  /// nil when the catalogue has no model of the lab.
  public init?(_ lab: LabID, in directory: Directory) {
    guard let sheets = directory.labs[lab], let first = sheets.first else { return nil }
    let name = Display.harmless(first.model.labName)
    let families = Set(sheets.compactMap(\.model.family)).sorted()
    var opening: [Block] = [
      .paragraph([
        .text(
          "\(name) (\(lab)) trained \(Display.counted(sheets.count, "model")) of this catalogue, in \(Display.counted(families.count, "named family", "named families"))."
        )
      ])
    ]
    if !families.isEmpty {
      opening.append(
        .paragraph(
          [.text("Families: ")]
            + Wording.joined(families.map { [.link(Display.harmless($0), path: Paths.family($0))] }) + [
              .text(".")
            ]))
    }
    document = .page(
      "lab", name, directory.shelf.stamp, opening: opening,
      [
        Section(
          id: "models", title: "Models",
          blocks: [.table(ModelTable.table(sheets, caption: "Models of \(name)"))]),
        .sources(directory.shelf.stamp, reviewed: sheets.compactMap(\.oldestFact).min()),
      ],
      data: .map([
        ("id", .text(lab.rawValue)), ("name", .text(name)),
        ("models", .texts(sheets.map(\.model.id.rawValue))),
        ("families", .texts(families)),
      ]))
  }
}

/// The page of a family: its variants, and when each was released.
public struct FamilyPage: Sendable {
  public let document: Document

  /// nil when no model of the catalogue belongs to the family.
  public init?(_ family: String, in directory: Directory) {
    guard let sheets = directory.families[family] else { return nil }
    let name = Display.harmless(family)
    let dated = sheets.filter { $0.model.released.value != nil }.sorted {
      let (left, right) = ($0.model.released.value, $1.model.released.value)
      return (left?.firstDayNumber ?? .max, $0.model.id) < (right?.firstDayNumber ?? .max, $1.model.id)
    }
    let timeline: Block =
      dated.isEmpty
      ? .paragraph([.text("No source dates a release of this family.")])
      : .list(
        dated.map {
          [.cell($0.cell(.released)), .text(": "), .link($0.name, path: Paths.model($0.model.id))]
        })
    document = .page(
      "family", name, directory.shelf.stamp,
      opening: [
        .paragraph([
          .text("Sources put \(Display.counted(sheets.count, "model")) into the family “\(name)”.")
        ])
      ],
      [
        Section(
          id: "variants", title: "Variants", blocks: [.table(ModelTable.table(sheets, caption: "Variants"))]),
        Section(id: "timeline", title: "Release timeline", blocks: [timeline]),
      ] + Self.picture(sheets, name) + [
        .sources(directory.shelf.stamp, reviewed: sheets.compactMap(\.oldestFact).min())
      ],
      data: .map([
        ("family", .text(family)), ("models", .texts(sheets.map(\.model.id.rawValue))),
      ]))
  }
}

extension FamilyPage {
  private static func picture(_ sheets: [ModelSheet], _ name: String) -> [Section] {
    guard let chart = Pictures.contextWindows(sheets, of: name) else { return [] }
    return [Section(id: "context", title: "Context windows", blocks: [chart])]
  }
}

/// The page of a benchmark: every tracked score, in groups whose scores may be compared.
public struct BenchmarkPage: Sendable {
  public let document: Document

  /// nil when no model has a score of it.
  public init?(_ benchmark: BenchmarkID, in directory: Directory) {
    guard let scores = directory.benchmarks[benchmark] else { return nil }
    let title = Benchmarks.title(benchmark)
    let groups = Dictionary(grouping: scores) { Group($0.score.claim) }
    let ordered = groups.sorted { ($1.value.count, $0.key.words) < ($0.value.count, $1.key.words) }
    // What all groups share is said once, so that the titles say what differs.
    let shared = Group.shared(ordered.map(\.key))
    let same = shared.isEmpty ? "" : " Of all scores: \(shared.map(\.text).joined(separator: ", "))."
    document = .page(
      "benchmark", title, directory.shelf.stamp,
      opening: [
        .paragraph([
          .text(
            "\(Display.capitalised(Display.counted(scores.count, "score"))) of \(Display.counted(Set(scores.map(\.sheet.model.id)).count, "model")) in \(Display.counted(groups.count, "comparable group")). Scores are ranked inside a group only: the same metric, effort, evaluator and version.\(same)"
          )
        ])
      ],
      Self.picture(ordered.first?.value ?? [], title: title)
        + ordered.enumerated().map { place, group in
          Section(
            id: "group-\(place + 1)", title: group.key.title(without: shared),
            blocks: [.table(Self.table(group.value, caption: group.key.words))])
        } + [
          .sources(directory.shelf.stamp, reviewed: scores.map(\.score.citation.observed).min())
        ],
      data: .map([
        ("benchmark", .text(benchmark.rawValue)), ("scores", .integer(scores.count)),
        ("groups", .texts(ordered.map(\.key.words))),
      ]))
  }

  /// What scores must have in common to be compared.
  private struct Group: Hashable {
    /// A part by its place: metric, effort, evaluator, version, unit.
    struct Part: Hashable {
      let place: Int
      let text: String
    }

    let parts: [Part]

    init(_ claim: ScoreClaim) {
      let texts = [
        Display.harmless(claim.metric),
        claim.variant.isEmpty ? "default effort" : "effort \(Display.harmless(claim.variant))",
        claim.evaluator.map { "run by \(Display.harmless($0).replacing("_", with: " "))" }
          ?? "no evaluator named",
        claim.version.map { "version \(Display.harmless($0))" } ?? "no version named", claim.unit.rawValue,
      ]
      parts = texts.enumerated().map { Part(place: $0.offset, text: $0.element) }
    }

    var words: String { parts.map(\.text).joined(separator: ", ") }

    static func shared(_ groups: [Group]) -> [Part] {
      guard let first = groups.first, groups.count > 1 else { return [] }
      return first.parts.filter { part in groups.allSatisfy { $0.parts.contains(part) } }
    }

    func title(without shared: [Part]) -> String {
      Display.capitalised(parts.filter { !shared.contains($0) }.map(\.text).joined(separator: ", "))
    }
  }

  /// Cost against the scores of the largest group.
  private static func picture(_ scores: [Directory.RankedScore], title: String) -> [Section] {
    guard let chart = Pictures.costAgainstScore(scores, benchmark: title) else { return [] }
    return [Section(id: "picture", title: "Cost against score", blocks: [chart])]
  }

  private static func table(_ scores: [Directory.RankedScore], caption: String) -> Table {
    let ranked = scores.sorted {
      ($1.score.claim.value, $0.sheet.model.id) < ($0.score.claim.value, $1.sheet.model.id)
    }
    return Table(
      caption: caption, head: ["Model", "Score", "Interval", "Observed"],
      rows: ranked.map { entry in
        Table.Row(
          entry.sheet.name, path: Paths.model(entry.sheet.model.id),
          cells: [
            [.cell(entry.score.cell)],
            [.cell(.plain(entry.score.claim.interval.map { Display.harmless($0) } ?? "none stated"))],
            [.cell(.plain(entry.score.citation.observed.text))],
          ])
      })
  }
}

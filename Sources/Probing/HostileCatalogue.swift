import Cataloguing
import Documents
import Facts
import Importing
import Publishing
import Rendering
import TextFormats

/// Catalogues whose every text is hostile: names, labs, licences, providers, ids, benchmarks, addresses, sources.
enum HostileCatalogue {
  private static let models = 5

  /// The site of a drawn catalogue; nil when the draw is refused whole.
  static func site(_ draw: inout Draw) -> Site? {
    let facts = JSONText.write(document(&draw))
    guard let day = try? CalendarDate(parsing: "2026-11-20") else { return nil }
    func text() -> String { HostileText.draw(&draw) }
    let source = SourceDescription(
      id: SourceID("facts:" + text()), title: text(), version: text(), licence: text(), homepage: text(),
      observed: day,
      digest: text(), lineage: SourceID(text()), correction: text())
    guard let imported = try? PlainFacts.read(Snapshot(source: source, bytes: facts, file: text())) else {
      return nil
    }
    var builder = CatalogueBuilder(frame: CatalogueFrame(), asOf: day)
    let providers = imported.records.compactMap { record -> ProviderNote? in
      guard case .route(let provider, _) = record.subject else { return nil }
      return ProviderNote(id: provider, name: provider)
    }
    builder.add(source: source, records: imported.records, providers: providers, findings: imported.findings)
    return try? Site(
      Catalogue(contents: builder.build().finished(asOf: day)), asOf: day, origin: "https://llm.example")
  }

  private static func document(_ draw: inout Draw) -> DataValue {
    var models: [DataValue] = []
    // Some names are shared, so that pages tell models apart by id.
    let shared = HostileText.draw(&draw)
    for number in 0..<Self.models {
      var members: [(String, DataValue)] = [("id", .text("evil-\(draw.below(3))/model-\(number)"))]
      members.append(("name", draw.below(4) == 0 ? .text(shared) : value(&draw)))
      for key in ["lab", "family", "product_type", "architecture", "license", "openness", "commercial_use"] {
        if draw.below(4) > 0 { members.append((key, value(&draw))) }
      }
      for (key, usual) in [
        ("released", "2026-01-01"), ("context_window", "131072"), ("max_output", "8192"),
        ("parameters", "7B"), ("knowledge_cutoff", "2025-06"),
        ("retirement", "2027-01-01"),
      ] {
        members.append((key, dated(draw.below(5) == 0 ? HostileText.draw(&draw) : usual, &draw)))
      }
      members.append(("capabilities", .map(Capability.allCases.map { ($0.rawValue, flag(&draw)) })))
      members.append(("routes", .list((0..<draw.below(4)).map { _ in route(&draw) })))
      members.append(("benchmarks", .list((0..<draw.below(4)).map { _ in score(&draw) })))
      models.append(.map(members))
    }
    return .map([("reviewed", .text("2026-11-20")), ("models", .list(models))])
  }

  private static func value(_ draw: inout Draw) -> DataValue { dated(HostileText.draw(&draw), &draw) }

  /// A value alone, or with where it stands.
  private static func dated(_ text: String, _ draw: inout Draw) -> DataValue {
    guard draw.below(3) == 0 else { return .text(text) }
    return .map([
      ("value", .text(text)), ("observed", .text("2026-06-01")),
      ("source", .text((draw.below(2) == 0 ? "https://llm.example/" : "") + HostileText.draw(&draw))),
    ])
  }

  private static func flag(_ draw: inout Draw) -> DataValue {
    switch draw.below(4) {
    case 0: .text("unknown")
    case 1: .flag(false)
    case 2: dated("yes", &draw)
    default: .flag(true)
    }
  }

  private static func route(_ draw: inout Draw) -> DataValue {
    .map([
      ("provider", .text(HostileText.draw(&draw))), ("id", .text(HostileText.draw(&draw))),
      (
        "input_usd_per_mtok",
        .text(draw.below(6) == 0 ? HostileText.draw(&draw) : "\(draw.below(50)).\(draw.below(90) + 10)")
      ),
      ("output_usd_per_mtok", .text("\(draw.below(90)).5")), ("region", value(&draw)),
      ("quantisation", value(&draw)),
      ("api_dialect", value(&draw)), ("context_window", .text("\(draw.below(9) + 1)0000")),
    ])
  }

  private static func score(_ draw: inout Draw) -> DataValue {
    .map([
      ("benchmark", .text(draw.below(2) == 0 ? "shared" : HostileText.draw(&draw))),
      ("score", .text("\(draw.below(100)).\(draw.below(10))")),
      ("harness", .text(HostileText.draw(&draw))), ("version", .text(HostileText.draw(&draw))),
      ("variant", .text(draw.below(2) == 0 ? "" : HostileText.draw(&draw))),
      ("source", .text(HostileText.draw(&draw))),
    ])
  }
}

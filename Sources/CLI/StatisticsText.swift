import Cataloguing
import Documents
import Facts

/// Statistics and findings for people and programs.
enum StatisticsText {
  static func data(_ stats: CatalogueStatistics, _ catalogue: Catalogue) -> DataValue {
    .map([
      ("schema", .text("llmref/stats/1")), ("date", .text(catalogue.date?.text ?? Display.unknown)),
      ("digest", .text(catalogue.digest ?? Display.unknown)), ("models", .integer(stats.models)),
      ("routes", .integer(stats.routes)),
      ("listed_routes", .integer(stats.listedRoutes)), ("facts", .integer(stats.facts)),
      ("scores", .integer(stats.scores)),
      ("independent_models", .integer(stats.independentlyKnown)),
      ("disputed_models", .integer(stats.disputed)),
      ("aliases", .integer(catalogue.frame.aliases.all.count)),
      ("curated_aliases", .integer(curatedAliases(catalogue))),
      ("licences", .integer(catalogue.frame.licences.notes.count)),
      ("coverage", coverage(stats.coverage)), ("priced_models", .integer(stats.pricedTwice)),
      ("priced_coverage", coverage(stats.pricedCoverage)),
      (
        "sources",
        .list(
          catalogue.frame.sources.map { source in
            .map([
              ("id", .text(source.id.rawValue)), ("title", .text(source.title)),
              ("version", .text(source.version)),
              ("licence", .text(source.licence)), ("observed", .text(source.observed.text)),
              ("lineage", .text(source.lineage.rawValue)), ("sha256", .text(source.digest)),
            ])
          })
      ),
    ])
  }

  private static func coverage(_ rows: [(field: String, coverage: CatalogueStatistics.Coverage)]) -> DataValue
  {
    .map(
      rows.map {
        ($0.field, .map([("known", .integer($0.coverage.known)), ("of", .integer($0.coverage.of))]))
      })
  }

  private static func share(_ coverage: CatalogueStatistics.Coverage) -> String {
    guard coverage.of > 0 else { return "none" }
    let tenths = (coverage.known * 1000 + coverage.of / 2) / coverage.of
    return "\(number(coverage.known)) (\(ExactDecimal(reducing: Int128(tenths), exponent: -1).text)%)"
  }

  private static func number(_ value: Int) -> String { Display.grouped(String(value)) }

  static func text(_ stats: CatalogueStatistics, _ catalogue: Catalogue) -> String {
    var lines = [
      "Catalogue of \(catalogue.date?.text ?? Display.unknown), sha256 \(catalogue.digest ?? "none")",
      "\(number(stats.models)) models, \(number(stats.routes)) routes (\(number(stats.listedRoutes)) listed), \(number(stats.facts)) facts, \(number(stats.scores)) scores",
      "\(number(catalogue.frame.aliases.all.count)) aliases (\(number(curatedAliases(catalogue))) curated), \(number(stats.disputed)) models with a disputed fact",
      "",
      "Models for which a field is known, of the \(number(stats.independentlyKnown)) that two independent sources know,",
      "and of the \(number(stats.pricedTwice)) among them that two independent sources price:",
    ]
    for (row, priced) in zip(stats.coverage, stats.pricedCoverage) {
      lines.append(
        "  " + padded(row.field, 20) + padded(share(row.coverage), 18) + share(priced.coverage))
    }
    lines.append("\nSources:")
    for source in catalogue.frame.sources {
      lines.append(
        "  " + padded(source.id.rawValue, 16) + padded(source.observed.text, 12) + padded(source.licence, 12)
          + "\(source.title), \(source.version)")
    }
    return lines.joined(separator: "\n")
  }

  private static func curatedAliases(_ catalogue: Catalogue) -> Int {
    catalogue.frame.aliases.all.count { $0.source == SourceID("curated") }
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}

enum FindingsText {
  static func data(_ findings: [Finding]) -> DataValue {
    let byRule = Dictionary(grouping: findings, by: \.rule)
    return .map([
      ("schema", .text("llmref/findings/1")), ("count", .integer(findings.count)),
      (
        "rules",
        .list(
          order(byRule).map { rule in
            .map([
              ("rule", .text(rule)), ("meaning", .text(meaning(rule))),
              ("count", .integer(byRule[rule]?.count ?? 0)),
              (
                "findings",
                .list(
                  (byRule[rule] ?? []).map { finding in
                    .map([
                      ("severity", .text(finding.severity.rawValue)),
                      ("source", .text(finding.source?.rawValue ?? "catalogue")),
                      ("place", .text(finding.place)), ("message", .text(finding.message)),
                    ])
                  })
              ),
            ])
          })
      ),
    ])
  }

  static func text(_ findings: [Finding], most: Int) -> String {
    let byRule = Dictionary(grouping: findings, by: \.rule)
    var lines: [String] = []
    for rule in order(byRule) {
      let own = byRule[rule] ?? []
      lines.append("\(rule)  \(Display.counted(own.count, "finding"))\n  \(meaning(rule))")
      for finding in own.prefix(most) {
        lines.append("  - \(Display.harmless(finding.place)): \(Display.harmless(finding.message))")
      }
      if own.count > most {
        lines.append("  … \(own.count - most) more: llmref catalogue findings --rule \(rule)")
      }
    }
    return lines.isEmpty ? "no findings" : lines.joined(separator: "\n")
  }

  /// Every lint has its place, also with nothing found; then rules that only importers know.
  private static func order(_ byRule: [String: [Finding]]) -> [String] {
    let known = Lints.rules.map(\.rule)
    return known.filter { byRule[$0] != nil } + byRule.keys.filter { !known.contains($0) }.sorted()
  }

  private static func meaning(_ rule: String) -> String {
    Lints.rules.first { $0.rule == rule }?.meaning ?? "A value or record that an importer could not take."
  }
}

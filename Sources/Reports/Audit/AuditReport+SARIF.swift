import Auditing
import Documents
import Facts
import Pages
import TextFormats

/// The findings as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), which code hosts read.
extension AuditReport {
  /// - Parameter version: of the program, as `llmref --version` prints it.
  public func sarif(version: String) -> DataValue {
    .map([
      ("$schema", .text("https://json.schemastore.org/sarif-2.1.0.json")), ("version", .text("2.1.0")),
      (
        "runs",
        .list([
          .map([
            (
              "tool",
              .map([
                (
                  "driver",
                  .map([
                    ("name", .text("llmref")), ("version", .text(version)),
                    ("rules", .list(AuditFinding.Rule.allCases.map(Self.rule))),
                  ])
                )
              ])
            ),
            ("columnKind", .text("unicodeCodePoints")), ("results", .list(entries.map(Self.result))),
          ])
        ])
      ),
    ])
  }

  private static func rule(_ rule: AuditFinding.Rule) -> DataValue {
    .map([
      ("id", .text(rule.rawValue)), ("shortDescription", .map([("text", .text(rule.definition))])),
    ])
  }

  private static func result(_ entry: Entry) -> DataValue {
    .map([
      ("ruleId", .text(entry.finding.rule.rawValue)),
      ("ruleIndex", .integer(AuditFinding.Rule.allCases.firstIndex(of: entry.finding.rule) ?? -1)),
      ("level", .text(entry.finding.level.rawValue)),
      ("message", .map([("text", .text(entry.finding.message))])),
      (
        "locations",
        .list([
          .map([
            (
              "physicalLocation",
              .map([
                ("artifactLocation", .map([("uri", .text(address(of: entry.path)))])),
                (
                  "region",
                  .map([
                    ("startLine", .integer(entry.mention.line)),
                    ("startColumn", .integer(entry.mention.column)),
                    ("endColumn", .integer(entry.mention.column + entry.mention.id.utf8.count)),
                  ])
                ),
              ])
            )
          ])
        ])
      ),
      // An id may stand on other lines after the next commit: rule, file and id make the finding the same.
      (
        "partialFingerprints",
        .map([("ruleFileId/v1", .text("\(entry.finding.rule.rawValue):\(entry.path):\(entry.mention.id)"))])
      ),
    ])
  }

  /// A path as a relative reference of RFC 3986.
  private static func address(of path: String) -> String {
    PercentEncoding.encoded(path.hasPrefix("./") ? String(path.dropFirst(2)) : path, keepingSlashes: true)
  }
}

import Auditing
import Cataloguing
import Documents
import Facts
import Pages

/// What an audit found, by file and line.
public struct AuditReport: Sendable {
  public struct Entry: Sendable {
    public let path: String
    public let mention: Mention
    public let finding: AuditFinding
  }

  /// By path, line, column, then gravest first.
  public let entries: [Entry]
  /// Every mention, with and without findings.
  public let mentions: Int
  /// Different ids among them.
  public let ids: Int
  /// Different ids of which no source says whether they are still served.
  public let unconfirmed: Int
  public let files: Int
  public let bytes: Int
  /// Files longer than the limit, and what could not be read.
  public let skipped: [String]
  public let stamp: CatalogueStamp

  /// - Throws: `CatalogueError` for a catalogue whose bytes are broken.
  public init(
    _ audited: [AuditedFile], files: Int, bytes: Int, skipped: [String], auditor: Auditor,
    catalogue: Catalogue,
    asOf: CalendarDate
  ) throws(CatalogueError) {
    var auditor = auditor
    var entries: [Entry] = []
    var ids: Set<String> = []
    for file in audited.sorted(by: { $0.path < $1.path }) {
      for mention in file.mentions {
        ids.insert(mention.id)
        for finding in try auditor.findings(of: mention) {
          entries.append(Entry(path: file.path, mention: mention, finding: finding))
        }
      }
    }
    self.entries = entries
    unconfirmed = Set(entries.filter { $0.finding.rule == .unconfirmed }.map(\.mention.id)).count
    mentions = audited.reduce(0) { $0 + $1.mentions.count }
    self.ids = ids.count
    self.files = files
    self.bytes = bytes
    self.skipped = skipped.sorted()
    stamp = CatalogueStamp(catalogueDate: catalogue.date, digest: catalogue.digest, asOf: asOf, notices: [])
  }

  public func count(_ level: AuditFinding.Level) -> Int { entries.count { $0.finding.level == level } }

  /// Whether anything was found at a level or above.
  public func reaches(_ level: AuditFinding.Level) -> Bool { entries.contains { $0.finding.level >= level } }

  /// For people: a line a place and finding, then the sums.
  public var lines: [String] {
    var lines = entries.map { entry in
      "\(Display.harmless(entry.path)):\(entry.mention.line):\(entry.mention.column): \(entry.finding.level.rawValue): "
        + "\(Display.harmless(entry.finding.message)) [\(entry.finding.rule.rawValue)]"
    }
    if !entries.isEmpty { lines.append("") }
    lines.append(
      "\(mentions) mentions of \(ids) ids in \(files) files: \(count(.error)) errors, \(count(.warning)) warnings, "
        + "\(count(.note)) notes")
    if unconfirmed > 0 {
      lines.append(
        "\(Display.counted(unconfirmed, "id")): no source says whether \(unconfirmed == 1 ? "it is" : "they are") still served"
      )
    }
    if !skipped.isEmpty { lines.append("\(skipped.count) files were not read") }
    return lines
  }

  /// JSON of the form `llmref/audit/1`.
  public var data: DataValue {
    .map([
      ("schema", .text("llmref/audit/1")),
      ("catalogue", .map(catalogueParts)), ("as_of", .text(stamp.asOf.text)),
      ("files", .integer(files)), ("bytes", .integer(bytes)), ("mentions", .integer(mentions)),
      ("ids", .integer(ids)), ("unconfirmed", .integer(unconfirmed)),
      ("skipped", .texts(skipped)),
      (
        "findings",
        .list(
          entries.map { entry in
            .map(
              [
                ("rule", .text(entry.finding.rule.rawValue)), ("level", .text(entry.finding.level.rawValue)),
                ("id", .text(entry.mention.id)), ("path", .text(entry.path)),
                ("line", .integer(entry.mention.line)),
                ("column", .integer(entry.mention.column)), ("message", .text(entry.finding.message)),
                ("sources", .list(entry.finding.citations.map(Self.source))),
              ]
                + [
                  ("end", entry.finding.end?.text), ("successor", entry.finding.successor),
                  ("move_to", entry.finding.moveTo?.rawValue),
                ].compactMap { name, value in value.map { (name, .text($0)) } })
          })
      ),
    ])
  }

  private var catalogueParts: [(String, DataValue)] {
    [("date", stamp.catalogueDate.map { .text($0.text) }), ("sha256", stamp.digest.map { .text($0) })]
      .compactMap { name, value in
        value.map { (name, $0) }
      }
  }

  private static func source(_ citation: Citation) -> DataValue {
    .map([
      ("source", .text(citation.source.id.rawValue)), ("record", .text(citation.recordKey)),
      ("observed", .text(citation.observed.text)),
    ])
  }
}

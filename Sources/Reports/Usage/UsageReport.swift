import Cataloguing
import Documents
import Facts
import Metering
import Pages
import Pricing

/// What usage logs hold: sums of tokens, requests and charges, and what could not be read.
public struct UsageReport: Sendable {
  /// One log that was read.
  public struct Log: Sendable {
    public let name: String
    /// nil for an empty file.
    public let format: String?
    public let rows: Int
    public let notes: LogNotes

    public init(name: String, format: String?, rows: Int, notes: LogNotes) {
      self.name = name
      self.format = format
      self.rows = rows
      self.notes = notes
    }
  }

  public let totals: UsageTotals
  public let logs: [Log]
  public let problems: ProblemTally
  /// Only rows from this instant on, and up to this one, not including it.
  public let span: (since: Timestamp?, until: Timestamp?)
  public let stamp: CatalogueStamp

  public init(
    _ totals: UsageTotals, logs: [Log], problems: ProblemTally, span: (since: Timestamp?, until: Timestamp?),
    catalogue: Catalogue, asOf: CalendarDate
  ) {
    self.totals = totals
    self.logs = logs
    self.problems = problems
    self.span = span
    stamp = CatalogueStamp(catalogue, asOf: asOf)
  }

  public var document: Document {
    var sections = [
      Section(id: "introduction", title: "Usage", blocks: introduction)
    ]
    if !totals.dimensions.isEmpty, totals.total.rows > 0 {
      sections.append(Section(id: "groups", title: "By " + Display.listed(titles), blocks: [.table(table)]))
    }
    sections.append(Section(id: "logs", title: "Logs", blocks: logBlocks))
    if !problems.isEmpty {
      sections.append(Section(id: "problems", title: "Problems", blocks: problemBlocks))
    }
    return Document(kind: "usage-report", title: "Usage", stamp: stamp, sections: sections, data: data)
  }

  // MARK: Words

  private var introduction: [Block] {
    let total = totals.total
    guard total.rows > 0 else { return [.paragraph(["No row was read."])] }
    var words: [Run] = [.cell(.plain(Display.counted(total.rows, "row")))]
    words += [.text(" of "), .cell(requests(total)), .text(total.requests == 1 ? " request" : " requests")]
    if let since = span.since { words.append(.text(" since \(since.text)")) }
    if let until = span.until { words.append(.text(" until \(until.text)")) }
    words.append(.text("."))
    let parts: [[Run]] = total.units.map { unit in [.text(unit.title + ": "), .cell(count(total, unit))] }
    let charged: [Run] = [
      .text("Charged, as the logs say: "), .cell(self.charged(total)), .text(chargedNote(total)),
    ]
    return [.paragraph(words), .list(parts + [charged])]
  }

  private func chargedNote(_ group: UsageTotals.Group) -> String {
    group.chargedRows > 0 && group.chargedRows < group.rows
      ? ", told by \(Display.grouped(String(group.chargedRows))) of \(Display.counted(group.rows, "row"))"
      : ""
  }

  private var titles: [String] { totals.dimensions.map(\.text) }

  private var table: Table {
    let units: [BillableUnit] = [.input, .cacheRead, .cacheWrite, .output, .reasoning]
    let rows = totals.groups.map { group in
      Table.Row(
        group.values.first.map { Display.harmless($0 ?? Display.unknown) } ?? "",
        cells: group.values.dropFirst().map { [.cell(value($0))] } + [[.cell(requests(group))]]
          + units.map { [.cell(count(group, $0))] } + [[.cell(charged(group)), .text(chargedNote(group))]])
    }
    return Table(
      caption: "Tokens as logged, cached ones part of the input; US dollars as charged",
      head: titles.map(Display.capitalised) + ["Requests"] + units.map(\.title) + ["Charged"], rows: rows)
  }

  private func value(_ text: String?) -> Cell { text.map { .plain(Display.harmless($0)) } ?? .unknown }

  private func requests(_ group: UsageTotals.Group) -> Cell {
    Cell(Display.grouped(String(group.requests)), state: .plain, exact: String(group.requests))
  }

  private func count(_ group: UsageTotals.Group, _ unit: BillableUnit) -> Cell {
    let text = String(group[unit])
    return Cell(group.isTooLarge ? "too large" : Display.grouped(text), state: .plain, exact: text)
  }

  /// Unknown where no log says.
  private func charged(_ group: UsageTotals.Group) -> Cell {
    guard group.chargedRows > 0 else { return .unknown }
    let places = Display.decimals(for: [group.charged])
    let isExact = Display.isExact(group.charged, decimals: places)
    return Cell(
      (isExact ? "" : "about ") + Display.cost(group.charged, decimals: places), state: .plain,
      exact: group.charged.text)
  }

  private var logBlocks: [Block] {
    logs.isEmpty
      ? [.paragraph(["No log was read. Import one with `llmref usage import`, or name a file."])]
      : [
        .list(
          logs.map { log in
            [
              .text("\(Display.harmless(log.name)): "), .cell(.plain(Display.counted(log.rows, "row"))),
              .text(" read as \(log.format ?? "an empty file")\(Self.notes(log.notes))."),
            ]
          })
      ]
  }

  /// What a reader should know of a log besides its rows, as a clause behind it.
  public static func notes(_ notes: LogNotes) -> String {
    var words: [String] = []
    if let encoding = notes.encoding { words.append("in \(encoding)") }
    if notes.skipped > 0 { words.append("\(Display.counted(notes.skipped, "record")) without usage") }
    if notes.otherZones > 0 { words.append("\(Display.counted(notes.otherZones, "time")) converted to UTC") }
    if notes.untoldZones > 0 { words.append("\(Display.counted(notes.untoldZones, "time")) without a zone") }
    return words.isEmpty ? "" : "; " + words.joined(separator: ", ")
  }

  private static let mostShown = 50

  private var problemBlocks: [Block] {
    let counts: [[Run]] = problems.byReason.map { reason, count in
      [
        .text(reason.rawValue.replacing("_", with: " ") + ": "),
        .cell(.plain(Display.grouped(String(count)))),
      ]
    }
    var lines: [[Run]] = problems.listed.prefix(Self.mostShown).map { problem in
      [
        .text(
          "\(Display.harmless(problem.place.file)), line \(problem.place.line): \(Display.harmless(problem.message))"
        )
      ]
    }
    if problems.count > lines.count {
      lines.append([.text("… \(problems.count - lines.count) more; --json lists up to \(ProblemTally.most)")])
    }
    return [.list(counts), .list(lines)]
  }
}

import Cataloguing
import Documents
import Facts
import Metering
import Pages
import Pricing

/// What logs cost at the prices in force at each row's time, what they were charged, and what they would have cost elsewhere.
public struct RepriceReport: Sendable {
  /// One log that was read.
  public struct Log: Sendable {
    public let name: String
    /// Bytes as the file lies there.
    public let bytes: Int
    /// SHA-256 of those bytes; nil where it was not computed.
    public let digest: String?

    public init(name: String, bytes: Int, digest: String?) {
      self.name = name
      self.bytes = bytes
      self.digest = digest
    }
  }

  public let repricing: Repricing
  public let logs: [Log]
  public let stamp: CatalogueStamp
  /// Rows of a table that a page shows; JSON and CSV hold all.
  let mostRows: Int
  private let providers: [ProviderID: String]

  public init(
    _ repricing: Repricing, logs: [Log], catalogue: Catalogue, asOf: CalendarDate, mostRows: Int = 50
  ) {
    self.repricing = repricing
    self.logs = logs
    self.mostRows = mostRows
    stamp = CatalogueStamp(catalogue, asOf: asOf)
    var providers: [ProviderID: String] = [:]
    for rate in repricing.rates where providers[rate.provider] == nil {
      providers[rate.provider] = catalogue.frame.providerName(rate.provider)
    }
    self.providers = providers
  }

  public var document: Document {
    let isEmpty = total.rows == 0
    let opening: [Block] =
      isEmpty
      ? [.paragraph([.text("No row of the logs was priced.")])] : [.paragraph(cost), .paragraph(charged)]
    return .page(
      "reprice", title, stamp, opening: opening + notices.map { .notice([.text($0)]) },
      (isEmpty ? [] : tableSections + elsewhereSections) + problemSections + (isEmpty ? [] : [ratesSection])
        + [
          logsSection,
          .sources(stamp, reviewed: repricing.rates.compactMap(\.quoted.quote.evidence.oldest).min()),
        ],
      data: data)
  }

  private var title: String { "What the logs cost" }

  // MARK: Words

  private var total: Amounts { repricing.total }

  private var cost: [Run] {
    var runs: [Run] = [.cell(.plain(Display.counted(Int(clamping: total.requests), "request")))]
    if total.requests != total.rows {
      runs += [.text(" in "), .cell(.plain(Display.counted(Int(clamping: total.rows), "row")))]
    }
    let question = repricing.question
    if let since = question.since { runs.append(.text(" from \(since.text)")) }
    if let until = question.until { runs.append(.text(" up to \(until.text)")) }
    if total.rows > 0, !total.isKnown {
      runs += [
        .text(": the cost is "), .cell(.unknown), .text(", because "),
        .cell(.plain(Display.counted(Int(clamping: total.unknownRows), "row"))),
        .text(" used something that no source prices; its known part is "),
        .cell(RepriceCells.cost(total, repricing)),
      ]
    } else {
      runs += [.text(" cost "), .cell(RepriceCells.cost(total, repricing))]
    }
    runs.append(
      .text(
        ". Each row is priced at the list price of its route in force on its day in UTC, by the length of its own request."
      ))
    let later = Set(repricing.rates.filter { $0.grade == .seenLater }.map { "\($0.provider)/\($0.apiID)" })
      .count
    if later > 0 {
      runs.append(
        .text(
          " The prices of \(Display.counted(later, "route")) were seen on later days only: no source says what they were on the days of the rows."
        ))
    }
    return runs
  }

  private var charged: [Run] {
    guard let charge = total.chargedDollars else {
      return [.text("The logs do not say what was charged.")]
    }
    var runs: [Run] = [
      .text("The logs say that "), .cell(RepriceCells.dollars(charge)), .text(" was charged"),
    ]
    if total.chargedRows < total.rows {
      runs += [
        .text(", for "), .cell(.plain(Display.counted(Int(clamping: total.chargedRows), "row"))),
      ]
    }
    guard total.comparedRows > 0, let residual = RepriceCells.residual(total, repricing) else {
      return runs + [.text(".")]
    }
    let compared =
      total.comparedRows == total.rows ? "" : "For the rows that have both a charge and a known cost, "
    runs.append(.text(". " + (compared.isEmpty ? "That" : compared + "the charge") + " is "))
    if residual.isZero { return runs + [.text("exactly what the prices give.")] }
    let size =
      residual.isNegative ? ExactDecimal(reducing: -residual.mantissa, exponent: residual.exponent) : residual
    runs += [
      .cell(RepriceCells.dollars(size)),
      .text(residual.isNegative ? " less than the prices give." : " more than the prices give."),
    ]
    return runs
  }

  private var notices: [String] {
    var notices: [String] = []
    let question = repricing.question
    if !question.adjustments.isEmpty {
      let changes = question.adjustments.map {
        "\(Display.harmless($0.name)) \($0.percent.isNegative ? "" : "+")\($0.percent.text)%"
      }
      notices.append(
        "Costs are changed by \(Display.listed(changes)), each applied to what the ones before it left. Costs on other routes are not."
      )
    }
    let problems = repricing.problems.total
    if problems > 0 {
      notices.append(
        "\(Display.counted(problems, "row")) could not be read or resolved and \(problems == 1 ? "is" : "are") in no sum; see Problems."
      )
    }
    if repricing.leftOut > 0 {
      notices.append(
        "\(Display.counted(repricing.leftOut, "row")) outside the days asked for \(repricing.leftOut == 1 ? "is" : "are") left out."
      )
    }
    if repricing.zonesUntold > 0 {
      let zone = question.reading.offset == 0 ? "UTC" : "the zone given with --zone"
      notices.append(
        "\(Display.counted(repricing.zonesUntold, "time")) had no zone and \(repricing.zonesUntold == 1 ? "was" : "were") read as \(zone)."
      )
    }
    if repricing.uncompared > 0 {
      notices.append(
        "Rows were compared with the first \(Display.grouped("6000000")) to find those that stand twice; \(Display.counted(repricing.uncompared, "row")) came later and could stand twice among themselves."
      )
    }
    return notices
  }

  private var problemSections: [Section] {
    let book = repricing.problems
    guard book.total > 0 else { return [] }
    let counts: [[Run]] = RowProblem.Reason.allCases.compactMap { reason in
      guard let rows = book.rows[reason] else { return nil }
      return [
        .text(RepriceCells.words(reason) + ": "), .cell(.plain(Display.counted(rows, "row"))),
      ]
    }
    let shown = book.entries.sorted { ($1.rows, $0.message) < ($0.rows, $1.message) }.prefix(mostRows)
    let rows = shown.map { entry in
      let places = entry.places.map {
        "\(Display.harmless($0.file)), line \(Display.grouped(String($0.line)))"
      }
      return Table.Row(
        Display.harmless(entry.message),
        cells: [
          [.text(RepriceCells.words(entry.reason))], [.cell(.plain(Display.grouped(String(entry.rows))))],
          [.text(places.joined(separator: "; ") + (entry.rows > entry.places.count ? "; …" : ""))],
        ])
    }
    let rest = book.entries.count - shown.count
    return [
      Section(
        id: "problems", title: "Problems",
        blocks: [
          .list(counts),
          .table(
            Table(
              caption: "What is wrong, and where first", head: ["Problem", "Reason", "Rows", "Where"],
              rows: Array(rows))),
        ]
          + (rest > 0
            ? [
              .paragraph([
                .text("\(Display.counted(rest, "more kind", "more kinds")) of problems; --json lists them.")
              ])
            ] : []))
    ]
  }

  private var logsSection: Section {
    let rows = logs.map { log in
      Table.Row(
        Display.harmless(log.name),
        cells: [
          [.cell(.plain(Display.grouped(String(log.bytes))))],
          log.digest.map { [.cell(.plain($0))] } ?? [.text("not computed; --digest asks for it")],
        ])
    }
    return Section(
      id: "logs", title: "Logs",
      blocks: [.table(Table(caption: "What was read", head: ["Log", "Bytes", "SHA-256"], rows: rows))])
  }

  func providerName(_ id: ProviderID) -> String { Display.harmless(providers[id] ?? id.rawValue) }
}

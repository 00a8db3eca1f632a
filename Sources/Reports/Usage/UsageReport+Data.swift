import Documents
import Facts
import Metering
import Pages
import Pricing

extension UsageReport {
  /// The report as `Schemas/usage-report-1.schema.json` defines it.
  var data: DataValue {
    var members: [(String, DataValue)] = [
      ("schema", .text("llmref/usage-report/1")), ("by", .texts(totals.dimensions.map(\.text))),
    ]
    if let since = span.since { members.append(("since", .text(since.text))) }
    if let until = span.until { members.append(("until", .text(until.text))) }
    members += [
      ("total", .map(Self.sums(totals.total))),
      (
        "groups",
        .list(
          totals.groups.map { group in
            let values = zip(totals.dimensions, group.values).map { dimension, value in
              (dimension.text, DataValue.text(value ?? Display.unknown))
            }
            return .map(values + Self.sums(group))
          })
      ),
      ("logs", .list(logs.map { UsageData.log($0.name, $0.format, rows: $0.rows, $0.notes) })),
      ("problems", UsageData.counts(problems)), ("listed", UsageData.listed(problems)),
    ]
    return .map(members)
  }

  private static func sums(_ group: UsageTotals.Group) -> [(String, DataValue)] {
    [
      ("rows", .integer(group.rows)), ("requests", .text(String(group.requests))),
      ("usage", .map(group.units.map { ($0.usageKey, .text(String(group[$0]))) })),
      ("charged_usd", .text(group.chargedRows > 0 ? group.charged.text : Display.unknown)),
      ("charged_rows", .integer(group.chargedRows)),
    ]
  }
}

/// Parts that the JSON of reports and imports share.
public enum UsageData {
  public static func log(_ name: String, _ format: String?, rows: Int, _ notes: LogNotes) -> DataValue {
    .map([("file", .text(name))] + logMembers(format, rows: rows, notes))
  }

  public static func logMembers(_ format: String?, rows: Int, _ notes: LogNotes) -> [(String, DataValue)] {
    [
      ("format", .text(format ?? "empty")), ("encoding", .text(notes.encoding ?? "UTF-8")),
      ("rows", .integer(rows)), ("skipped", .integer(notes.skipped)),
      ("converted_times", .integer(notes.otherZones)), ("times_without_zone", .integer(notes.untoldZones)),
    ]
  }

  /// Each reason with its count.
  public static func counts(_ problems: ProblemTally) -> DataValue {
    .list(
      problems.byReason.map { .map([("reason", .text($0.reason.rawValue)), ("count", .integer($0.count))]) })
  }

  /// The first problems with file, line, reason and message.
  public static func listed(_ problems: ProblemTally) -> DataValue {
    .list(
      problems.listed.map { problem in
        .map([
          ("file", .text(problem.place.file)), ("line", .integer(problem.place.line)),
          ("reason", .text(problem.reason.rawValue)), ("message", .text(problem.message)),
        ])
      })
  }
}

import Facts
import Pricing
import TextFormats

/// A table, or flat JSON lines, of which the reader says what each column holds; see ``ColumnMap``.
///
/// Tables are read as RFC 4180 defines them, with a header. In JSON lines a column may be a path: `usage.prompt_tokens`.
struct MappedTable: UsageFormat {
  static let name = "csv"
  static let title = "a table with a column map"

  private let columns: [String: String]

  /// Only the reader can say.
  static func fits(_ sample: LogSample) -> Bool { false }

  init(_ options: UsageLogReader.Options) { columns = options.columns?.columns ?? [:] }

  func read(_ record: JSONValue, into sink: inout RowSink) {
    sink.row { row, sink throws(RowFault) in
      row.time = try sink.time(value("time", record))
      row.provider = value("provider", record)?.word
      row.model = value("model", record)?.word
      for unit in BillableUnit.allCases where unit != .request {
        try row.add(unit, value(unit.usageKey, record), columns[unit.usageKey] ?? unit.usageKey)
      }
      if let requests = value("requests", record) { row.requests = try requests.count("requests") }
      // A table's own words for a tier may be any; those that name no price are standard.
      row.mode = value("mode", record)?.word.flatMap { PriceMode(rawValue: $0) ?? ServedTier.mode($0) }
      row.charged = try value("charged_usd", record).map { value throws(RowFault) in
        try value.dollars(columns["charged_usd"] ?? "charged_usd")
      }
      row.key = value("key", record)?.word
      row.requestID = value("id", record)?.word
      for (name, _) in columns where name.hasPrefix("tag:") {
        row.tag(String(name.dropFirst(4)), value(name, record))
      }
    }
  }

  private func value(_ name: String, _ record: JSONValue) -> JSONValue? {
    guard let column = columns[name] else { return nil }
    if let value = record[column] { return value.given }
    var value = record
    for key in column.split(separator: ".") {
      guard let next = value[String(key)] else { return nil }
      value = next
    }
    return value.given
  }
}

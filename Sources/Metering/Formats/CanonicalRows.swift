import Facts
import Pricing
import TextFormats

/// Our own rows: `Schemas/usage-row-1.schema.json` defines them. JSON lines, or a table with the same names as columns.
struct CanonicalRows: UsageFormat {
  static let name = "rows"
  static let title = "canonical rows of LLM Reference"
  static let isGeneral = true

  static func fits(_ sample: LogSample) -> Bool {
    sample.records.contains { record in
      record["model"]?.string != nil
        && (record["input"]?.numberText ?? record["output"]?.numberText).map {
          (try? ExactDecimal(parsing: $0)) != nil
        }
          == true
        && record["usage"] == nil && record["type"] == nil
    }
  }

  init(_ options: UsageLogReader.Options) {}

  func read(_ record: JSONValue, into sink: inout RowSink) {
    sink.row { row, sink throws(RowFault) in
      row.time = try sink.time(record["time"])
      row.provider = record["provider"]?.given?.word
      row.model = record["model"]?.word
      for unit in BillableUnit.allCases where unit != .request {
        try row.add(unit, record[unit.usageKey], unit.usageKey)
      }
      if let requests = record["requests"]?.given { row.requests = try requests.count("requests") }
      row.mode = try record["mode"]?.given.map { value throws(RowFault) in try Self.mode(value) }
      row.charged = try record["charged_usd"]?.given.map { value throws(RowFault) in
        try value.dollars("charged_usd")
      }
      row.key = record["key"]?.given?.word
      row.requestID = record["id"]?.given?.word
      for tag in record["tags"]?.nested?.object?.members ?? [] { row.tag(tag.key, tag.value) }
    }
  }

  /// A mode by our own name, or by a provider's word for it.
  static func mode(_ value: JSONValue) throws(RowFault) -> PriceMode {
    let word = value.word
    guard let mode = word.flatMap(PriceMode.init) ?? ServedTier.mode(word) else {
      let known = PriceMode.allCases.map(\.rawValue).joined(separator: ", ")
      throw RowFault(.malformed, "mode is \(value.asWritten.bounded), none of \(known)")
    }
    return mode
  }
}

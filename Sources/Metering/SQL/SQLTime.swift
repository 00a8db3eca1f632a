import Facts

/// How a log's table keeps the instant of a request.
public enum TimeKind: String, CaseIterable, Hashable, Sendable {
  /// A timestamp, or text as ISO 8601; whichever it is, without a zone it is UTC.
  case any
  /// A timestamp of the engine; without a zone it is UTC.
  case timestamp
  /// Whole seconds from 1970-01-01 in UTC.
  case seconds
  case milliseconds
}

extension SQLDialect {
  /// The forms of ISO 8601 that ``Timestamp`` reads, with hours and minutes of a day that exist.
  private static let isoPattern =
    "^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])([Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?([Zz]|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)?)?$"
  private static let zonePattern = "^.{13}.*([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)$"

  /// Seconds from 1970-01-01 in UTC as a whole number; NULL for what is no time.
  func seconds(_ column: String, _ kind: TimeKind) -> String {
    switch kind {
    case .seconds: cast(column, to: countType)
    case .milliseconds: cast(floorDivision(cast(column, to: countType), 1000), to: countType)
    case .timestamp: timestampSeconds(column)
    case .any: anySeconds(column)
    }
  }

  /// A whole number divided by another, rounded towards negative infinity.
  func floorDivision(_ dividend: String, _ divisor: Int) -> String {
    let rest = "((\(dividend)) % \(divisor) + \(divisor)) % \(divisor)"
    switch self {
    case .duckdb: return "((\(dividend)) - \(rest)) // \(divisor)"
    case .clickhouse: return "intDiv((\(dividend)) - \(rest), \(divisor))"
    case .postgres: return "((\(dividend)) - \(rest)) / \(divisor)"
    case .spark: return "((\(dividend)) - \(rest)) div \(divisor)"
    }
  }

  private func timestampSeconds(_ column: String) -> String {
    switch self {
    case .duckdb: floorDivision("epoch_us(\(column))", 1_000_000)
    case .clickhouse: cast("toUnixTimestamp(\(column))", to: "Int64")
    case .postgres: "CAST(floor(extract(epoch FROM \(column))) AS BIGINT)"
    case .spark: "unix_seconds(CAST(\(column) AS TIMESTAMP))"
    }
  }

  private func anySeconds(_ column: String) -> String {
    let text = self == .clickhouse ? "toString(\(column))" : "CAST(\(column) AS \(textType))"
    let isTime = matches(text, Self.isoPattern)
    let hasZone = matches(text, Self.zonePattern)
    switch self {
    case .duckdb:
      let zoned = floorDivision("epoch_us(TRY_CAST(\(text) AS TIMESTAMPTZ))", 1_000_000)
      let plain = floorDivision("epoch_us(TRY_CAST(\(text) AS TIMESTAMP))", 1_000_000)
      return "CASE WHEN NOT \(isTime) THEN NULL WHEN \(hasZone) THEN \(zoned) ELSE \(plain) END"
    case .postgres:
      // There is no cast that gives NULL for the 30th of February.
      let lastDay =
        "extract(day FROM make_date(CAST(substr(\(text), 1, 4) AS INT), CAST(substr(\(text), 6, 2) AS INT), 1) + INTERVAL '1 month - 1 day')"
      let zoned = "CASE WHEN \(hasZone) THEN \(text) ELSE \(text) || ' UTC' END"
      return
        "CASE WHEN \(isTime) THEN CASE WHEN CAST(substr(\(text), 9, 2) AS INT) <= \(lastDay) THEN CAST(floor(extract(epoch FROM CAST(\(zoned) AS TIMESTAMPTZ))) AS BIGINT) END END"
    case .clickhouse:
      let parsed = cast(
        "toUnixTimestamp(parseDateTime64BestEffortOrNull(\(text), 0, 'UTC'))", to: "Int64")
      return
        "if(toTypeName(\(column)) LIKE '%String%', if(\(isTime), \(parsed), NULL), \(timestampSeconds(column)))"
    case .spark:
      // Spark reads a zone only after seconds, and a text without one in the zone of the session, as it writes timestamps.
      let whole =
        "CASE WHEN length(\(text)) = 10 THEN concat(\(text), ' 00:00:00') ELSE regexp_replace(\(text), '^(.{13}:[0-9]{2})([Zz+-].*)?$', '$1:00$2') END"
      let zoned =
        "CASE WHEN \(hasZone) OR typeof(\(column)) <> 'string' THEN \(whole) ELSE concat(\(whole), 'Z') END"
      return "CASE WHEN \(isTime) THEN unix_seconds(try_cast(upper(\(zoned)) AS TIMESTAMP)) END"
    }
  }
}

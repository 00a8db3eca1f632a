import Facts
import Pricing

/// What the statement reads of a row of a log.
public enum LogColumn: Hashable, Sendable {
  case time, provider, model, mode, key
  /// What the log says was charged, in US dollars.
  case charged
  /// A count; of requests it is how many the row sums.
  case count(BillableUnit)

  /// As `--columns` writes it: `time`, `model`, `input`, `cache_read`, `requests` …
  public var name: String {
    switch self {
    case .time: "time"
    case .provider: "provider"
    case .model: "model"
    case .mode: "mode"
    case .key: "key"
    case .charged: "charged_usd"
    case .count(let unit): unit.usageKey
    }
  }

  public static let all: [LogColumn] =
    [.time, .provider, .model, .mode, .key, .charged] + BillableUnit.allCases.map { .count($0) }

  public init?(name: String) {
    guard let column = Self.all.first(where: { $0.name == name }) else { return nil }
    self = column
  }
}

/// Where a log lies and which of its columns say what.
public struct LogTable: Sendable {
  public enum Place: Hashable, Sendable {
    /// The parts of a table's name: schema and table, or table alone.
    case table([String])
    case file(String)
  }

  /// How a column is read.
  public enum Reading: Hashable, Sendable {
    case column(String)
    /// An expression of the engine, from a ready map; never a user's.
    case expression(String)
  }

  public let place: Place
  public let columns: [LogColumn: Reading]
  public let timeKind: TimeKind
  /// Whether the log's input leaves out what a cache read or wrote.
  public let excludesCache: Bool
  /// Rows before are left out.
  public var since: Timestamp?
  /// Rows from then on are left out.
  public var until: Timestamp?
  /// What follows the table's name: `FINAL`, a condition of a ready map.
  let suffix: String
  /// The condition that a row of the log meets; of a ready map.
  let condition: String?

  /// The columns that a log has unless it is told: those of the usage keys that most logs fill.
  public static let usualColumns: [LogColumn] =
    [.time, .provider, .model, .mode, .key]
    + [.input, .cacheRead, .cacheWrite, .cacheWriteHour, .output, .reasoning, .request].map { .count($0) }

  init(
    place: Place, columns: [LogColumn: Reading], timeKind: TimeKind, excludesCache: Bool, suffix: String = "",
    condition: String? = nil
  ) {
    self.place = place
    self.columns = columns
    self.timeKind = timeKind
    self.excludesCache = excludesCache
    self.suffix = suffix
    self.condition = condition
  }

  /// A table or file of the reader's own.
  ///
  /// - Parameter columns: `time=created_at,model=name,input=prompt_tokens`; nil or empty is ``usualColumns`` under their own
  ///   names. The time may say how it is kept: `time=ts:seconds`.
  /// - Throws: `SQLProblem` for columns that no log has.
  public init(_ place: Place, columns text: String?, excludesCache: Bool) throws(SQLProblem) {
    var columns: [LogColumn: Reading] = [:]
    var kind = TimeKind.any
    for part in (text ?? "").split(separator: ",") {
      let sides = part.split(separator: "=", maxSplits: 1).map { $0.trimmed }
      guard let name = sides.first, let column = LogColumn(name: name) else {
        throw .unknownColumn(String(part))
      }
      var source = sides.count == 2 ? sides[1] : name
      if column == .time, let colon = source.lastIndex(of: ":"),
        let own = TimeKind(rawValue: String(source[source.index(after: colon)...]))
      {
        kind = own
        source = String(source[..<colon])
      }
      guard !source.isEmpty else { throw .badIdentifier(source) }
      columns[column] = .column(source)
    }
    if columns.isEmpty {
      for column in Self.usualColumns { columns[column] = .column(column.name) }
    }
    guard columns[.model] != nil else { throw .unknownColumn("none for model") }
    self.init(place: place, columns: columns, timeKind: kind, excludesCache: excludesCache)
  }

  /// The condition that a row stands in the time asked for; nil where all times are. A row without a time stays, for its
  /// problem.
  ///
  /// - Parameter second: the column of its seconds from 1970-01-01.
  func isAskedFor(_ second: String) -> String? {
    let bounds =
      (since.map { ["\(second) >= \($0.seconds)"] } ?? [])
      + (until.map { ["\(second) < \($0.seconds)"] } ?? [])
    return bounds.isEmpty ? nil : "\(second) IS NULL OR (\(bounds.joined(separator: " AND ")))"
  }

  /// The units that the statement counts, in the order of `BillableUnit`: those of the log, requests, and the writes to a cache
  /// that those for an hour are part of.
  public var units: [BillableUnit] {
    BillableUnit.allCases.filter {
      columns[.count($0)] != nil || $0 == .request
        || ($0 == .cacheWrite && columns[.count(.cacheWriteHour)] != nil)
    }
  }
}

extension LogTable.Place {
  /// A table's name with its schema: `logs.usage`, `"my.schema".usage`.
  ///
  /// - Throws: `SQLProblem.badIdentifier` for an open quote or an empty part.
  public static func table(named text: String) throws(SQLProblem) -> LogTable.Place {
    var parts: [String] = []
    var part = ""
    var isQuoted = false
    var wasQuoted = false
    var rest = Substring(text)
    while let character = rest.popFirst() {
      if character == "\"" {
        if isQuoted, rest.first == "\"" {
          part.append(character)
          rest.removeFirst()
        } else {
          guard isQuoted || part.isEmpty else { throw .badIdentifier(text) }
          isQuoted.toggle()
          wasQuoted = true
        }
      } else if character == ".", !isQuoted {
        parts.append(part)
        (part, wasQuoted) = ("", false)
      } else {
        guard isQuoted || !wasQuoted else { throw .badIdentifier(text) }
        part.append(character)
      }
    }
    parts.append(part)
    guard !isQuoted, parts.allSatisfy({ !$0.isEmpty }), parts.count <= 3 else { throw .badIdentifier(text) }
    return .table(parts)
  }
}

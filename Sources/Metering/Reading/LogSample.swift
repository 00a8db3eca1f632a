import TextFormats

/// The first records of a log, by which its format is told.
struct LogSample {
  enum Shape: Sendable {
    /// A JSON object a line.
    case lines
    /// One JSON document.
    case document
    /// Comma-separated values with a header.
    case table
  }

  let shape: Shape
  /// The first records that read; rows of a table are objects of texts.
  let records: [JSONValue]
  /// The header of a table, and its line as it stands.
  let columns: [String]
  let header: [UInt8]

  /// Whether all of some columns stand in the header.
  func has(columns wanted: String...) -> Bool { wanted.allSatisfy(columns.contains) }

  /// How many records are read at most to tell a format.
  private static let most = 200

  /// - Parameters:
  ///   - bytes: the start of the file, in UTF-8.
  ///   - isWhole: whether the bytes are the whole file, so that the last line is complete.
  init(_ bytes: [UInt8], isWhole: Bool) {
    var lines = bytes.split(separator: 0x0A, maxSplits: Self.most, omittingEmptySubsequences: false)
    if !isWhole || lines.count > Self.most { lines.removeLast() }
    let texts = lines.map { line in Array(line.last == 0x0D ? line.dropLast() : line) }.filter { line in
      !line.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }
    let objects = texts.compactMap { text in
      text.first(where: { $0 != 0x20 && $0 != 0x09 }) == UInt8(ascii: "{")
        ? try? JSONReader.read(text, limits: UsageLogReader.lineLimits) : nil
    }
    let start = bytes.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
    // Nothing follows a whole document, so a first line that is whole makes a file of lines. A cut first line must not hide that
    // the others are records; a document with its records on lines has commas behind them.
    let isFirstWhole = texts.first.map {
      (try? JSONReader.read($0, limits: UsageLogReader.lineLimits))?.object != nil
    }
    if isFirstWhole == true || !objects.isEmpty && objects.count * 2 >= texts.count {
      shape = .lines
      records = objects.flatMap(Self.records)
      (columns, header) = ([], [])
    } else if start == UInt8(ascii: "{") || start == UInt8(ascii: "[") {
      shape = .document
      records = isWhole ? DocumentRecords(bytes).records : []
      (columns, header) = ([], [])
    } else {
      shape = .table
      header = texts.first ?? []
      var splitter = TableSplitter(header: header, longest: UsageLogReader.lineLimits.size)
      columns = splitter.columns
      var rows: [JSONValue] = []
      let names = columns
      splitter.feed(bytes) { record, _ in
        if rows.count < Self.most, case .fields(let fields) = record {
          rows.append(Self.object(names, fields))
        }
      }
      records = rows
    }
  }

  /// The sample of a document whose records are read.
  init(_ records: [JSONValue]) {
    (shape, columns, header) = (.document, [], [])
    self.records = Array(records.prefix(Self.most))
  }

  /// The records in a JSON value: those of a list, those of a page of an API under `data`, or the value itself.
  static func records(of value: JSONValue) -> [JSONValue] {
    if case .array(let values) = value { return values.flatMap(records) }
    if let values = value["data"]?.array, !values.isEmpty, values.allSatisfy({ $0.object != nil }),
      value["usage"] == nil
    {
      return values
    }
    return [value]
  }

  /// A row of a table as an object; what is empty is left out, and the first of columns with one name counts.
  static func object(_ columns: [String], _ fields: [String]) -> JSONValue {
    var object = JSONObject()
    for (column, field) in zip(columns, fields) where !field.isEmpty {
      _ = object.insert(column, .string(field))
    }
    return .object(object)
  }
}

import TextFormats

/// How a log is read: line by line by a scanner, or piece by piece by the reader of its format.
enum LogForm {
  case lines(RowKeys, any UsageFormat)
  case table(TablePlan, any UsageFormat)
  case other

  /// What a scanner must know of a table.
  struct TablePlan {
    /// The first line without its end.
    let header: [UInt8]
    /// Bytes up to the first row.
    let headerSize: Int
    let separator: UInt8
    let columns: [RowField]
  }

  /// - Parameters:
  ///   - head: the log's first bytes.
  ///   - isWhole: whether they are the whole log.
  init(
    head: [UInt8], isWhole: Bool, file: String, options: UsageLogReader.Options, labels: [String]
  ) {
    self = .other
    // Another encoding is converted by the reader.
    guard LogDecoder(start: head).encoding == .utf8 else { return }
    let sample = LogSample(head, isWhole: isWhole)
    guard let format = try? UsageFormats.choose(for: sample, file: file, options) else { return }
    switch (sample.shape, format) {
    case (.lines, is CanonicalRows): self = .lines(RowKeys(.rows, labels: labels), format)
    case (.lines, is OpenAIResponses): self = .lines(RowKeys(.responses, labels: labels), format)
    case (.table, is CanonicalRows), (.table, is MappedTable):
      guard let end = head.firstIndex(of: JSONScan.lineFeed) else { return }
      let header = Array(head[..<end].prefix { $0 != 0x0D })
      guard let columns = Self.columns(sample.columns, options.columns, labels) else { return }
      let plan = TablePlan(
        header: header, headerSize: end + 1, separator: TableSplitter.separator(of: header), columns: columns)
      self = .table(plan, format)
    default: return
    }
  }

  /// nil where a column holds what a scanner does not read, or two hold the same.
  private static func columns(_ names: [String], _ map: ColumnMap?, _ labels: [String]) -> [RowField]? {
    let keys = RowKeys(.rows, labels: labels)
    var fields: [RowField] = []
    for (place, name) in names.enumerated() {
      var field = RowField.other
      // Of columns with one name the first counts.
      if !names[..<place].contains(name) {
        if let map {
          let own = map.columns.filter { $0.value == name }.map(\.key)
          guard own.count < 2 else { return nil }
          field = own.first.map { column($0, keys) } ?? .other
        } else {
          field = keys.field(name, in: .row)
        }
      }
      guard field != .odd, !field.isObject, field == .other || !fields.contains(field) else { return nil }
      fields.append(field)
    }
    return fields.isEmpty ? nil : fields
  }

  private static func column(_ name: String, _ keys: RowKeys) -> RowField {
    name.hasPrefix("tag:") ? keys.label(String(name.dropFirst(4))) ?? .other : keys.field(name, in: .row)
  }
}

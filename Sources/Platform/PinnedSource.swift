import CEmbeddedPolicy
import Facts
import TextFormats

/// A source as `Data/policy/sources.json` lists it: the package it comes in, and what a citation says of it.
public struct PinnedSource: Sendable {
  public let id: SourceID
  public let package: String
  public let version: String
  /// The file of the package that holds the data.
  public let member: String
  /// How the member becomes what the importer reads, in the words of `scripts/fetch_sources.py`.
  public let extract: String
  /// The name of what was extracted: `metergraph.yaml`.
  public let file: String
  /// SHA-256 of the extracted bytes; nil where they may depend on the machine.
  public let extractedDigest: String?
  /// The source as the pinned package has it.
  public let description: SourceDescription

  /// - Parameter place: the file, for messages.
  init(_ entry: JSONValue, place: String) throws {
    func text(_ key: String) throws -> String {
      guard let text = entry[key]?.string else {
        throw FileProblem(place, "a source has a \(key)", hint: "add it")
      }
      return text
    }
    let states = (entry["states"]?.array ?? []).compactMap(\.string)
    if let word = states.first(where: { !SourceDescription.statable.contains($0) }) {
      throw FileProblem(
        place, "\(word.bounded) is not a field that a source states",
        hint: "write a unit, a mode, tier, hours, when(residency) or a field such as max_output")
    }
    let written = try text("proves")
    guard let proves = SourceProof(rawValue: written) else {
      throw FileProblem(
        place, "\(written.bounded) is nothing that a row of a source proves",
        hint: "write \(SourceProof.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    id = SourceID(try text("id"))
    package = try text("package")
    version = try text("version")
    member = try text("member")
    extract = try text("extract")
    file = try text("file")
    extractedDigest = entry["extracted_sha256"]?.string
    description = SourceDescription(
      id: id, title: try text("title"), version: package + " " + version, licence: try text("licence"),
      homepage: entry["homepage"]?.string, observed: try CalendarDate(parsing: try text("observed")),
      digest: try text("sha256"), lineage: SourceID(try text("lineage")), correction: try text("correction"),
      states: Set(states), proves: proves)
  }

  /// The sources that this program was built with.
  public static func embedded() throws -> [PinnedSource] {
    let bytes = Array(UnsafeBufferPointer(start: llmref_sources_bytes(), count: llmref_sources_size()))
    return try (try JSONReader.read(bytes, file: "sources.json"))["sources"]?.array?.map {
      try PinnedSource($0, place: "sources.json")
    } ?? []
  }

  /// The script that downloads packages and extracts their members.
  static var script: [UInt8] {
    Array(UnsafeBufferPointer(start: llmref_fetch_bytes(), count: llmref_fetch_size()))
  }
}

import Facts
import TextFormats

/// What a run is, as its store keeps it: all that a worker on another machine needs, but for the keys.
package struct RunDescription: Hashable, Sendable {
  /// Routes, most tokens and trials.
  package let file: RouteFile
  package let keeping: AnswerKeeping
  /// Decides the order of cells and all jitter.
  package let seed: UInt64
  package let startedAt: Timestamp
  /// SHA-256 of the prompts file.
  package let promptsDigest: String
  package let prompts: Int
  /// The definitions by which its cells are measured; see `CellKey.metricVersion`.
  package let metricVersion: Int

  package static let version = 1

  package init(
    file: RouteFile, keeping: AnswerKeeping, seed: UInt64, startedAt: Timestamp, promptsDigest: String,
    prompts: Int, metricVersion: Int = CellKey.metricVersion
  ) {
    self.file = file
    self.keeping = keeping
    self.seed = seed
    self.startedAt = startedAt
    self.promptsDigest = promptsDigest
    self.prompts = prompts
    self.metricVersion = metricVersion
  }

  package var text: String {
    JSONValue.members([
      "version": .number(Self.version), "started_at": .string(startedAt.text), "seed": .string(String(seed)),
      "answers": .string(keeping.rawValue), "prompts_sha256": .string(promptsDigest),
      "prompts": .number(prompts),
      "metrics": .number(metricVersion),
      "file": file.value,
    ]).text
  }

  /// Reads what ``text`` wrote.
  /// - Throws: `RecordError` for anything else.
  package init(reading text: String) throws(RecordError) {
    guard let value = try? JSONReader.read(Array(text.utf8)) else {
      throw RecordError("the run", "is no JSON")
    }
    let members = try RecordMembers(value, "the run")
    let version = try members.integer("version")
    guard version == Self.version else { throw RecordError("version", "\(version) is not \(Self.version)") }
    guard let document = members["file"], let seed = UInt64(try members.text("seed")),
      let started = try? Timestamp(parsing: try members.text("started_at"))
    else { throw RecordError("the run", "lacks its file, seed or start") }
    let (file, problems) = RouteFile.read(document, file: "stored run")
    guard let file else { throw RecordError("file", problems.first?.description ?? "is no routes file") }
    self.init(
      file: file, keeping: try members.choice("answers", AnswerKeeping.self), seed: seed, startedAt: started,
      promptsDigest: try members.text("prompts_sha256"), prompts: try members.count("prompts"),
      metricVersion: try members.count("metrics"))
  }
}

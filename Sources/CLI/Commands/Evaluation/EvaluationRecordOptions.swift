import ArgumentParser
import Evaluating
import EvaluationStore
import Facts
import Platform
import TextFormats

/// Where the records of an evaluation come from: a run of a store, or a file of records.
struct EvaluationRecordOptions: ParsableArguments {
  @Argument(help: "The run's id; the newest when left out.") var run: String?
  @OptionGroup var store: EvaluationStoreOptions
  @Option(
    name: .long,
    help: ArgumentHelp("Read records from a file of JSON lines in place of a store.", valueName: "FILE"))
  var records: String?

  /// What is known of an evaluation beside its records.
  struct Origin {
    let name: String
    /// nil for a file of records.
    let description: RunDescription?
    let clusters: [String: String]
    let planned: [String: Int]
  }

  /// Opens the records. What cannot be read is a problem for the person who asked.
  func open() async throws -> EvaluationRecords {
    if let records {
      guard Files.exists(records) else {
        throw CommandProblem("no file \(records.bounded)", hint: "name a file that `llmref eval` wrote")
      }
      return .file(records)
    }
    do {
      let place = try store.place()
      if case .file(let path) = place, !Files.exists(path) {
        throw CommandProblem(
          "there is no store \(path.bounded)",
          hint: "start a run with `llmref eval run`, or name one with --store")
      }
      let opened = try await store.open()
      let runs = try await opened.runs()
      guard let found = run == nil ? runs.first : runs.first(where: { $0.id == run }) else {
        throw CommandProblem(
          run.map { "the store has no run \($0.bounded)" } ?? "the store has no run yet",
          hint: runs.isEmpty
            ? "start one with `llmref eval run`"
            : "its runs are \(runs.prefix(8).map(\.id.bounded).joined(separator: ", "))")
      }
      return .store(opened, found)
    } catch let problem as StoreProblem {
      throw CommandProblem("\(problem)")
    }
  }
}

/// Records that are read one after another.
enum EvaluationRecords {
  case file(String)
  case store(EvaluationStore, StoredRun)

  func origin() async throws -> EvaluationRecordOptions.Origin {
    switch self {
    case .file(let path):
      let name = path.split(separator: "/").last.map(String.init) ?? path
      return .init(name: name, description: nil, clusters: [:], planned: [:])
    case .store(let store, let run):
      do {
        var clusters: [String: String] = [:]
        var after = ""
        while true {
          let prompts = try await store.prompts(run: run.id, after: after)
          for prompt in prompts { if let cluster = prompt.cluster { clusters[prompt.id] = cluster } }
          guard let last = prompts.last else { break }
          after = last.id
        }
        let counts = try await store.counts(run: run.id)
        return .init(
          name: run.id, description: try RunDescription(reading: run.description), clusters: clusters,
          planned: counts.routes.mapValues { Int(clamping: $0.total) })
      } catch let problem as StoreProblem {
        throw CommandProblem("\(problem)")
      } catch let problem as RecordError {
        throw CommandProblem("the run \(run.id.bounded) cannot be read: \(problem)")
      }
    }
  }

  /// Calls with every record.
  ///
  /// - Returns: lines of a file that are no records, with the first problem of each; at most `mostProblems` are kept.
  func each(_ body: (CellRecord) throws -> Void) async throws -> [String] {
    switch self {
    case .store(let store, let run):
      do { try await store.eachRecord(run: run.id, body) } catch let problem as StoreProblem {
        throw CommandProblem("\(problem)")
      } catch let problem as RecordError {
        throw CommandProblem("a record of the run \(run.id.bounded) is broken: \(problem)")
      }
      return []
    case .file(let path):
      var problems: [String] = []
      var lines = try LineReader(path, longest: RecordCodec.largest)
      func note(_ problem: String) {
        if problems.count < Self.mostProblems { problems.append("line \(lines.number) \(problem)") }
      }
      while let line = try lines.next() {
        guard case .bytes(let bytes) = line else {
          note("has more than \(RecordCodec.largest) bytes")
          continue
        }
        guard !bytes.isEmpty else { continue }
        do { try body(RecordCodec.read(Array(bytes))) } catch let error as RecordError {
          note("is no record: \(error)")
        }
      }
      return problems
    }
  }

  private static let mostProblems = 50

  func close() async {
    if case .store(let store, _) = self { await store.close() }
  }
}

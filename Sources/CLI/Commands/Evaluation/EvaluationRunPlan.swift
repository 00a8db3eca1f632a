import Evaluating
import EvaluationStore
import Facts
import Platform

/// A run written into its store, ready for workers.
struct EvaluationRunPlan {
  let run: StoredRun
  let description: RunDescription

  /// Writes files, prompts, pictures and cells into a store; a second time for the same run it adds what is missing.
  ///
  /// - Throws: `StoreProblem` when the store holds another run of that id.
  static func write(
    _ loaded: LoadedEvaluation, as id: String, ceiling: CostCeiling, most: Picodollars?,
    keeping: AnswerKeeping,
    seed: UInt64, startedAt: Timestamp, into store: EvaluationStore
  ) async throws -> EvaluationRunPlan {
    let description = RunDescription(
      file: loaded.file, keeping: keeping, seed: seed, startedAt: startedAt,
      promptsDigest: loaded.promptsDigest,
      prompts: loaded.prompts.count)
    let run = StoredRun(id: id, description: description.text, mostCost: most)
    try await store.begin(run)
    for (digest, path) in loaded.pictures.sorted(by: { $0.key < $1.key }) {
      try await store.add(picture: Files.read(path), digest: digest)
    }
    try await store.add(loaded.prompts, to: id)
    let plan = EvaluationPlan(prompts: loaded.prompts, file: loaded.file, seed: seed)
    let order = plan.order
    for start in stride(from: 0, to: order.count, by: 500) {
      let places = plan.places(order[start..<min(start + 500, order.count)])
      try await store.add(
        places.enumerated().map { number, place in
          PlannedCell(
            cell: Cell(
              key: place.parts(maxTokens: loaded.file.maxTokens).key, run: id, prompt: place.prompt.id,
              route: place.route.name, trial: place.trial),
            place: Int64(start + number),
            ceiling: ceiling.dollars(place.prompt, through: place.route).map { Picodollars(covering: $0) })
        })
    }
    return EvaluationRunPlan(run: run, description: description)
  }

  /// An id that sorts by time and that no other run of any store has: `20261125-093000-3f9a61c2`.
  static func newID(at time: Timestamp) -> String {
    let digits = time.text.filter { $0.isNumber }
    let random = String(UInt32.random(in: 0 ... .max), radix: 16)
    return
      "\(digits.prefix(8))-\(digits.dropFirst(8).prefix(6))-\(String(repeating: "0", count: 8 - random.utf8.count))\(random)"
  }

  /// The run of that id, or the newest one when none is named.
  ///
  /// - Throws: `CommandProblem` when the store has none.
  static func find(_ id: String?, in store: EvaluationStore) async throws -> EvaluationRunPlan {
    let runs = try await store.runs()
    guard let run = id == nil ? runs.first : runs.first(where: { $0.id == id }) else {
      let known = runs.prefix(8).map(\.id.bounded).joined(separator: ", ")
      throw CommandProblem(
        "the store \(store.place) has no run\(id.map { " " + $0.bounded } ?? "")",
        hint: runs.isEmpty ? "start one with: llmref eval run" : "the newest are \(known)")
    }
    let description = try RunDescription(reading: run.description)
    guard description.metricVersion == CellKey.metricVersion else {
      throw CommandProblem(
        "run \(run.id.bounded) is measured by definitions \(description.metricVersion); this program has \(CellKey.metricVersion)",
        hint: "go on with the program that began it, or start a new run")
    }
    return EvaluationRunPlan(run: run, description: description)
  }

  /// Says which of the variables that a run needs are not set.
  ///
  /// - Throws: `CommandProblem` with their names; nothing may be sent.
  static func requireVariables(_ file: RouteFile, environment: [String: String] = Environment.current) throws
  {
    let missing = EvaluationPlanStatement.missing(file, environment)
    guard !missing.isEmpty else { return }
    let names = missing.joined(separator: ", ")
    throw CommandProblem(
      "a route's key stands in the environment; not set: \(names)",
      hint: "export \(missing[0])=…; nothing was sent")
  }
}

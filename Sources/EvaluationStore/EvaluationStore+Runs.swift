import Evaluating
import Facts
import TextFormats

extension EvaluationStore {
  /// Writes a run down; the same run again changes nothing.
  ///
  /// - Throws: `StoreProblem` when a run of that id has another description.
  package func begin(_ run: StoredRun) async throws {
    let now = self.now
    try await database.transaction { connection in
      try connection.change(
        """
        INSERT INTO run (id, description, created_ms, most_cost) VALUES ($1, $2, \(now), $3)
        ON CONFLICT (id) DO NOTHING
        """, [.text(run.id), .text(run.description), Self.amount(run.mostCost)])
      let found = try connection.rows("SELECT description FROM run WHERE id = $1", [.text(run.id)])
      guard found.first?.first?.text == run.description else {
        throw StoreProblem(
          "the store holds another run \(run.id.bounded)",
          hint: "choose another id, or resume the run that is there")
      }
    }
  }

  /// The runs of the store, newest first.
  package func runs() async throws -> [StoredRun] {
    try await database.transaction { connection in
      try connection.rows("SELECT id, description, most_cost FROM run ORDER BY created_ms DESC, id DESC", [])
        .compactMap { row in
          guard let id = row[0].text, let description = row[1].text else { return nil }
          return StoredRun(id: id, description: description, mostCost: row[2].integer.map(Picodollars.init))
        }
    }
  }

  /// Changes the most that a run may cost; nil sets no limit.
  package func setMostCost(_ most: Picodollars?, of run: String) async throws {
    try await database.transaction { connection in
      _ = try connection.change(
        "UPDATE run SET most_cost = $2 WHERE id = $1", [.text(run), Self.amount(most)])
    }
  }

  /// Keeps prompts with their run; one that is there stays as it was.
  package func add(_ prompts: [EvaluationPrompt], to run: String) async throws {
    for start in stride(from: 0, to: prompts.count, by: 200) {
      let batch = prompts[start..<min(start + 200, prompts.count)]
      let rows: [[SQLValue]] = batch.map { [.text(run), .text($0.id), .text(PromptCodec.line($0).text)] }
      try await insert(rows, into: "prompt (run, id, line)", conflict: "(run, id)")
    }
  }

  /// Keeps the bytes of a picture under their digest.
  package func add(picture bytes: [UInt8], digest: String) async throws {
    try await insert([[.text(digest), .bytes(bytes)]], into: "picture (digest, bytes)", conflict: "(digest)")
  }

  /// The bytes of a picture; nil when the store has none of that digest.
  package func picture(_ digest: String) async throws -> [UInt8]? {
    let value = try await database.transaction { connection in
      try connection.rows("SELECT bytes FROM picture WHERE digest = $1", [.text(digest)]).first?.first
    }
    switch value {
    case .bytes(let bytes): return bytes
    case .text(let digits): return Self.bytes(hex: digits)
    default: return nil
    }
  }

  /// Plans cells; one that is there stays as it is, with its result.
  ///
  /// - Returns: how many were new.
  @discardableResult package func add(_ cells: [PlannedCell]) async throws -> Int {
    var added = 0
    for start in stride(from: 0, to: cells.count, by: 500) {
      let batch = cells[start..<min(start + 500, cells.count)]
      added += try await insert(
        batch.map { planned in
          let cell = planned.cell
          return [
            .text(cell.run), .text(cell.prompt), .text(cell.route), SQLValue(cell.trial),
            .text(cell.key.digest),
            .integer(planned.place), Self.amount(planned.ceiling),
          ]
        }, into: "cell (run, prompt, route, trial, key, place, ceiling)",
        conflict: "(run, prompt, route, trial)")
    }
    return added
  }

  /// Inserts rows in one statement; those that are there stay.
  @discardableResult private func insert(
    _ rows: [[SQLValue]], into table: String, conflict: String
  ) async throws -> Int {
    guard let width = rows.first?.count else { return 0 }
    var place = 0
    let places = rows.map { _ in
      "("
        + (0..<width).map { _ in
          place += 1
          return "$\(place)"
        }.joined(separator: ", ") + ")"
    }.joined(separator: ", ")
    let statement = "INSERT INTO \(table) VALUES \(places) ON CONFLICT \(conflict) DO NOTHING"
    return try await database.transaction { try $0.change(statement, rows.flatMap { $0 }) }
  }

  static func amount(_ amount: Picodollars?) -> SQLValue { amount.map { .integer($0.count) } ?? .null }

  private static func bytes(hex text: String) -> [UInt8]? {
    let digits = Array(text.utf8.dropFirst(2))
    guard text.hasPrefix("\\x"), digits.count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2)
    for place in stride(from: 0, to: digits.count, by: 2) {
      guard let high = Self.digit(digits[place]), let low = Self.digit(digits[place + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - 48
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - 87
    default: nil
    }
  }
}

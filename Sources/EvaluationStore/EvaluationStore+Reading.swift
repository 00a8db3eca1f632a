import Evaluating
import Facts
import TextFormats

extension EvaluationStore {
  /// How far a run is, route by route.
  package func counts(run: String) async throws -> RunCounts {
    try await database.transaction { connection in
      var counts = RunCounts()
      for row in try connection.rows(
        "SELECT route, state, count(*) FROM cell WHERE run = $1 GROUP BY route, state", [.text(run)])
      {
        guard let route = row[0].text, let state = row[1].text, let count = row[2].integer else { continue }
        switch state {
        case "open": counts.routes[route, default: .init()].open = count
        case "claimed": counts.routes[route, default: .init()].claimed = count
        case "sent": counts.routes[route, default: .init()].sent = count
        default: counts.routes[route, default: .init()].done = count
        }
      }
      let rows = try connection.rows("SELECT spent, reserved, most_cost FROM run WHERE id = $1", [.text(run)])
      if let row = rows.first, let spent = row[0].integer, let reserved = row[1].integer {
        counts.spent = Picodollars(spent)
        counts.reserved = Picodollars(reserved)
        counts.mostCost = row[2].integer.map(Picodollars.init)
      }
      return counts
    }
  }

  /// Milliseconds until the next open cell of a run may be taken: 0 when one may be now, nil when none is open.
  package func nextOpen(run: String) async throws -> Int64? {
    let now = self.now
    return try await database.transaction { connection in
      let rows = try connection.rows(
        "SELECT min(not_before) - \(now) FROM cell WHERE run = $1 AND state = 'open'", [.text(run)])
      return rows.first?.first?.integer.map { max(0, $0) }
    }
  }

  /// Results of a run in the order of their cells, so many at a time: memory stays flat however many there are.
  package func records(run: String, after: Int64 = 0, most: Int = 500) async throws -> RecordPage {
    let rows = try await database.transaction { connection in
      try connection.rows(
        "SELECT id, result FROM cell WHERE run = $1 AND id > $2 AND state = 'done' ORDER BY id LIMIT $3",
        [.text(run), .integer(after), SQLValue(most)])
    }
    var records: [CellRecord] = []
    records.reserveCapacity(rows.count)
    for row in rows {
      guard let text = row[1].text else { continue }
      records.append(try RecordCodec.read(Array(text.utf8)))
    }
    return RecordPage(records: records, next: rows.count == most ? rows.last?[0].integer : nil)
  }

  /// Calls with every result of a run, in the order of their cells.
  package func eachRecord(run: String, _ body: (CellRecord) throws -> Void) async throws {
    var after: Int64? = 0
    while let start = after {
      let page = try await records(run: run, after: start)
      for record in page.records { try body(record) }
      after = page.next
    }
  }

  /// The prompts of a run by their ids, in the order of the ids' bytes, so many at a time.
  package func prompts(run: String, after: String = "", most: Int = 500) async throws -> [EvaluationPrompt] {
    let rows = try await database.transaction { connection in
      try connection.rows(
        "SELECT line FROM prompt WHERE run = $1 AND id > $2 ORDER BY id LIMIT $3",
        [.text(run), .text(after), SQLValue(most)])
    }
    return try rows.compactMap { row in try row[0].text.map { try PromptCodec.read(Array($0.utf8)) } }
  }
}

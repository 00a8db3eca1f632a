import Evaluating
import Facts
import TextFormats

extension EvaluationStore {
  /// Takes open cells of a route whose time has come, in the order of the plan, and holds them for a while.
  ///
  /// - Parameters:
  ///   - owner: who takes them; unique among all workers, ever.
  ///   - lease: milliseconds after which others may take them again, unless they are renewed.
  package func claim(run: String, route: String, owner: String, most: Int, lease: Int64) async throws
    -> [ClaimedCell]
  {
    guard most > 0 else { return [] }
    let (now, dialect) = (self.now, database.dialect)
    return try await database.transaction { connection in
      let rows = try connection.rows(
        """
        SELECT cell.id, cell.prompt, cell.trial, cell.key, cell.ceiling, cell.earlier, prompt.line
        FROM cell JOIN prompt ON prompt.run = cell.run AND prompt.id = cell.prompt
        WHERE cell.run = $1 AND cell.route = $2 AND cell.state = 'open' AND cell.not_before <= \(now)
        ORDER BY cell.place LIMIT $3\(dialect.skipsLocked)
        """, [.text(run), .text(route), SQLValue(most)])
      let claimed = try rows.map { try Self.claimed($0, run: run, route: route) }
      for cell in claimed {
        try connection.change(
          "UPDATE cell SET state = 'claimed', owner = $2, lease_until = \(now) + $3 WHERE id = $1",
          [.integer(cell.number), .text(owner), .integer(lease)])
      }
      return claimed
    }
  }

  /// Holds cells for another while.
  /// - Returns: the numbers of those that are still the owner's.
  package func renew(_ cells: [Int64], owner: String, lease: Int64) async throws -> Set<Int64> {
    guard !cells.isEmpty else { return [] }
    let now = self.now
    return try await database.transaction { connection in
      var held: Set<Int64> = []
      for cell in cells {
        let changed = try connection.change(
          """
          UPDATE cell SET lease_until = \(now) + $3
          WHERE id = $1 AND owner = $2 AND state IN ('claimed', 'sent')
          """, [.integer(cell), .text(owner), .integer(lease)])
        if changed == 1 { held.insert(cell) }
      }
      return held
    }
  }

  /// Says that a request is about to be sent, and holds its most cost. Nothing may be sent unless this says `granted`.
  ///
  /// - Parameter attempt: its number over all claims, from 1: one more than the attempts so far.
  package func dispatch(_ claimed: ClaimedCell, attempt: Int, owner: String) async throws -> DispatchAnswer {
    let (now, dialect) = (self.now, database.dialect)
    return try await database.transaction { connection in
      let held = try connection.rows(
        "SELECT state, attempts FROM cell WHERE id = $1 AND owner = $2\(dialect.locks)",
        [.integer(claimed.number), .text(owner)])
      guard let row = held.first, let state = row[0].text, let attempts = row[1].integer else { return .lost }
      // A call that comes again after a lost connection.
      if state == "sent", attempts == attempt { return .granted }
      guard state == "claimed" else { return .lost }
      if let ceiling = claimed.ceiling {
        let changed = try connection.change(
          """
          UPDATE run SET reserved = reserved + $2
          WHERE id = $1 AND (most_cost IS NULL OR spent + reserved + $2 <= most_cost)
          """, [.text(claimed.cell.run), .integer(ceiling.count)])
        guard changed == 1 else { return .overBudget }
      }
      try connection.change(
        "UPDATE cell SET state = 'sent', attempts = $2, sent_ms = \(now) WHERE id = $1",
        [.integer(claimed.number), SQLValue(attempt)])
      return .granted
    }
  }

  /// Writes down an attempt that gave no result while the cell goes on.
  ///
  /// - Parameters:
  ///   - cost: what it cost or may have cost; nil where nothing is known, then the ceiling counts for a lost attempt.
  ///   - reopenAfter: milliseconds after which anybody may take the cell; nil keeps it with its owner.
  /// - Returns: false when the cell is no longer the owner's.
  @discardableResult package func failed(
    _ attempt: Attempt, of claimed: ClaimedCell, cost: Picodollars?, owner: String, reopenAfter: Int64? = nil
  ) async throws -> Bool {
    let (now, dialect) = (self.now, database.dialect)
    return try await database.transaction { connection in
      let held = try connection.rows(
        "SELECT state, earlier FROM cell WHERE id = $1 AND owner = $2\(dialect.locks)",
        [.integer(claimed.number), .text(owner)])
      guard let row = held.first, row[0].text == "sent" else { return false }
      let earlier = try Self.earlier(row[1]) + [attempt]
      try connection.change(
        """
        UPDATE cell SET state = $2, earlier = $3, not_before = $4,
          owner = CASE WHEN $2 = 'open' THEN NULL ELSE owner END WHERE id = $1
        """,
        [
          .integer(claimed.number), .text(reopenAfter == nil ? "claimed" : "open"),
          .text(RecordCodec.value(earlier).text), .integer(0),
        ])
      if let reopenAfter, reopenAfter > 0 {
        try connection.change(
          "UPDATE cell SET not_before = \(now) + $2 WHERE id = $1",
          [.integer(claimed.number), .integer(reopenAfter)])
      }
      let spent = cost ?? (attempt.failure == .lost ? claimed.ceiling : nil)
      try Self.settle(connection, run: claimed.cell.run, reserved: claimed.ceiling, spent: spent)
      return true
    }
  }

  /// Writes the one result of a cell.
  ///
  /// - Parameter cost: what the last attempt cost; nil where it is unknown, then the ceiling counts.
  /// - Returns: false when the cell is no longer the owner's; then nothing was stored.
  @discardableResult package func finish(
    _ record: CellRecord, of claimed: ClaimedCell, cost: Picodollars?, owner: String
  ) async throws -> Bool {
    let text = String(decoding: RecordCodec.bytes(record), as: UTF8.self)
    let dialect = database.dialect
    return try await database.transaction { connection in
      let held = try connection.rows(
        "SELECT state FROM cell WHERE id = $1 AND owner = $2\(dialect.locks)",
        [.integer(claimed.number), .text(owner)])
      guard let state = held.first?.first?.text, state != "open" else { return false }
      // A call that comes again after a lost connection.
      guard state != "done" else { return true }
      // The owner stays, so that such a call is known.
      try connection.change(
        "UPDATE cell SET state = 'done', result = $2, earlier = NULL, lease_until = NULL WHERE id = $1",
        [.integer(claimed.number), .text(text)])
      if state == "sent" {
        try Self.settle(
          connection, run: claimed.cell.run, reserved: claimed.ceiling, spent: cost ?? claimed.ceiling)
      } else if let cost {
        try Self.settle(connection, run: claimed.cell.run, reserved: nil, spent: cost)
      }
      return true
    }
  }

  /// Gives back cells that were not sent.
  package func release(_ cells: [Int64], owner: String) async throws {
    try await database.transaction { connection in
      for cell in cells {
        try connection.change(
          """
          UPDATE cell SET state = 'open', owner = NULL, lease_until = NULL
          WHERE id = $1 AND owner = $2 AND state = 'claimed'
          """, [.integer(cell), .text(owner)])
      }
    }
  }

  /// Opens the cells that workers which are gone had taken. Those under way count as sent and lost, at their most cost.
  ///
  /// - Parameter all: whether nobody else can be at work, so that leases need not have ended.
  package func reap(run: String, all: Bool = false) async throws -> Reaped {
    var sum = Reaped()
    while true {
      let batch = try await reapBatch(run: run, all: all)
      sum.cells += batch.cells
      sum.inFlight += batch.inFlight
      sum.possibleCost = sum.possibleCost + batch.possibleCost
      sum.unpriced += batch.unpriced
      guard batch.cells > 0 else { return sum }
    }
  }

  private func reapBatch(run: String, all: Bool) async throws -> Reaped {
    let (now, dialect) = (self.now, database.dialect)
    return try await database.transaction { connection in
      var reaped = Reaped()
      let rows = try connection.rows(
        """
        SELECT id, state, ceiling, attempts, sent_ms, earlier FROM cell
        WHERE run = $1 AND state IN ('claimed', 'sent')\(all ? "" : " AND lease_until < \(now)")
        ORDER BY id LIMIT 200\(dialect.skipsLocked)
        """, [.text(run)])
      for row in rows {
        guard let number = row[0].integer else { continue }
        var earlier = row[5]
        if row[1].text == "sent", let attempt = row[3].integer, let sent = row[4].integer {
          let ceiling = row[2].integer.map(Picodollars.init)
          let lost = Attempt(
            number: Int(attempt), failure: .lost, note: "the program ended while it was under way",
            startedAt: Timestamp(seconds: sent / 1000), duration: 0, possibleCost: ceiling?.dollars)
          earlier = .text(RecordCodec.value(try Self.earlier(earlier) + [lost]).text)
          reaped.inFlight += 1
          if let ceiling {
            reaped.possibleCost = reaped.possibleCost + ceiling
          } else {
            reaped.unpriced += 1
          }
        }
        try connection.change(
          "UPDATE cell SET state = 'open', owner = NULL, lease_until = NULL, earlier = $2 WHERE id = $1",
          [.integer(number), earlier])
        reaped.cells += 1
      }
      if reaped.possibleCost.count > 0 {
        try Self.settle(connection, run: run, reserved: reaped.possibleCost, spent: reaped.possibleCost)
      }
      return reaped
    }
  }

  private static func settle(
    _ connection: any SQLConnection, run: String, reserved: Picodollars?, spent: Picodollars?
  ) throws {
    guard reserved != nil || spent != nil else { return }
    try connection.change(
      "UPDATE run SET reserved = reserved - $2, spent = spent + $3 WHERE id = $1",
      [.text(run), .integer(reserved.map(\.count) ?? 0), .integer(spent.map(\.count) ?? 0)])
  }

  static func earlier(_ value: SQLValue) throws -> [Attempt] {
    guard let text = value.text else { return [] }
    return try RecordCodec.attempts(Array(text.utf8))
  }

  private static func claimed(_ row: [SQLValue], run: String, route: String) throws -> ClaimedCell {
    guard let number = row[0].integer, let prompt = row[1].text, let trial = row[2].integer,
      let key = row[3].text.flatMap({ CellKey(digest: $0) }), let line = row[6].text
    else {
      throw StoreProblem("the store holds a broken cell of run \(run.bounded)", hint: "use another store")
    }
    return ClaimedCell(
      number: number, cell: Cell(key: key, run: run, prompt: prompt, route: route, trial: Int(trial)),
      prompt: try PromptCodec.read(Array(line.utf8)), ceiling: row[4].integer.map(Picodollars.init),
      earlier: try earlier(row[5]))
  }
}

import CPostgres
import Facts
import TextFormats

/// A store on a server, through libpq. libpq waits for the server, so the connection lives on a thread of its own.
actor PostgreSQLDatabase: SQLDatabase {
  nonisolated let dialect = SQLDialect.postgreSQL
  private let thread: BlockingThread
  private let place: StorePlace
  private let address: String
  private var connection: PostgreSQLConnection?

  nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

  init(address: String) {
    self.address = address
    place = .server(address)
    thread = BlockingThread()
  }

  deinit { thread.stop() }

  func transaction<Answer: Sendable>(
    _ body: @escaping @Sendable (any SQLConnection) throws -> Answer
  ) async throws -> Answer {
    var triesLeft = 6
    while true {
      triesLeft -= 1
      let connection = try connected()
      do {
        try connection.change("BEGIN", [])
        let answer = try body(connection)
        try connection.change("COMMIT", [])
        return answer
      } catch let failure as PostgreSQLFailure {
        if failure.endsConnection {
          self.connection = nil
        } else {
          _ = try? connection.change("ROLLBACK", [])
        }
        // A COMMIT whose answer was lost may have happened; every transaction of the store bears being done again.
        guard triesLeft > 0, failure.mayBeTriedAgain else {
          throw StoreProblem(
            "the store at \(place) refused: \(failure.message)",
            hint: "check the server, its log and its rights")
        }
        if failure.endsConnection { try? await Task.sleep(for: .milliseconds(200 * (6 - triesLeft))) }
      } catch {
        _ = try? connection.change("ROLLBACK", [])
        throw error
      }
    }
  }

  func close() async { connection = nil }

  private func connected() throws -> PostgreSQLConnection {
    if let connection { return connection }
    let made = try PostgreSQLConnection(address: address, place: place)
    connection = made
    return made
  }
}

/// What the server or the library says of a statement that failed.
struct PostgreSQLFailure: Error {
  /// Five characters; nil when the connection broke.
  let state: String?
  let message: String

  var endsConnection: Bool {
    state == nil || state?.hasPrefix("57P") == true || state?.hasPrefix("08") == true
  }

  /// Serialization failures, deadlocks and broken connections: https://www.postgresql.org/docs/15/errcodes-appendix.html
  var mayBeTriedAgain: Bool { endsConnection || state?.hasPrefix("40") == true }
}

/// One connection of libpq; used on the thread of its actor alone.
final class PostgreSQLConnection: SQLConnection {
  private let connection: OpaquePointer

  init(address: String, place: StorePlace) throws {
    guard llmref_pg_available() else {
      throw StoreProblem(
        "this machine has no libpq, by which PostgreSQL is spoken to",
        hint: "install libpq5, or keep the store in a file")
    }
    guard let connection = llmref_pg_connect(address) else {
      throw StoreProblem("the store at \(place) cannot be reached: no memory", hint: "free some memory")
    }
    guard llmref_pg_connected(connection) else {
      // The library's words name host and user, never the password.
      let words = Self.words(llmref_pg_message(connection))
      llmref_pg_finish(connection)
      throw StoreProblem(
        "the store at \(place) cannot be reached: \(words)",
        hint: "write postgres://USER@HOST:5432/DATABASE; the password is read from PGPASSWORD or ~/.pgpass")
    }
    self.connection = connection
  }

  deinit { llmref_pg_finish(connection) }

  func rows(_ statement: String, _ values: [SQLValue]) throws -> [[SQLValue]] {
    try run(statement, values) { result in
      let columns = llmref_pg_columns(result)
      return (0..<llmref_pg_rows(result)).map { row in
        (0..<columns).map { column in
          var size: Int32 = 0
          guard let start = llmref_pg_value(result, row, column, &size) else { return .null }
          let bytes = UnsafeRawBufferPointer(start: start, count: Int(size))
          return .text(String(decoding: bytes, as: UTF8.self))
        }
      }
    }
  }

  @discardableResult func change(_ statement: String, _ values: [SQLValue]) throws -> Int {
    try run(statement, values) { result in
      llmref_pg_changed(result).flatMap { Int(String(cString: $0)) } ?? 0
    }
  }

  private func run<Answer>(
    _ statement: String, _ values: [SQLValue], _ read: (OpaquePointer) throws -> Answer
  ) throws -> Answer {
    let texts = values.map(Self.text)
    let result = Self.withPointers(texts) { pointers in
      llmref_pg_run(connection, statement, Int32(texts.count), pointers.baseAddress)
    }
    guard let result else {
      throw PostgreSQLFailure(state: nil, message: Self.words(llmref_pg_message(connection)))
    }
    defer { llmref_pg_clear(result) }
    guard llmref_pg_succeeded(result) else {
      let isAlive = llmref_pg_connected(connection)
      throw PostgreSQLFailure(
        state: isAlive ? llmref_pg_state(result).map { String(cString: $0) } : nil,
        message: Self.words(llmref_pg_result_message(result)))
    }
    return try read(result)
  }

  /// libpq's text form ends at a zero byte, and PostgreSQL holds none in a text.
  private static func text(_ value: SQLValue) -> [CChar]? {
    switch value {
    case .null: return nil
    case .integer(let number): return Array("\(number)".utf8CString)
    case .text(let text): return Array(text.utf8CString)
    case .bytes(let bytes):
      // The hex format: https://www.postgresql.org/docs/15/datatype-binary.html
      return Array(("\\x" + Hexadecimal.text(bytes)).utf8CString)
    }
  }

  /// Pointers to all texts, valid while the body runs.
  private static func withPointers<Answer>(
    _ texts: [[CChar]?], _ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>) -> Answer
  ) -> Answer {
    var flat: [CChar] = []
    let starts = texts.map { text -> Int? in
      guard let text else { return nil }
      defer { flat += text }
      return flat.count
    }
    return flat.withUnsafeBufferPointer { buffer in
      let pointers = starts.map { start in start.flatMap { place in buffer.baseAddress.map { $0 + place } } }
      return pointers.withUnsafeBufferPointer(body)
    }
  }

  private static func words(_ text: UnsafePointer<CChar>?) -> String {
    guard let text else { return "no reason given" }
    return String(cString: text).split(whereSeparator: \.isNewline).joined(separator: " ").bounded
  }
}

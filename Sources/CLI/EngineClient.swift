import Facts
import Metering
import Platform
import TextFormats

/// An engine reached through its own client program; every answer is CSV with a header.
struct EngineClient {
  private let dialect: SQLDialect
  private let address: Address

  private enum Address {
    /// The file of a DuckDB database, or none for one in memory.
    case duckdb(String?)
    case postgres(url: String, password: String?)
    case clickhouse(url: String, user: String?, password: String?)
    case spark(master: String?)
  }

  /// - Throws: `CommandProblem` for an address of another engine.
  init(_ dialect: SQLDialect, url: String?) throws {
    self.dialect = dialect
    let parts = url.map(EngineURL.init)
    switch dialect {
    case .duckdb: address = .duckdb(url)
    case .postgres:
      guard let parts, ["postgres", "postgresql"].contains(parts.scheme) else {
        throw CommandProblem(
          "--engine postgres needs --url postgres://…", hint: "postgres://user@host:5432/database")
      }
      address = .postgres(url: parts.withoutPassword, password: parts.password)
    case .clickhouse:
      guard let parts, ["http", "https"].contains(parts.scheme) else {
        throw CommandProblem(
          "--engine clickhouse needs --url http://… or https://…",
          hint: "http://user@host:8123/?database=default")
      }
      address = .clickhouse(url: parts.withoutUser, user: parts.user, password: parts.password)
    case .spark: address = .spark(master: url)
    }
  }

  /// Runs the statements in one session and gives the answer of the last.
  func run(_ statements: [String]) throws -> [[String?]] {
    let script = Array((statements.map { $0 + ";\n" }.joined()).utf8)
    switch address {
    case .duckdb(let file):
      let options =
        ["-init", "/dev/null", "-csv", "-nullvalue", "", "-bail"] + (file == nil ? [] : ["-readonly"])
      return try table(ClientProgram.run("duckdb", options + (file.map { [$0] } ?? []), input: script))
    case .postgres(let url, let password):
      let answer = try ClientProgram.run(
        "psql", ["-X", "-q", "--csv", "-v", "ON_ERROR_STOP=1", "-f", "-", url], input: script,
        environment: password.map { ["PGPASSWORD": $0] } ?? [:], secrets: [password].compactMap(\.self))
      return try table(answer)
    case .clickhouse(let url, let user, let password):
      return try clickhouse(statements, url, user, password)
    case .spark(let master):
      // Its client has no CSV: a statement around the last makes a line of it of each row.
      guard let last = statements.last else { return [] }
      let all =
        statements.dropLast()
        + [
          "SELECT to_csv(struct(*), map('nullValue', '', 'quoteAll', 'true', 'escape', '\"')) FROM (\n\(last)\n)"
        ]
      let arguments = ["-S"] + (master.map { ["--master", $0] } ?? []) + ["-f", "/dev/stdin"]
      let answer = try ClientProgram.run(
        "spark-sql", arguments, input: Array(all.map { $0 + ";\n" }.joined().utf8))
      return try EngineAnswer.rows(answer)
    }
  }

  private func table(_ answer: [UInt8]) throws -> [[String?]] {
    // The header is known: the statement names its columns.
    Array(try EngineAnswer.rows(answer).dropFirst())
  }

  /// One request a statement: ClickHouse takes no more over HTTP, and a session keeps temporary tables.
  private func clickhouse(_ statements: [String], _ url: String, _ user: String?, _ password: String?) throws
    -> [[String?]]
  {
    var answer: [UInt8] = []
    let session = "llmref-\(UInt64.random(in: 0 ... .max))"
    let mark = url.contains("?") ? "&" : "?"
    let address =
      url + mark + "session_id=\(session)&default_format=CSVWithNames&format_csv_null_representation=%5CN"
    for statement in statements {
      // The options are read from stdin, where no list of processes shows them.
      var config = ["silent", "show-error", "fail-with-body", "url = \(Self.quoted(address))"]
      if let user { config.append("header = \(Self.quoted("X-ClickHouse-User: \(user)"))") }
      if let password { config.append("header = \(Self.quoted("X-ClickHouse-Key: \(password)"))") }
      config.append("header = \"Content-Type: text/plain\"")
      config.append("data-raw = \(Self.quoted(statement))")
      answer = try ClientProgram.run(
        "curl", ["--disable", "--config", "-"], input: Array((config.joined(separator: "\n") + "\n").utf8),
        secrets: [password].compactMap(\.self))
    }
    return try table(answer)
  }

  /// A value of a curl configuration file, https://curl.se/docs/manpage.html#-K.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(character)
      }
    }
    return result + "\""
  }
}

/// An address taken apart, so that its password never stands among a program's arguments.
struct EngineURL {
  let scheme: String
  let user: String?
  let password: String?
  private let rest: String

  init(_ text: String) {
    guard let mark = text.firstRange(of: "://") else {
      (scheme, user, password, rest) = ("", nil, nil, text)
      return
    }
    scheme = text[..<mark.lowerBound].lowercased()
    let tail = text[mark.upperBound...]
    let authority = tail.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard let at = authority.lastIndex(of: "@") else {
      (user, password, rest) = (nil, nil, String(tail))
      return
    }
    let credentials = authority[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    user = credentials.first.flatMap { $0.isEmpty ? nil : Self.decoded($0) }
    password = credentials.count == 2 ? Self.decoded(credentials[1]) : nil
    rest = String(tail[tail.index(after: at)...])
  }

  var withoutUser: String { scheme + "://" + rest }

  var withoutPassword: String {
    guard let user else { return withoutUser }
    return scheme + "://" + PercentEncoding.encoded(user) + "@" + rest
  }

  /// What is not in percents as the standard has them was meant as it stands.
  private static func decoded(_ text: Substring) -> String {
    PercentEncoding.decoded(text.utf8).map { String(decoding: $0, as: UTF8.self) } ?? String(text)
  }
}

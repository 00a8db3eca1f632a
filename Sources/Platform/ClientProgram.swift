import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why another program gave no answer; never holds a password.
public struct ClientProblem: Error, CustomStringConvertible, Sendable {
  public let description: String

  init(_ rule: String, hint: String) { description = "\(rule). hint: \(hint)" }
}

/// Runs another program: no shell, the arguments as they are, what it reads in a file that nobody else can open.
public enum ClientProgram {
  /// Largest answer that is read, in bytes.
  public static let largest = 256 * 1024 * 1024

  /// Whether a program of that name is found where programs are looked for.
  public static func exists(_ program: String) -> Bool {
    if program.contains("/") { return access(program, X_OK) == 0 }
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
    return folders.split(separator: ":").contains { access("\($0)/\(program)", X_OK) == 0 }
  }

  /// What the program writes to stdout.
  ///
  /// - Parameters:
  ///   - input: what it reads from stdin.
  ///   - environment: variables over those of this process, for what must not stand among the arguments.
  ///   - secrets: texts that are blotted out of what it complains about.
  /// - Throws: `ClientProblem` when it cannot be started, answers too much, or ends with another code than 0.
  public static func run(
    _ program: String, _ arguments: [String], input: [UInt8], environment: [String: String] = [:],
    secrets: [String] = []
  ) throws -> [UInt8] {
    let asked = try temporaryFile(holding: input)
    let complaints = try temporaryFile(holding: [])
    defer {
      close(asked)
      close(complaints)
    }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw ClientProblem("no pipe can be opened", hint: "close other programs") }
    // The child gets copies of what it needs and nothing else.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let child = try spawn(
      program, arguments, environment: environment, input: asked, output: ends[1], errors: complaints)
    close(ends[1])
    let answer = read(ends[0])
    close(ends[0])
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    guard let answer else {
      throw ClientProblem(
        "\(program) answers more than \(largest) bytes", hint: "group by fewer keys with --by")
    }
    guard status == 0 else {
      lseek(complaints, 0, SEEK_SET)
      var words = String(decoding: read(complaints) ?? [], as: UTF8.self)
      for secret in secrets where !secret.isEmpty { words = words.replacing(secret, with: "…") }
      let shown = words.unicodeScalars.prefix(1500).map { $0.value < 32 && $0 != "\n" ? "?" : Character($0) }
      throw ClientProblem(
        "\(program) failed: \(String(shown))", hint: "print the statement with --print-sql and try it by hand"
      )
    }
    return answer
  }

  private static func temporaryFile(holding bytes: [UInt8]) throws -> Int32 {
    let folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    var path = Array("\(folder)/llmref-XXXXXX".utf8CString)
    let file = mkstemp(&path)
    guard file >= 0 else {
      throw ClientProblem("no temporary file can be written in \(folder)", hint: "set TMPDIR")
    }
    unlink(path)
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      guard written > 0 else {
        close(file)
        throw ClientProblem("a temporary file cannot be written in \(folder)", hint: "free some space")
      }
      rest = rest.dropFirst(written)
    }
    lseek(file, 0, SEEK_SET)
    return file
  }

  private static func read(_ file: Int32) -> [UInt8]? {
    var result: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = part.withUnsafeMutableBytes { place in
        #if canImport(Glibc)
          Glibc.read(file, place.baseAddress, place.count)
        #else
          Darwin.read(file, place.baseAddress, place.count)
        #endif
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return result }
      result += part[..<count]
      guard result.count <= largest else { return nil }
    }
  }

  private static func spawn(
    _ program: String, _ arguments: [String], environment: [String: String], input: Int32, output: Int32,
    errors: Int32
  ) throws -> pid_t {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
    #else
      var actions: posix_spawn_file_actions_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, errors, 2)
    var variables = ProcessInfo.processInfo.environment
    for (name, value) in environment { variables[name] = value }
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    var settings: [UnsafeMutablePointer<CChar>?] =
      variables.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer {
      for word in words + settings { free(word) }
    }
    var child = pid_t()
    let code = posix_spawnp(&child, program, &actions, nil, &words, &settings)
    guard code == 0 else {
      throw ClientProblem(
        "\(program) cannot be started", hint: "install the engine's own client so that PATH finds it")
    }
    return child
  }
}

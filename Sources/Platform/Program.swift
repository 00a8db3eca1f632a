import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Another program of this machine.
public struct Program: Sendable {
  public let path: String

  /// The program of a name in PATH; nil when none is installed.
  public init?(named name: String) {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let places = folders.map { $0 + "/" + name }
    guard let path = places.first(where: { access($0, X_OK) == 0 }) else { return nil }
    self.path = path
  }

  /// Runs the program to its end; it reads nothing of ours and talks to our stderr.
  /// - Throws: `FileProblem` when it cannot be started or ends with anything but 0.
  public func run(_ arguments: [String]) throws {
    let words = [path] + arguments
    let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
    var process = pid_t()
    let code = Self.withPointers(words) { words in
      Self.withPointers(environment) { posix_spawn(&process, path, nil, nil, words, $0) }
    }
    guard code == 0 else {
      throw FileProblem(path, "the program cannot be started", hint: "check that it runs by itself")
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { break }
    }
    guard status == 0 else {
      throw FileProblem(
        words.joined(separator: " "), "the program failed", hint: "run it by itself to see why")
    }
  }

  /// The texts as C has them, a null pointer behind the last.
  private static func withPointers<Result>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let pointers = texts.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers)
  }
}

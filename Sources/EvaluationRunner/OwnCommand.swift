import Evaluating

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Runs a check's own program: the answer on its stdin, nothing of its output read, stopped with all that it started at the time
/// limit. Keys are not in its environment.
enum OwnCommand {
  /// - Parameter words: the program, found in PATH, and its arguments.
  static func run(_ words: [String], input: String, seconds: Int64) async -> CommandCheck.Outcome {
    guard !words.isEmpty else { return .notRun("no program is named") }
    // A program that ends without reading must not end this one.
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return .notRun("no pipe could be made") }
    // The program may end without reading; writing must then fail, not end this program or wait.
    _ = fcntl(ends[1], F_SETFL, O_NONBLOCK)
    _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
    let process = spawn(words, stdin: ends[0])
    close(ends[0])
    guard let process else {
      close(ends[1])
      return .exited(127)
    }
    var rest = Array(input.utf8)[...]
    var isOpen = true
    let deadline = MonotonicClock.now() + max(1, seconds) * 1_000_000_000
    var pause: Int64 = 1
    while true {
      if isOpen {
        let written =
          rest.isEmpty ? 0 : rest.withUnsafeBytes { write(ends[1], $0.baseAddress, min($0.count, 65_536)) }
        if written > 0 { rest = rest.dropFirst(written) }
        if rest.isEmpty || written < 0 && errno != EAGAIN {
          close(ends[1])
          isOpen = false
        }
      }
      var status: Int32 = 0
      let ended = waitpid(process, &status, WNOHANG)
      if ended == process {
        if isOpen { close(ends[1]) }
        // What it left running is stopped too.
        kill(-process, SIGKILL)
        return outcome(status)
      }
      if ended < 0, errno != EINTR {
        if isOpen { close(ends[1]) }
        return .notRun("the program was lost")
      }
      if MonotonicClock.now() > deadline || Task.isCancelled {
        kill(-process, SIGKILL)
        waitpid(process, &status, 0)
        if isOpen { close(ends[1]) }
        return .timedOut
      }
      try? await Task.sleep(for: .milliseconds(pause))
      pause = min(50, pause * 2)
    }
  }

  private static func outcome(_ status: Int32) -> CommandCheck.Outcome {
    let signal = status & 0x7F
    return signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
  }

  /// A process in a group of its own; nil when it cannot be started.
  private static func spawn(_ words: [String], stdin: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, stdin, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    // Threads of the program block signals, and a child would go on blocking them.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    var usual = sigset_t()
    sigemptyset(&usual)
    for number in [SIGPIPE, SIGINT, SIGTERM] { sigaddset(&usual, number) }
    posix_spawnattr_setsigdefault(&attributes, &usual)
    posix_spawnattr_setpgroup(&attributes, 0)
    // Only what a program needs to be found and to speak the user's language; keys stay here.
    let kept = ["PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "USER"]
    let environment = kept.compactMap { name in getenv(name).map { "\(name)=\(String(cString: $0))" } }
    var process = pid_t()
    let arguments = words.map { strdup($0) } + [nil]
    let variables = environment.map { strdup($0) } + [nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    let code = posix_spawnp(&process, words[0], &actions, &attributes, arguments, variables)
    return code == 0 ? process : nil
  }
}

import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// stdout is data, stderr is talk.
enum Output {
  /// False when nobody reads any more.
  @discardableResult static func write(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Self.systemWrite(1, $0.baseAddress, $0.count) }
      // A closed pipe (`llmref … | head`) ends the output, not the program with an error.
      guard written > 0 else { return false }
      rest = rest.dropFirst(written)
    }
    return true
  }

  static func line(_ text: String) { write(Array((text + "\n").utf8)) }

  static func warn(_ text: String) { talk("warning: " + text) }

  static func talk(_ text: String) {
    let bytes = Array((text + "\n").utf8)
    _ = bytes.withUnsafeBytes { Self.systemWrite(2, $0.baseAddress, $0.count) }
  }

  /// Progress on stderr, only when a person watches.
  static func progress(_ text: String) { if isatty(2) == 1 { talk(text) } }

  /// One line on stderr that the next replaces, only when a person watches; an empty one clears it.
  static func progressLine(_ text: String) {
    guard isatty(2) == 1 else { return }
    let bytes = Array("\r\u{1B}[K\(text)".utf8)
    _ = bytes.withUnsafeBytes { Self.systemWrite(2, $0.baseAddress, $0.count) }
  }

  static var isTerminal: Bool { isatty(1) == 1 }

  /// Whether a person watches stderr.
  static var isWatched: Bool { isatty(2) == 1 }

  /// Columns of the terminal; `COLUMNS` when set, 100 when there is no terminal.
  static var width: Int {
    if let text = ProcessInfo.processInfo.environment["COLUMNS"], let columns = Int(text),
      (20...1000).contains(columns)
    {
      return columns
    }
    var size = winsize()
    guard isTerminal, ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
    return Int(size.ws_col)
  }

  /// Colours on a terminal unless NO_COLOR is set (https://no-color.org).
  static var wantsColour: Bool {
    let environment = ProcessInfo.processInfo.environment
    return isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
  }

  private static func systemWrite(_ file: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.write(file, start, count)
    #else
      Darwin.write(file, start, count)
    #endif
  }
}

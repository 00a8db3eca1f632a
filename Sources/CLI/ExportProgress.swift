import Documents
import Synchronization

/// How far an export is, on one line of the terminal: a bar, counts, files a second, and the time left at that rate.
final class ExportProgress: Sendable {
  private struct State {
    var done = 0
    var shown: ContinuousClock.Instant
  }

  private static let width = 24
  private static let pause = Duration.milliseconds(200)

  private let total: Int
  private let start: ContinuousClock.Instant
  private let state: Mutex<State>

  init(total: Int) {
    self.total = total
    start = .now
    state = Mutex(State(shown: start))
  }

  /// Counts finished files; the line changes a few times a second.
  func step(_ files: Int) {
    let line = state.withLock { state -> String? in
      state.done += files
      let now = ContinuousClock.now
      guard now - state.shown >= Self.pause else { return nil }
      state.shown = now
      return Self.line(done: state.done, total: total, after: now - start)
    }
    if let line { Output.progressLine(line) }
  }

  /// Takes the line away.
  func end() { Output.progressLine("") }

  /// `██████░░░░  12,345 of 67,890 files, 2,310 a second, 24 s left`
  static func line(done: Int, total: Int, after time: Duration) -> String {
    let share = total > 0 ? min(width, done * width / total) : width
    let bar = String(repeating: "█", count: share) + String(repeating: "░", count: width - share)
    let milliseconds =
      time.components.seconds * 1000 + time.components.attoseconds / 1_000_000_000_000_000
    let rate = milliseconds > 0 ? Int64(done) * 1000 / milliseconds : 0
    var line = "\(bar)  \(Display.grouped(String(done))) of \(Display.grouped(String(total))) files"
    guard rate > 0 else { return line }
    line += ", \(Display.grouped(String(rate))) a second"
    return line + ", \(left(Int64(max(0, total - done)) / rate)) left"
  }

  private static func left(_ seconds: Int64) -> String {
    switch seconds {
    case ..<120: "\(seconds) s"
    case ..<7200: "\(seconds / 60) min"
    default: "\(seconds / 3600) h \(seconds % 3600 / 60) min"
    }
  }
}

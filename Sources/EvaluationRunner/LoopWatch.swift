import NIOCore
import Synchronization

/// Watches how late the event loop is: a task that is due every few milliseconds says when it ran. What the loop is late, stamps
/// are late.
final class LoopWatch: Sendable {
  /// Nanoseconds between ticks.
  static let period: Int64 = 5_000_000
  /// Nanoseconds of a class of the histogram.
  private static let width: Int64 = 50_000
  private static let classes = 2048

  private struct State {
    /// When the next tick is due.
    var due: Int64 = .max
    var lastLag: Int64 = 0
    var histogram = [Int](repeating: 0, count: LoopWatch.classes)
    var ticks = 0
    /// Nanoseconds of all lags together.
    var sum: Int64 = 0
    var isStopped = false
  }

  private let state = Mutex(State())
  private let loop: any EventLoop

  init(_ loop: any EventLoop) { self.loop = loop }

  func start() { tick(due: MonotonicClock.now() + Self.period) }

  func stop() { state.withLock { $0.isStopped = true } }

  private func tick(due: Int64) {
    let goesOn = state.withLock { state in
      state.due = due
      return !state.isStopped
    }
    guard goesOn else { return }
    loop.scheduleTask(deadline: .uptimeNanoseconds(UInt64(max(0, due)))) { [self] in
      let now = MonotonicClock.now()
      state.withLock { state in
        state.lastLag = max(0, now - due)
        state.histogram[min(Self.classes - 1, Int(state.lastLag / Self.width))] += 1
        state.ticks += 1
        state.sum += state.lastLag
      }
      tick(due: now + Self.period)
    }
  }

  /// Nanoseconds that what happens now on the loop may be late: what the last tick was, or what the next one is already.
  func lateness(now: Int64) -> Int64 {
    state.withLock { state in
      guard state.due != .max else { return 0 }
      return max(state.lastLag, now - state.due, 0)
    }
  }

  /// Nanoseconds by which the loop was late until now, all ticks together: the difference of two is how long it was held up
  /// between them.
  func total(now: Int64) -> Int64 {
    state.withLock { state in state.due == .max ? 0 : state.sum + max(0, now - state.due) }
  }

  /// How late the loop was over the whole run: the median and the 99th percentile of its ticks, in nanoseconds, to 0.05
  /// milliseconds; nil before the first tick.
  func lag() -> (median: Int64, most: Int64)? {
    state.withLock { state in
      guard state.ticks > 0 else { return nil }
      func quantile(_ percent: Int) -> Int64 {
        var rest = (state.ticks * percent + 99) / 100
        for (place, count) in state.histogram.enumerated() {
          rest -= count
          if rest <= 0 { return Int64(place + 1) * Self.width }
        }
        return Int64(Self.classes) * Self.width
      }
      return (quantile(50), quantile(99))
    }
  }
}

import NIOCore
import Synchronization

/// Watches how late the event loop is: a task that is due every few milliseconds says when it ran. What the loop is late, stamps
/// are late.
final class LoopWatch: Sendable {
  /// How late the loop was over a while, in nanoseconds.
  struct Lag: Hashable, Sendable {
    /// Half of the ticks were at most so late.
    let median: Int64
    /// 99 of 100 ticks were at most so late.
    let most: Int64
  }

  /// The loop is asked every 2 milliseconds.
  static let period: Int64 = 2_000_000
  /// Ticks that are remembered: 16 seconds.
  private static let remembered = 8192

  private struct State {
    var lags = [Int64](repeating: 0, count: LoopWatch.remembered)
    var times = [Int64](repeating: .min, count: LoopWatch.remembered)
    var next = 0
    var isStopped = false
    /// Of the whole run, in classes of ``ChunkGaps``-like octaves: lags by their microseconds, bounded.
    var histogram = [Int](repeating: 0, count: 2048)
    var ticks = 0
  }

  private let state = Mutex(State())
  private let loop: any EventLoop

  init(_ loop: any EventLoop) { self.loop = loop }

  func start() { tick(due: MonotonicClock.now() + Self.period) }

  func stop() { state.withLock { $0.isStopped = true } }

  private func tick(due: Int64) {
    loop.scheduleTask(deadline: .uptimeNanoseconds(UInt64(due))) { [self] in
      let now = MonotonicClock.now()
      let goesOn = state.withLock { state in
        state.lags[state.next] = now - due
        state.times[state.next] = now
        state.next = (state.next + 1) % Self.remembered
        state.histogram[min(2047, Int(max(0, now - due) / 50_000))] += 1
        state.ticks += 1
        return !state.isStopped
      }
      if goesOn { tick(due: max(due + Self.period, now + Self.period / 2)) }
    }
  }

  /// How late the loop was at most from one time to another, as far as is remembered.
  func worst(from start: Int64, to end: Int64) -> Int64 {
    state.withLock { state in
      var worst: Int64 = 0
      for place in 0..<Self.remembered where state.times[place] >= start && state.times[place] <= end + Self.period * 4 {
        // A tick that was due after the end says nothing of it.
        if state.times[place] - state.lags[place] <= end { worst = max(worst, state.lags[place]) }
      }
      return worst
    }
  }

  /// Of the whole run, to 0.05 milliseconds; nil before the first tick.
  func lag() -> Lag? {
    state.withLock { state in
      guard state.ticks > 0 else { return nil }
      func quantile(_ share: Int) -> Int64 {
        var rest = (state.ticks * share + 99) / 100
        for (place, count) in state.histogram.enumerated() {
          rest -= count
          if rest <= 0 { return Int64(place + 1) * 50_000 }
        }
        return 2048 * 50_000
      }
      return Lag(median: quantile(50), most: quantile(99))
    }
  }
}

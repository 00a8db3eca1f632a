import Synchronization

/// Keeps routes side by side, so that the pairs of a prompt share their hour: no route runs ahead of the slowest one that is at
/// work by more than a block.
final class RunPace: Sendable {
  private struct State {
    var taken: [String: Int] = [:]
    /// Routes that wait for their server hold nobody up.
    var isHeldUp: Set<String> = []
    /// Wakes lanes that may go on.
    var wakes: [String: AsyncStream<Void>.Continuation] = [:]
  }

  private let state = Mutex(State())
  private let block: Int

  /// - Parameter block: cells by which a route may be ahead.
  init(routes: [String], block: Int) {
    self.block = max(1, block)
    state.withLock { $0.taken = Dictionary(routes.map { ($0, 0) }) { first, _ in first } }
  }

  /// How many more cells a route may take now.
  func allowance(_ route: String) -> Int {
    state.withLock { state in
      let others = state.taken.filter { $0.key != route && !state.isHeldUp.contains($0.key) }
      guard let own = state.taken[route], let slowest = others.values.min() else { return .max }
      return max(0, slowest + block - own)
    }
  }

  func join(_ route: String, wake: AsyncStream<Void>.Continuation) {
    state.withLock { $0.wakes[route] = wake }
  }

  func took(_ count: Int, by route: String) {
    guard count > 0 else { return }
    change(route) { $0.taken[route]? += count }
  }

  func held(_ route: String, _ isHeldUp: Bool) {
    change(route) { state in
      if isHeldUp { state.isHeldUp.insert(route) } else { state.isHeldUp.remove(route) }
    }
  }

  /// The route has nothing more to do.
  func ended(_ route: String) {
    change(route) { state in
      state.taken[route] = nil
      state.wakes[route] = nil
    }
  }

  private func change(_ route: String, _ body: (inout State) -> Void) {
    let wakes = state.withLock { state in
      body(&state)
      return state.wakes.filter { $0.key != route }.map(\.value)
    }
    for wake in wakes { wake.yield() }
  }
}

import Publishing
import Synchronization

/// The site being served. A new one takes the place of the old at once; requests under way keep theirs.
public final class SiteHolder: Sendable {
  private struct State {
    var site: Site
    var cache: AnswerCache
  }

  private let state: Mutex<State>
  private let cacheBytes: Int

  /// - Parameter cacheBytes: how many bytes of finished answers are kept at most.
  public init(_ site: Site, cacheBytes: Int) {
    self.cacheBytes = cacheBytes
    state = Mutex(State(site: site, cache: AnswerCache(limit: cacheBytes)))
  }

  var current: (site: Site, cache: AnswerCache) { state.withLock { ($0.site, $0.cache) } }

  /// Puts another site in place, with an empty cache.
  public func swap(_ site: Site) {
    let fresh = State(site: site, cache: AnswerCache(limit: cacheBytes))
    state.withLock { $0 = fresh }
  }
}

/// Finished answers by address and encoding, up to a number of bytes. When it is full, the older half goes.
final class AnswerCache: Sendable {
  struct Key: Hashable {
    let target: String
    let encoding: Encoding
  }

  private struct Shelves {
    var young: [Key: ReadyAnswer] = [:]
    var old: [Key: ReadyAnswer] = [:]
    var youngBytes = 0
  }

  private let shelves = Mutex(Shelves())
  private let half: Int

  init(limit: Int) { half = limit / 2 }

  func answer(_ key: Key) -> ReadyAnswer? {
    shelves.withLock { shelves in
      if let answer = shelves.young[key] { return answer }
      guard let answer = shelves.old[key] else { return nil }
      keep(answer, key, in: &shelves)
      return answer
    }
  }

  func keep(_ answer: ReadyAnswer, _ key: Key) {
    guard answer.size <= half / 4 else { return }
    shelves.withLock { keep(answer, key, in: &$0) }
  }

  private func keep(_ answer: ReadyAnswer, _ key: Key, in shelves: inout Shelves) {
    if shelves.youngBytes + answer.size > half {
      shelves.old = shelves.young
      shelves.young = [:]
      shelves.youngBytes = 0
    }
    if shelves.young.updateValue(answer, forKey: key) == nil { shelves.youngBytes += answer.size }
  }
}

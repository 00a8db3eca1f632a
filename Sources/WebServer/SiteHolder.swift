import Publishing
import Synchronization

/// The site being served. A new one takes the place of the old at once; requests under way keep theirs.
public final class SiteHolder: Sendable {
  struct Current: Sendable {
    let site: Site
    private let cache: AnswerCache
    private let lists: AnswerCache

    init(_ site: Site, cacheBytes: Int) {
      self.site = site
      cache = AnswerCache(limit: cacheBytes)
      lists = AnswerCache(limit: max(cacheBytes, SiteHolder.leastListBytes))
    }

    func answer(_ key: AnswerCache.Key) -> ReadyAnswer? { cache.answer(key) ?? lists.answer(key) }

    /// Pages that take long are few, as long as nothing is asked of them: they have a cache of their own, so that the many
    /// comparisons never push them out.
    func keep(_ answer: ReadyAnswer, _ key: AnswerCache.Key) {
      let isList = !Site.isQuick(key.target) && !key.target.utf8.contains(UInt8(ascii: "?"))
      (isList ? lists : cache).keep(answer, key)
    }
  }

  private let state: Mutex<Current>
  private let cacheBytes: Int
  private static let leastListBytes = 64 << 20

  /// - Parameter cacheBytes: how many bytes of finished answers are kept at most; of lists as many again, at least 64 MB.
  public init(_ site: Site, cacheBytes: Int) {
    self.cacheBytes = cacheBytes
    state = Mutex(Current(site, cacheBytes: cacheBytes))
  }

  var current: Current { state.withLock { $0 } }

  /// Puts another site in place, with empty caches.
  public func swap(_ site: Site) {
    let fresh = Current(site, cacheBytes: cacheBytes)
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

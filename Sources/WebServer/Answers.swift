import Publishing

/// Finds or makes the ready answer of an address.
struct Answers: Sendable {
  let holder: SiteHolder
  let counters: Counters

  /// Longest address that is kept; longer ones are answered and forgotten.
  private static let longestKept = 512

  func answer(_ target: String, accepting header: String?) -> ReadyAnswer {
    let encoding = Encoding.accepted(by: header)
    let (site, cache) = holder.current
    let key = AnswerCache.Key(target: target, encoding: encoding)
    if let kept = cache.answer(key) {
      counters.count(.cached)
      return kept
    }
    let answer = site.answer(target)
    let ready = ReadyAnswer(
      answer, packed: encoding.packed(answer.body), encoding: encoding, version: site.version)
    if target.utf8.count <= Self.longestKept, answer.status == 200 { cache.keep(ready, key) }
    return ready
  }
}

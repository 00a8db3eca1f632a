import Publishing

/// Finds or makes the ready answer of an address.
struct Answers: Sendable {
  let holder: SiteHolder
  let counters: Counters

  /// Longest address that is kept; longer ones are answered and forgotten.
  private static let longestKept = 512

  /// The answer as somebody else got it before; nil when nobody did, or it is not kept.
  func kept(_ target: String, _ encoding: Encoding) -> ReadyAnswer? {
    let answer = holder.current.answer(AnswerCache.Key(target: target, encoding: encoding))
    if answer != nil { counters.count(.cached) }
    return answer
  }

  /// Makes the answer, and keeps it where others may ask for it.
  func make(_ target: String, _ encoding: Encoding) -> ReadyAnswer {
    let current = holder.current
    let answer = current.site.answer(target)
    let ready = ReadyAnswer(
      answer, packed: encoding.packed(answer.body), encoding: encoding, version: current.site.version)
    if target.utf8.count <= Self.longestKept, answer.status == 200 {
      current.keep(ready, AnswerCache.Key(target: target, encoding: encoding))
    }
    return ready
  }
}

import Facts
import TextFormats

/// Tokens of one answer in one convention, whatever the server's: unknown stays nil.
package struct TokenUsage: Hashable, Sendable {
  /// Prompt tokens that no cache gave or took.
  package let fresh: Int64?
  package let cacheRead: Int64?
  package let cacheWrite: Int64?
  /// All tokens of the answer, reasoning included.
  package let output: Int64?
  /// Part of ``output``.
  package let reasoning: Int64?
  /// What the server said, as it stood.
  package let verbatim: JSONValue

  package init(
    fresh: Int64?, cacheRead: Int64? = nil, cacheWrite: Int64? = nil, output: Int64?, reasoning: Int64? = nil,
    verbatim: JSONValue
  ) {
    self.fresh = fresh
    self.cacheRead = cacheRead
    self.cacheWrite = cacheWrite
    self.output = output
    self.reasoning = reasoning
    self.verbatim = verbatim
  }

  /// The whole prompt; nil when its fresh part is unknown.
  package var input: Int64? {
    guard let fresh else { return nil }
    var sum = fresh
    for part in [cacheRead, cacheWrite] {
      guard let part else { continue }
      let (next, overflow) = sum.addingReportingOverflow(part)
      guard !overflow else { return nil }
      sum = next
    }
    return sum
  }
}

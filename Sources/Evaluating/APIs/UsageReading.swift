import Pricing
import TextFormats

/// Counts of tokens in either convention into the one of ``TokenUsage``. What a server leaves out stays nil; counts that cannot
/// be give nil as a whole, so that a server that lies is not believed in part.
enum UsageReading {
  /// Of servers whose prompt counts what a cache read and took.
  static func inclusive(
    prompt: JSONValue?, cacheRead: JSONValue?, cacheWrite: JSONValue?, output: JSONValue?,
    reasoning: JSONValue?, total: JSONValue?, verbatim: JSONValue
  ) -> TokenUsage? {
    guard let prompt = count(prompt), let read = count(cacheRead), let written = count(cacheWrite),
      var answer = count(output), let thought = count(reasoning), let total = count(total)
    else { return nil }
    var fresh: Int64?
    if let whole = prompt.tokens {
      fresh = whole - (read.tokens ?? .zero) - (written.tokens ?? .zero)
      guard let fresh, fresh >= 0 else { return nil }
    }
    // Some servers leave reasoning out of the answer; their own total tells.
    if let sum = total.tokens, let whole = prompt.tokens, let own = answer.tokens, let part = thought.tokens,
      part > 0, sum == whole + own + part
    {
      answer = Count(tokens: own + part)
    }
    return usage(fresh, read, written, answer, thought, verbatim)
  }

  /// Of servers whose input stands beside what a cache read and took.
  static func exclusive(
    fresh: JSONValue?, cacheRead: JSONValue?, cacheWrite: JSONValue?, output: JSONValue?,
    reasoning: JSONValue?, verbatim: JSONValue
  ) -> TokenUsage? {
    guard let fresh = count(fresh), let read = count(cacheRead), let written = count(cacheWrite),
      let answer = count(output), let thought = count(reasoning)
    else { return nil }
    return usage(fresh.tokens, read, written, answer, thought, verbatim)
  }

  private static func usage(
    _ fresh: Int64?, _ read: Count, _ written: Count, _ answer: Count, _ thought: Count, _ verbatim: JSONValue
  ) -> TokenUsage? {
    if let part = thought.tokens, let whole = answer.tokens, part > whole { return nil }
    return TokenUsage(
      fresh: fresh, cacheRead: read.tokens, cacheWrite: written.tokens, output: answer.tokens,
      reasoning: thought.tokens, verbatim: verbatim)
  }

  /// A count that the server gave, or nothing where it gave none.
  private struct Count {
    let tokens: Int64?
  }

  /// nil for what is no count: a fraction, a number below zero or beyond belief, a word.
  private static func count(_ value: JSONValue?) -> Count? {
    switch value {
    case nil, .null?: return Count(tokens: nil)
    case let value?:
      guard let number = value.integer, number >= 0, number <= Usage.most else { return nil }
      return Count(tokens: number)
    }
  }
}

/// The words of an error that a server puts into a reply.
enum ReplyProblem {
  /// `error.message`, `error` or `message` of an error document, cut to a line; nil for a document that tells no error.
  static func text(_ value: JSONValue) -> String? {
    guard let error = value["error"] else {
      return value["object"]?.string == "error" ? value["message"]?.string : nil
    }
    switch error {
    case .null: return nil
    case .string(let text): return text
    case .object:
      let kind = error["type"]?.string ?? error["code"]?.numberText
      let message = error["message"]?.string ?? ""
      return kind.map { message.isEmpty ? $0 : "\($0): \(message)" } ?? message
    default: return "error"
    }
  }
}

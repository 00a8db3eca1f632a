import Evaluating
import Facts
import TextFormats

/// The keys of a run. They stand in the headers of requests and nowhere else: what a server sends back is searched for them
/// before it is kept.
package struct Secrets: Sendable {
  private let values: [String: String]

  /// - Parameters:
  ///   - routes: whose variables are read.
  ///   - environment: by variable name.
  /// - Throws: `MissingVariables` with the names of those that are not set; nothing may be sent then.
  package init(for routes: [EvaluationRoute], environment: [String: String]) throws(MissingVariables) {
    var values: [String: String] = [:]
    var missing: [MissingVariables.Variable] = []
    for route in routes {
      for name in route.variables {
        let value = environment[name]?.filter { !$0.isWhitespace || $0 == " " } ?? ""
        if value.isEmpty {
          missing.append(.init(name: name, route: route.name))
        } else {
          values[name] = value
        }
      }
    }
    guard missing.isEmpty else { throw MissingVariables(variables: missing) }
    self.values = values
  }

  /// The headers of a request, with the keys that they need.
  func headers(for route: EvaluationRoute) -> [(name: String, value: String)] {
    RequestHeaders.list(
      for: route, key: route.keyVariable.flatMap { values[$0] },
      variables: route.headerVariables.compactMapValues { values[$0] })
  }

  /// The text with every key taken out.
  func scrub(_ text: String) -> String {
    var result = text
    // Short values are no keys, and would take common words out.
    for value in values.values where value.utf8.count >= 8 && result.utf8.count >= value.utf8.count {
      guard result.contains(value) else { continue }
      result = result.split(separator: value, omittingEmptySubsequences: false).joined(separator: "[key]")
    }
    return result
  }

  func scrub(_ text: String?) -> String? { text.map { scrub($0) } }

  /// Usage as the server wrote it, with every key taken out of its texts; what is longer than usage is, is not kept.
  func scrub(_ usage: TokenUsage) -> TokenUsage {
    TokenUsage(
      fresh: usage.fresh, cacheRead: usage.cacheRead, cacheWrite: usage.cacheWrite, output: usage.output,
      reasoning: usage.reasoning, verbatim: scrub(usage.verbatim) ?? .null)
  }

  /// Bytes of a small document that is kept as a server wrote it.
  private static let longestDocument = 16 * 1024

  /// A small document as the server wrote it, with every key taken out of its texts; nil for a large one.
  func scrub(_ document: JSONValue) -> JSONValue? {
    let text = document.text
    guard text.utf8.count <= Self.longestDocument else { return nil }
    let scrubbed = scrub(text)
    return scrubbed == text ? document : try? JSONReader.read(Array(scrubbed.utf8))
  }
}

/// Environment variables that a route needs and that are not set.
package struct MissingVariables: Error, Hashable, Sendable, CustomStringConvertible {
  package struct Variable: Hashable, Sendable {
    package let name: String
    package let route: String
  }

  package let variables: [Variable]

  package var description: String {
    let list = variables.map { "\($0.name) (route \($0.route.bounded))" }.joined(separator: ", ")
    return
      "a key is read from an environment variable that is set; not set: \(list). hint: export it and start again; nothing was sent"
  }
}

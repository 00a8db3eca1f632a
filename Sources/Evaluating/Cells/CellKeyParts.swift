import Facts
import TextFormats

/// What a cell's key is made of, by name, so that two keys can be compared part by part.
package struct CellKeyParts: Hashable, Sendable {
  /// The prompt as it is asked, without its id, checks and cluster; pictures by digest.
  package let request: JSONValue
  /// Server, model, pin, region, headers and body of the route.
  package let route: JSONValue
  package let api: APIKind
  package let trial: Int
  package let metricVersion: Int

  /// - Parameter maxTokens: what is sent where the prompt says nothing.
  package init(
    _ prompt: EvaluationPrompt, through route: EvaluationRoute, trial: Int, maxTokens: Int64,
    metricVersion: Int = CellKey.metricVersion
  ) {
    request = PromptCodec.request(prompt, maxTokens: prompt.maxTokens ?? maxTokens)
    self.route = RouteCodec.identity(route)
    api = route.api
    self.trial = trial
    self.metricVersion = metricVersion
  }

  package var key: CellKey { CellKey(self) }

  /// The parts in the order in which they are hashed, as canonical JSON.
  package var named: [(name: String, bytes: [UInt8])] {
    [
      ("request", request.canonicalBytes), ("route", route.canonicalBytes), ("api", Array(api.rawValue.utf8)),
      ("trial", Array(String(trial).utf8)), ("metrics", Array(String(metricVersion).utf8)),
    ]
  }

  /// One place in which two lists of parts differ.
  package struct Difference: Hashable, Sendable {
    /// `request`, `route`, `api`, `trial` or `metrics`.
    package let part: String
    /// Where in the part: `messages[0].parts[0].text`; empty for the whole.
    package let path: String
    /// Canonical JSON; nil where that side has nothing there.
    package let left: String?
    package let right: String?
  }

  /// The first difference, in the order of hashing; nil when the keys are equal.
  package func firstDifference(from other: CellKeyParts) -> Difference? {
    let sides: [(String, JSONValue, JSONValue)] = [
      ("request", request, other.request), ("route", route, other.route),
      ("api", .string(api.rawValue), .string(other.api.rawValue)),
      ("trial", .number(trial), .number(other.trial)),
      ("metrics", .number(metricVersion), .number(other.metricVersion)),
    ]
    for (name, left, right) in sides {
      if let found = Self.difference(left, right, path: "") {
        return Difference(
          part: name, path: found.path, left: found.left?.canonical, right: found.right?.canonical)
      }
    }
    return nil
  }

  private static func difference(
    _ left: JSONValue?, _ right: JSONValue?, path: String
  ) -> (path: String, left: JSONValue?, right: JSONValue?)? {
    switch (left, right) {
    case (.object(let first)?, .object(let second)?):
      let keys = Set(first.members.map(\.key) + second.members.map(\.key))
      for key in keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
        let inner = path.isEmpty ? key : "\(path).\(key)"
        if let found = difference(first[key], second[key], path: inner) { return found }
      }
      return nil
    case (.array(let first)?, .array(let second)?):
      for place in 0..<max(first.count, second.count) {
        let sides = (
          place < first.count ? first[place] : nil, place < second.count ? second[place] : nil
        )
        if let found = difference(sides.0, sides.1, path: "\(path)[\(place)]") { return found }
      }
      return nil
    default: return left == right ? nil : (path, left, right)
    }
  }
}

extension JSONValue {
  /// ``canonicalBytes`` as text.
  package var canonical: String { String(decoding: canonicalBytes, as: UTF8.self) }
}

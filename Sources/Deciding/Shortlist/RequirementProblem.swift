import Cataloguing
import Facts

/// A word of a question that cannot be read, or that names nothing known.
public struct RequirementProblem: Error, Hashable, Sendable, CustomStringConvertible {
  public let key: ShortlistWords.Key
  public let rule: String
  /// Valid words near the one written, nearest first.
  public let nearest: [String]
  public let hint: String?

  /// `"toolz" is no capability. hint: did you mean tools or tool-use?`
  public var description: String {
    let meant = nearest.isEmpty ? nil : "did you mean \(Self.listed(nearest))?"
    let hints = [meant, hint].compactMap(\.self)
    return hints.isEmpty ? rule : "\(rule). hint: \(hints.joined(separator: "; "))"
  }

  private static func listed(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }
}

/// Something wrong in a file kept by hand, with the line where it stands.
public struct CuratedFault: Hashable, Sendable, CustomStringConvertible {
  public enum Severity: String, Hashable, Sendable {
    /// It cannot be meant: no catalogue is built with it.
    case error
    /// What it says contradicts what else is known; a page may say so, and then both are shown.
    case finding
  }

  /// The check that found it: `alias-shadows`.
  public let rule: String
  public let severity: Severity
  /// As it was given, or below the curated folder.
  public let file: String
  /// From 1; nil where the whole file is meant.
  public let line: Int?
  public let message: String
  public let hint: String

  init(
    _ rule: String, _ severity: Severity = .error, file: String, line: Int?, _ message: String, hint: String
  ) {
    self.rule = rule
    self.severity = severity
    self.file = file
    self.line = line
    self.message = message
    self.hint = hint
  }

  public var description: String {
    "\(file)\(line.map { ":\($0)" } ?? ""): \(severity.rawValue) \(rule): \(message). hint: \(hint)"
  }
}

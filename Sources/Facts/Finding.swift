/// A problem in the data: reported with its place, never a crash and never silently dropped.
public struct Finding: Hashable, Sendable {
  public enum Severity: String, Hashable, Sendable {
    /// Something was refused or is contradictory.
    case warning
    /// Worth knowing, nothing was lost.
    case note
  }

  /// The lint or check that found it: `output-above-context`.
  public let rule: String
  public let severity: Severity
  public let source: SourceID?
  /// The source's key, or the model or route in the catalogue.
  public let place: String
  public let message: String

  public init(
    rule: String, severity: Severity = .warning, source: SourceID? = nil, place: String, message: String
  ) {
    self.rule = rule
    self.severity = severity
    self.source = source
    self.place = place
    self.message = message
  }
}

/// A revision of the Model Context Protocol that this server speaks:
/// https://modelcontextprotocol.io/specification/versioning
public enum Revision: String, CaseIterable, Sendable {
  case november2024 = "2024-11-05"
  case march2025 = "2025-03-26"
  case june2025 = "2025-06-18"
  case november2025 = "2025-11-25"
  case july2026 = "2026-07-28"

  /// Whether each request stands for itself and names its revision; before, a handshake agreed on one.
  var isStateless: Bool { self == .july2026 }

  /// Whether several messages may come as one list. One revision had it; the next took it away.
  var takesBatches: Bool { self == .march2025 }

  /// What a handshake offers to a client that asks for a revision it cannot have.
  static let newestByHandshake = Revision.november2025

  /// What a request over HTTP speaks when no header says:
  /// https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#protocol-version-header
  static let withoutHeader = Revision.march2025

  /// Every revision, newest first.
  static let names = allCases.reversed().map(\.rawValue)
}

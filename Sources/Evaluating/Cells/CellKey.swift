import Facts
import TextFormats

/// SHA-256 in lower-case hexadecimal over everything that changes what is asked: the canonical request, the route, the API
/// kind, the trial, and the version of the metrics.
///
/// Limits, prices, checks, names and keys are left out: they change neither the question nor the answer.
package struct CellKey: Hashable, Sendable, CustomStringConvertible {
  /// 64 hexadecimal digits.
  package let digest: String

  /// The version of the definitions by which clocks and tokens are read. A record measured by other definitions is another
  /// measurement, so it has another key.
  package static let metricVersion = 1

  /// A digest that was stored; nil for anything but 64 lower-case hexadecimal digits.
  package init?(digest: String) {
    guard Digest.isSHA256(digest) else { return nil }
    self.digest = digest
  }

  /// Over the parts, each with its name and length, so that no two lists of parts share one.
  init(_ parts: CellKeyParts) {
    digest = Digest.sha256(parts.named)
  }

  package var description: String { digest }
}

import Crypto
import Facts

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
    guard digest.utf8.count == 64,
      digest.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
    else { return nil }
    self.digest = digest
  }

  /// Over the parts, each with its name and length, so that no two lists of parts share one.
  init(_ parts: CellKeyParts) {
    var hash = SHA256()
    for part in parts.named {
      hash.update(data: Array("\(part.name)\u{0}\(part.bytes.count)\u{0}".utf8))
      hash.update(data: part.bytes)
    }
    digest = Self.hexadecimal(hash.finalize())
  }

  package var description: String { digest }

  /// SHA-256 of bytes as lower-case hexadecimal.
  package static func sha256(_ bytes: [UInt8]) -> String { hexadecimal(SHA256.hash(data: bytes)) }

  private static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}

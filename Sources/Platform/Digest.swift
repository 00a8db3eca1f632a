import Crypto

/// SHA-256 as lower-case hexadecimal.
public enum Digest {
  public static func sha256(_ bytes: [UInt8]) -> String { hex(SHA256.hash(data: bytes)) }

  /// Over several files: each name and content in turn, with their lengths, so that no two folders share one.
  public static func sha256(files: [(name: String, bytes: [UInt8])]) -> String {
    var hash = SHA256()
    for file in files {
      hash.update(data: Array("\(file.name)\u{0}\(file.bytes.count)\u{0}".utf8))
      hash.update(data: file.bytes)
    }
    return hex(hash.finalize())
  }

  static func hex(_ digest: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef")
    return String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}

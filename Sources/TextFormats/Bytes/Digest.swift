/// SHA-256 as 64 lower-case hexadecimal digits, as digests stand in files and on pages.
public enum Digest {
  public static func sha256(_ bytes: [UInt8]) -> String {
    var hash = SHA256()
    hash.update(bytes)
    return Hexadecimal.text(hash.finalize())
  }

  /// Over several named contents: each name and content in turn, with the content's length, so that no two lists share one.
  public static func sha256(_ parts: some Sequence<(name: String, bytes: [UInt8])>) -> String {
    var hash = SHA256()
    for part in parts {
      hash.update(Array("\(part.name)\u{0}\(part.bytes.count)\u{0}".utf8))
      hash.update(part.bytes)
    }
    return Hexadecimal.text(hash.finalize())
  }

  /// Whether a text is 64 lower-case hexadecimal digits.
  public static func isSHA256(_ text: some StringProtocol) -> Bool {
    text.utf8.count == 64
      && text.utf8.allSatisfy {
        $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")
          || $0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "f")
      }
  }
}

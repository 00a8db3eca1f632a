/// Percents of RFC 3986: https://www.rfc-editor.org/rfc/rfc3986#section-2.1
public enum PercentEncoding {
  /// All but unreserved characters in percents, with upper-case digits as section 2.1 asks for.
  ///
  /// - Parameter slashes: whether slashes stay as they are, for a path of several segments.
  public static func encoded(_ text: String, keepingSlashes slashes: Bool = false) -> String {
    func isPlain(_ byte: UInt8) -> Bool { isUnreserved(byte) || slashes && byte == UInt8(ascii: "/") }
    var text = text
    // Most texts are letters, digits and hyphens.
    if text.withUTF8({ $0.allSatisfy(isPlain) }) { return text }
    var output: [UInt8] = []
    output.reserveCapacity(text.utf8.count * 2)
    for byte in text.utf8 {
      if isPlain(byte) {
        output.append(byte)
      } else {
        output.append(UInt8(ascii: "%"))
        Hexadecimal.append(byte, uppercase: true, to: &output)
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The bytes that a text stands for; nil for a percent without two digits behind it.
  ///
  /// - Parameter plusIsSpace: as in `application/x-www-form-urlencoded`, https://url.spec.whatwg.org/#urlencoded-parsing
  public static func decoded(
    _ text: some Collection<UInt8>, plusIsSpace: Bool = false
  ) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var rest = text[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(Hexadecimal.value),
          let low = rest.popFirst().flatMap(Hexadecimal.value)
        else { return nil }
        bytes.append(high << 4 | low)
      case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    return bytes
  }

  /// Section 2.3.
  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      true
    default: false
    }
  }
}

/// Bytes as pairs of hexadecimal digits: RFC 4648 section 8, https://www.rfc-editor.org/rfc/rfc4648#section-8
public enum Hexadecimal {
  /// Two digits a byte, lower case unless it is said otherwise.
  public static func text(_ bytes: some Sequence<UInt8>, uppercase: Bool = false) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity(bytes.underestimatedCount * 2)
    for byte in bytes { append(byte, uppercase: uppercase, to: &digits) }
    return String(decoding: digits, as: UTF8.self)
  }

  /// Appends the two digits of a byte, in ASCII.
  public static func append(_ byte: UInt8, uppercase: Bool = false, to output: inout [UInt8]) {
    output.append(digit(byte >> 4, uppercase: uppercase))
    output.append(digit(byte & 0x0F, uppercase: uppercase))
  }

  private static func digit(_ value: UInt8, uppercase: Bool) -> UInt8 {
    value < 10 ? value + UInt8(ascii: "0") : value - 10 + UInt8(ascii: uppercase ? "A" : "a")
  }

  /// The value of one digit in ASCII, of either case; nil for any other byte.
  public static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    default: nil
    }
  }

  /// The bytes of digits of either case; nil for an odd number of them and for anything else.
  public static func bytes(_ digits: some Collection<UInt8>) -> [UInt8]? {
    guard digits.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count / 2)
    var rest = digits[...]
    while let high = rest.popFirst(), let low = rest.popFirst() {
      guard let high = value(high), let low = value(low) else { return nil }
      bytes.append(high << 4 | low)
    }
    return bytes
  }
}

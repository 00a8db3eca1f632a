/// Bytes in 64 letters: RFC 4648 section 4, padded, https://www.rfc-editor.org/rfc/rfc4648#section-4
public enum Base64 {
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let padding = UInt8(ascii: "=")

  public static func text(_ bytes: [UInt8]) -> String {
    var output: [UInt8] = []
    output.reserveCapacity((bytes.count + 2) / 3 * 4)
    var index = 0
    while index < bytes.count {
      let count = min(3, bytes.count - index)
      var group: UInt32 = 0
      for offset in 0..<3 {
        group = group << 8 | (offset < count ? UInt32(bytes[index + offset]) : 0)
      }
      for offset in 0..<4 {
        let digit = digits[Int(group >> UInt32(18 - 6 * offset) & 63)]
        output.append(offset <= count ? digit : padding)
      }
      index += 3
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The bytes of a canonical text alone: padded, without line ends, and with zero bits where bits are left over (section 3.5), so
  /// that no two texts give the same bytes; nil for any other.
  public static func bytes(_ text: some Collection<UInt8>) -> [UInt8]? {
    let count = text.count
    guard count.isMultiple(of: 4) else { return nil }
    let padded = text.suffix(2).count { $0 == padding }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count / 4 * 3)
    var bits: UInt32 = 0
    var held = 0
    for character in text.prefix(count - padded) {
      guard let value = value(character) else { return nil }
      bits = bits << 6 | UInt32(value)
      held += 6
      if held >= 8 {
        held -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(held)))
        bits &= (1 << UInt32(held)) - 1
      }
    }
    // 2 left-over bits go with one padding character, 4 with two.
    return bits == 0 && held == padded * 2 ? bytes : nil
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}

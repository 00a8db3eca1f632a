/// What the bytes of a file are to the scanner.
enum TokenBytes {
  /// May stand inside an id.
  static let inside: UInt8 = 1
  static let digit: UInt8 = 2
  /// Separates the parts of an id: dash, slash, colon, at.
  static let separator: UInt8 = 4
  static let underscore: UInt8 = 8
  static let letter: UInt8 = 16
  static let upper: UInt8 = 32

  /// The marks of every byte.
  static let marks: [UInt8] = (0...255).map { byte in
    switch UInt8(byte) {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): inside | digit
    case UInt8(ascii: "a")...UInt8(ascii: "z"): inside | letter
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): inside | letter | upper
    case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "@"): inside | separator
    case UInt8(ascii: "_"): inside | underscore
    // A plus ends no id of a provider: `gpt-5.2+` is a reading of versions, and must not be read as `gpt-5.2`.
    case UInt8(ascii: "."), UInt8(ascii: "+"): inside
    // Letters of other scripts join a token, so that a word around an id is no id.
    case 0x80...0xFF: inside
    default: 0
    }
  }

  static func lowered(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
  }
}

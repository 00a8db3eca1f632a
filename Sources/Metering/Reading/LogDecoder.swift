/// The bytes of a log as UTF-8: a byte order mark comes off, UTF-16 is converted.
///
/// Bytes that are no text in the file's encoding come out as 0xFF, which is no UTF-8, so that the line that holds them is
/// reported.
struct LogDecoder {
  enum Encoding: String, Sendable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
  }

  let encoding: Encoding
  private var isAtStart = true
  private var oddByte: UInt8?
  private var highSurrogate: UInt16?

  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// - Parameter start: the first bytes of the file; four decide.
  init(start: [UInt8]) {
    if start.starts(with: [0xFF, 0xFE]) {
      encoding = .utf16LittleEndian
    } else if start.starts(with: [0xFE, 0xFF]) {
      encoding = .utf16BigEndian
    } else if start.count >= 4, start[0] != 0, start[1] == 0, start[2] != 0, start[3] == 0 {
      // Without a mark: every second byte of Latin text in UTF-16 is zero, and no log begins with a zero byte.
      encoding = .utf16LittleEndian
    } else if start.count >= 4, start[0] == 0, start[1] != 0, start[2] == 0, start[3] != 0 {
      encoding = .utf16BigEndian
    } else {
      encoding = .utf8
    }
  }

  mutating func decode(_ bytes: [UInt8]) -> [UInt8] {
    defer { if !bytes.isEmpty { isAtStart = false } }
    switch encoding {
    case .utf8:
      return isAtStart && bytes.starts(with: Self.mark) ? Array(bytes.dropFirst(3)) : bytes
    case .utf16LittleEndian, .utf16BigEndian: return convert(bytes)
    }
  }

  /// What is left when the file ends inside a character.
  mutating func finish() -> [UInt8] {
    defer { (oddByte, highSurrogate) = (nil, nil) }
    return oddByte == nil && highSurrogate == nil ? [] : [0xFF]
  }

  private mutating func convert(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    for byte in bytes {
      guard let first = oddByte else {
        oddByte = byte
        continue
      }
      oddByte = nil
      let (high, low) = encoding == .utf16BigEndian ? (first, byte) : (byte, first)
      take(UInt16(high) << 8 | UInt16(low), into: &text)
    }
    return text
  }

  private mutating func take(_ unit: UInt16, into text: inout [UInt8]) {
    if let high = highSurrogate {
      highSurrogate = nil
      if (0xDC00..<0xE000).contains(unit) {
        let code = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00)
        append(code, to: &text)
        return
      }
      text.append(0xFF)
    }
    switch unit {
    case 0xFEFF: return
    case 0xD800..<0xDC00: highSurrogate = unit
    case 0xDC00..<0xE000: text.append(0xFF)
    default: append(UInt32(unit), to: &text)
    }
  }

  private func append(_ code: UInt32, to text: inout [UInt8]) {
    guard let scalar = Unicode.Scalar(code) else { return text.append(0xFF) }
    if scalar.isASCII { text.append(UInt8(code)) } else { text.append(contentsOf: String(scalar).utf8) }
  }
}

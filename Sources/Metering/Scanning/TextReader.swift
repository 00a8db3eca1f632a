/// Reads JSON texts: plain ones where they stand, others decoded into memory of its own.
struct TextReader: ~Copyable {
  /// Decoded bytes of the row; a text is never longer decoded than written.
  private let decoded: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  private(set) var used = 0
  /// Eight bytes behind each text, which may be read.
  private static let gap = 8

  /// - Parameter longest: bytes of the longest line that will be read.
  init(longest: Int) {
    capacity = longest + 2 * ScanLimits.padding
    decoded = .allocate(capacity: capacity)
  }

  deinit { decoded.deallocate() }

  /// Forgets the texts decoded since `used` was that.
  @inline(__always)
  mutating func forget(from mark: Int) { used = mark }

  /// Reads from the byte behind the opening quote; gives the place of the closing one, nil for what is no text of Unicode
  /// characters.
  @inline(__always)
  mutating func read(_ start: UnsafePointer<UInt8>, into span: inout TextSpan) -> UnsafePointer<UInt8>? {
    let end = JSONScan.plainEnd(start)
    guard end.pointee != JSONScan.quote else {
      span = TextSpan(start: start, count: end - start)
      return end
    }
    return readSlowly(start, from: end, into: &span)
  }

  /// The same without keeping the text.
  @inline(__always)
  mutating func skip(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    let end = JSONScan.plainEnd(start)
    guard end.pointee != JSONScan.quote else { return end }
    let mark = used
    var span = TextSpan(start: start, count: 0)
    let close = readSlowly(start, from: end, into: &span)
    used = mark
    return close
  }

  @inline(never)
  private mutating func readSlowly(
    _ start: UnsafePointer<UInt8>, from first: UnsafePointer<UInt8>, into span: inout TextSpan
  ) -> UnsafePointer<UInt8>? {
    var place = first
    /// The start of what is not copied yet; nil while the text can stay where it is.
    var pending: UnsafePointer<UInt8>?
    let begin = used
    while true {
      switch place.pointee {
      case JSONScan.quote:
        guard let pending else {
          span = TextSpan(start: start, count: place - start)
          return place
        }
        guard copy(from: pending, to: place), used + Self.gap <= capacity else { return nil }
        span = TextSpan(start: UnsafePointer(decoded + begin), count: used - begin)
        (decoded + used).update(repeating: 0, count: Self.gap)
        used += Self.gap
        return place
      case UInt8(ascii: "\\"):
        guard copy(from: pending ?? start, to: place), let next = escape(place + 1) else { return nil }
        place = next
        pending = next
      case 0x80...:
        guard let next = JSONScan.characterEnd(place) else { return nil }
        place = next
      case 0..<0x20: return nil
      default: break
      }
      place = JSONScan.plainEnd(place)
    }
  }

  /// False where the memory does not suffice.
  private mutating func copy(from start: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>) -> Bool {
    let count = end - start
    guard count <= capacity - used else { return false }
    (decoded + used).update(from: start, count: count)
    used += count
    return true
  }

  private mutating func append(_ byte: UInt8) -> Bool {
    guard used < capacity else { return false }
    decoded[used] = byte
    used += 1
    return true
  }

  /// Decodes the escape behind a backslash.
  private mutating func escape(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    let plain: UInt8
    switch start.pointee {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): plain = start.pointee
    case UInt8(ascii: "b"): plain = 8
    case UInt8(ascii: "f"): plain = 12
    case UInt8(ascii: "n"): plain = 10
    case UInt8(ascii: "r"): plain = 13
    case UInt8(ascii: "t"): plain = 9
    case UInt8(ascii: "u"): return codeUnits(start + 1)
    default: return nil
    }
    return append(plain) ? start + 1 : nil
  }

  private mutating func codeUnits(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    guard var code = hexadecimal(start) else { return nil }
    var place = start + 4
    if (0xD800..<0xDC00).contains(code), place[0] == UInt8(ascii: "\\"), place[1] == UInt8(ascii: "u") {
      guard let low = hexadecimal(place + 2), (0xDC00..<0xE000).contains(low) else { return nil }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      place += 6
    }
    // Half a surrogate pair is no character.
    guard let scalar = Unicode.Scalar(code) else { return nil }
    for byte in String(Character(scalar)).utf8 {
      guard append(byte) else { return nil }
    }
    return place
  }

  private func hexadecimal(_ start: UnsafePointer<UInt8>) -> UInt32? {
    var code: UInt32 = 0
    for place in 0..<4 {
      let byte = start[place]
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - 48
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - 87
      case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - 55
      default: return nil
      }
      code = code << 4 | UInt32(digit)
    }
    return code
  }
}

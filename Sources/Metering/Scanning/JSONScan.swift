/// Checking JSON values in place (RFC 8259), each function from the value's first byte to the byte behind it.
///
/// A line feed ends every function, because no JSON text, number or word holds one; so a line needs no bound but its line
/// feed.
enum JSONScan {
  /// Nested lists and objects.
  private static let deepest = 60

  static let quote = UInt8(ascii: "\"")
  static let lineFeed = UInt8(ascii: "\n")

  /// The next byte that is no blank, on the same line.
  @inline(__always)
  static func skipBlanks(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    var place = start
    while place.pointee == 0x20 || place.pointee == 0x09 || place.pointee == 0x0D { place += 1 }
    return place
  }

  /// The end of a number; nil where none stands.
  static func numberEnd(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    var place = start
    if place.pointee == UInt8(ascii: "-") { place += 1 }
    let whole = place
    place = digitsEnd(place)
    guard place > whole, place == whole + 1 || whole.pointee != UInt8(ascii: "0") else { return nil }
    if place.pointee == UInt8(ascii: ".") {
      let fraction = place + 1
      place = digitsEnd(fraction)
      guard place > fraction else { return nil }
    }
    if place.pointee | 0x20 == UInt8(ascii: "e") {
      place += 1
      if place.pointee == UInt8(ascii: "+") || place.pointee == UInt8(ascii: "-") { place += 1 }
      let exponent = place
      place = digitsEnd(exponent)
      guard place > exponent else { return nil }
    }
    return place
  }

  @inline(__always)
  static func digitsEnd(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    var place = start
    while true {
      let count = ByteWords.digitCount(ByteWords.load(place))
      place += count
      if count < 8 { return place }
    }
  }

  /// The end of `true`, `false` or `null`; nil where none of them stands.
  static func wordEnd(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    switch ByteWords.low(ByteWords.load(start), 4) {
    case 0x6575_7274, 0x6C6C_756E: start + 4  // true, null
    case 0x736C_6166 where start[4] == UInt8(ascii: "e"): start + 5  // fals, e
    default: nil
    }
  }

  static func isNull(_ start: UnsafePointer<UInt8>) -> Bool {
    ByteWords.low(ByteWords.load(start), 4) == 0x6C6C_756E
  }

  /// The end of a UTF-8 character outside ASCII (RFC 3629); nil for bytes that are none.
  static func characterEnd(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    func follows(_ place: Int) -> Bool { start[place] & 0xC0 == 0x80 }
    switch start[0] {
    case 0xC2...0xDF: return follows(1) ? start + 2 : nil
    case 0xE0: return start[1] >= 0xA0 && follows(1) && follows(2) ? start + 3 : nil
    case 0xED: return start[1] < 0xA0 && follows(1) && follows(2) ? start + 3 : nil
    case 0xE1...0xEF: return follows(1) && follows(2) ? start + 3 : nil
    case 0xF0: return start[1] >= 0x90 && follows(1) && follows(2) && follows(3) ? start + 4 : nil
    case 0xF1...0xF3: return follows(1) && follows(2) && follows(3) ? start + 4 : nil
    case 0xF4: return start[1] < 0x90 && follows(1) && follows(2) && follows(3) ? start + 4 : nil
    default: return nil
    }
  }

  /// The first byte of a text that is not plain: its closing quote where the text is plain.
  @inline(__always)
  static func plainEnd(_ start: UnsafePointer<UInt8>) -> UnsafePointer<UInt8> {
    var place = start
    while true {
      let stops = ByteWords.textStops(ByteWords.load(place))
      if stops != 0 { return place + ByteWords.first(stops) }
      place += 8
    }
  }

  // MARK: Lists and objects

  /// The end of a list or an object that no field needs; everything in it is checked but keys that stand twice.
  static func containerEnd(_ start: UnsafePointer<UInt8>, texts: inout TextReader) -> UnsafePointer<UInt8>? {
    /// A bit for each level, the innermost lowest: 1 for an object.
    var objects: UInt64 = 0
    var depth = 0
    var place = start
    while true {
      let first = place.pointee
      if first == UInt8(ascii: "[") || first == UInt8(ascii: "{") {
        guard depth < deepest else { return nil }
        let isObject = first == UInt8(ascii: "{")
        objects = objects &<< 1 | (isObject ? 1 : 0)
        depth += 1
        place = skipBlanks(place + 1)
        if place.pointee != end(of: isObject) {
          if isObject {
            guard let value = valueBehindKey(place, texts: &texts) else { return nil }
            place = value
          }
          continue
        }
      } else {
        guard let end = scalarEnd(place, texts: &texts) else { return nil }
        place = skipBlanks(end)
      }
      // Behind a value: the ends of its levels, then a comma, or the end of all.
      while place.pointee == end(of: objects & 1 == 1) {
        objects &>>= 1
        depth -= 1
        if depth == 0 { return place + 1 }
        place = skipBlanks(place + 1)
      }
      guard place.pointee == UInt8(ascii: ",") else { return nil }
      place = skipBlanks(place + 1)
      if objects & 1 == 1 {
        guard let value = valueBehindKey(place, texts: &texts) else { return nil }
        place = value
      }
    }
  }

  @inline(__always)
  private static func end(of isObject: Bool) -> UInt8 { isObject ? UInt8(ascii: "}") : UInt8(ascii: "]") }

  private static func scalarEnd(_ place: UnsafePointer<UInt8>, texts: inout TextReader) -> UnsafePointer<
    UInt8
  >? {
    switch place.pointee {
    case quote: texts.skip(place + 1).map { $0 + 1 }
    case UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "f"): wordEnd(place)
    default: numberEnd(place)
    }
  }

  private static func valueBehindKey(
    _ place: UnsafePointer<UInt8>, texts: inout TextReader
  ) -> UnsafePointer<UInt8>? {
    guard place.pointee == quote, let close = texts.skip(place + 1) else { return nil }
    let colon = skipBlanks(close + 1)
    return colon.pointee == UInt8(ascii: ":") ? skipBlanks(colon + 1) : nil
  }
}

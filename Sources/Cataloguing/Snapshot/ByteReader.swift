import Facts

/// Why a catalogue file cannot be read. The file is refused whole; the catalogue in use stays.
public struct CatalogueError: Error, Hashable, Sendable, CustomStringConvertible {
  public let place: String
  public let rule: String
  public let hint: String

  public init(place: String, rule: String, hint: String) {
    self.place = place
    self.rule = rule
    self.hint = hint
  }

  public var description: String { "\(rule); at \(place). hint: \(hint)" }
}

/// Reads the binary form from bytes that may be hostile: every length and reference is checked.
struct ByteReader {
  let bytes: UnsafeRawBufferPointer
  private(set) var position: Int

  init(_ bytes: UnsafeRawBufferPointer, at position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  func corrupt(_ rule: String) -> CatalogueError {
    CatalogueError(
      place: "byte \(position)", rule: rule, hint: "build the catalogue again with `llmref catalogue build`")
  }

  mutating func byte() throws(CatalogueError) -> UInt8 {
    guard position < bytes.count else { throw corrupt("the catalogue ends too early") }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func unsigned() throws(CatalogueError) -> Int {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let next = try byte()
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { break }
      shift += 7
      guard shift < 63 else { throw corrupt("a number has too many bytes") }
    }
    guard let result = Int(exactly: value) else { throw corrupt("a number is too large") }
    return result
  }

  mutating func signed() throws(CatalogueError) -> Int128 {
    var value: UInt128 = 0
    var shift: UInt128 = 0
    while true {
      let next = try byte()
      value |= UInt128(next & 0x7F) << shift
      if next < 0x80 { break }
      shift += 7
      guard shift < 128 else { throw corrupt("a number has too many bytes") }
    }
    return Int128(bitPattern: value >> 1) ^ -Int128(bitPattern: value & 1)
  }

  mutating func fixed32() throws(CatalogueError) -> Int {
    guard position + 4 <= bytes.count else { throw corrupt("the catalogue ends too early") }
    defer { position += 4 }
    return Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)))
  }

  mutating func fixed64() throws(CatalogueError) -> UInt64 {
    guard position + 8 <= bytes.count else { throw corrupt("the catalogue ends too early") }
    defer { position += 8 }
    return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
  }

  mutating func text() throws(CatalogueError) -> String {
    let count = try unsigned()
    guard count <= bytes.count - position else { throw corrupt("a text is longer than the catalogue") }
    defer { position += count }
    return String(
      decoding: UnsafeRawBufferPointer(rebasing: bytes[position..<(position + count)]), as: UTF8.self)
  }

  mutating func decimal() throws(CatalogueError) -> ExactDecimal {
    let mantissa = try signed()
    guard let exponent = Int(exactly: try signed()), abs(exponent) < 200 else {
      throw corrupt("an exponent is out of range")
    }
    return ExactDecimal(reducing: mantissa, exponent: exponent)
  }

  mutating func date() throws(CatalogueError) -> CalendarDate {
    let day = Int(truncatingIfNeeded: try signed())
    let precision = try byte()
    do {
      let date = try CalendarDate(dayNumber: day)
      switch precision {
      case 1: return try CalendarDate(year: date.year)
      case 2: return try CalendarDate(year: date.year, month: date.month)
      default: return date
      }
    } catch {
      throw corrupt("a date is out of range")
    }
  }

  /// A count of items that follow, each of at least one byte.
  mutating func count() throws(CatalogueError) -> Int {
    let count = try unsigned()
    guard count <= bytes.count - position else { throw corrupt("a list is longer than the catalogue") }
    return count
  }
}

extension ByteWriter {
  mutating func date(_ date: CalendarDate) {
    signed(Int128(date.firstDayNumber))
    byte(date.day != nil ? 3 : date.month != nil ? 2 : 1)
  }
}

import TextFormats

/// Bytes of a page under construction. `raw` takes literals only, so text that comes at run time cannot reach a
/// page unescaped; each format adds its own way to write text.
struct ByteBuffer {
  private(set) var bytes: [UInt8] = []

  init(capacity: Int = 16 * 1024) { bytes.reserveCapacity(capacity) }

  mutating func raw(_ literal: StaticString) {
    literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// Text that the caller has made safe for the format.
  mutating func escaped(_ text: some StringProtocol) {
    let fast: Void? = text.utf8.withContiguousStorageIfAvailable { bytes.append(contentsOf: $0) }
    if fast == nil { bytes.append(contentsOf: text.utf8) }
  }

  mutating func byte(_ byte: UInt8) { bytes.append(byte) }

  /// JSON without spaces, which may stand inside a script element.
  mutating func json(_ value: JSONValue) { JSONText.compact(value, into: &bytes) }

  /// What stands between the quotes of a JSON string.
  mutating func jsonContent(_ text: String) { JSONText.content(text, into: &bytes) }

  /// One scalar as UTF-8.
  mutating func scalar(_ scalar: Unicode.Scalar) { bytes.append(contentsOf: String(scalar).utf8) }

  /// Bytes that this format wrote before.
  mutating func written(_ more: some Collection<UInt8>) { bytes.append(contentsOf: more) }

  /// The same with one byte in place of those at some offsets.
  mutating func written(_ more: [UInt8], with byte: UInt8, at offsets: [Int]) {
    let start = bytes.count
    bytes.append(contentsOf: more)
    bytes.withUnsafeMutableBufferPointer { bytes in
      for offset in offsets { bytes[start + offset] = byte }
    }
  }
}

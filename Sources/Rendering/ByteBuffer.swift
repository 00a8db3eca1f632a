/// Bytes of a page under construction. `raw` takes literals only, so text that comes at run time cannot reach a
/// page unescaped; each format adds its own way to write text.
struct ByteBuffer {
  private(set) var bytes: [UInt8] = []

  init(capacity: Int = 16 * 1024) { bytes.reserveCapacity(capacity) }

  mutating func raw(_ literal: StaticString) {
    literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// Text that the caller has made safe for the format.
  mutating func escaped(_ text: some StringProtocol) { bytes.append(contentsOf: text.utf8) }

  mutating func byte(_ byte: UInt8) { bytes.append(byte) }
}

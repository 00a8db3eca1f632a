import Documents
import Facts

/// Writes HTML as bytes. `raw` takes literals only; everything that comes at run time goes through `text` or
/// `attribute`, which escape.
struct HTMLWriter {
  private(set) var buffer: ByteBuffer
  /// Where the letter of a citation list goes, in the bytes written so far.
  private(set) var gaps: [Int] = []

  init(capacity: Int = 64 * 1024) { buffer = ByteBuffer(capacity: capacity) }

  mutating func raw(_ literal: StaticString) { buffer.raw(literal) }

  /// Text between tags.
  mutating func text(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var start = 0
      var place = 0
      while place < bytes.count {
        let byte = bytes[place]
        if Self.isPlain(byte) {
          place += 1
          continue
        }
        buffer.written(UnsafeBufferPointer(rebasing: bytes[start..<place]))
        if byte >= 0x80 {
          // Scalars beyond ASCII are few: look at each.
          let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
          scalar(bytes, from: place, length: length)
          place += length
        } else {
          escape(byte)
          place += 1
        }
        start = place
      }
      buffer.written(UnsafeBufferPointer(rebasing: bytes[start..<bytes.count]))
    }
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "<"): buffer.raw("&lt;")
    case UInt8(ascii: ">"): buffer.raw("&gt;")
    case UInt8(ascii: "&"): buffer.raw("&amp;")
    case UInt8(ascii: "\""): buffer.raw("&quot;")
    case UInt8(ascii: "'"): buffer.raw("&#39;")
    case 0x0A: buffer.byte(byte)
    default: buffer.raw("\u{FFFD}")
    }
  }

  /// A scalar of a Swift string, whose UTF-8 is valid.
  private mutating func scalar(_ bytes: UnsafeBufferPointer<UInt8>, from place: Int, length: Int) {
    var value = UInt32(bytes[place]) & (length == 2 ? 0x1F : length == 3 ? 0x0F : 0x07)
    for next in 1..<length { value = value << 6 | UInt32(bytes[place + next]) & 0x3F }
    if let scalar = Unicode.Scalar(value), scalar.isHarmless {
      buffer.written(UnsafeBufferPointer(rebasing: bytes[place..<(place + length)]))
    } else {
      buffer.raw("\u{FFFD}")
    }
  }

  /// ASCII that needs no escape: a bit for each of the 128, clear for controls and for `"`, `&`, `'`, `<`, `>`.
  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    let bits: UInt64 =
      byte < 0x40 ? 0xAFFF_FF3B_0000_0000 : byte < 0x80 ? 0x7FFF_FFFF_FFFF_FFFF : 0
    return bits >> UInt64(byte & 0x3F) & 1 == 1
  }

  mutating func number(_ number: Int) { buffer.escaped(String(number)) }

  /// A whole attribute with its value: ` title="…"`.
  mutating func attribute(_ name: StaticString, _ value: String) {
    raw(" ")
    raw(name)
    raw("=\"")
    text(value)
    raw("\"")
  }

  /// A link where the address is http or https, else the words alone.
  mutating func link(_ address: String, _ words: String) {
    guard let safe = SafeLink(address) else { return text(words) }
    raw("<a rel=\"noopener nofollow\"")
    attribute("href", safe.text)
    raw(">")
    text(words)
    raw("</a>")
  }

  /// JSON inside a script element; the JSON writer escapes `<`.
  mutating func json(_ value: DataValue) { JSONText.compact(value, into: &buffer) }

  /// What stands between the quotes of a JSON string inside a script element.
  mutating func jsonContent(_ text: String) { JSONText.content(text, into: &buffer) }

  // MARK: Kept forms

  mutating func byte(_ byte: UInt8) { buffer.byte(byte) }

  /// Leaves a place for the letter of a citation list.
  mutating func gap() { gaps.append(buffer.bytes.count) }

  var written: WrittenPart { WrittenPart(bytes: buffer.bytes, gaps: gaps) }

  /// Bytes kept from before, with the letter that their list has on this page.
  mutating func written(_ kept: WrittenPart, letter: UInt8?) {
    guard let letter, !kept.gaps.isEmpty else { return buffer.written(kept.bytes) }
    kept.bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      for gap in kept.gaps {
        buffer.written(UnsafeBufferPointer(rebasing: bytes[start..<gap]))
        buffer.byte(letter)
        start = gap
      }
      buffer.written(UnsafeBufferPointer(rebasing: bytes[start..<bytes.count]))
    }
  }

  /// Bytes kept from before, inside bytes to be kept: their gaps stay gaps.
  mutating func written(gapped kept: WrittenPart) {
    let start = buffer.bytes.count
    buffer.written(kept.bytes)
    for gap in kept.gaps { gaps.append(start + gap) }
  }
}

import Documents
import Facts
import TextFormats

/// Writes HTML as bytes. `raw` takes literals only; everything that comes at run time goes through `text` or
/// `attribute`, which escape.
struct HTMLWriter {
  private(set) var buffer: ByteBuffer
  /// Where the letters of a citation list go, in the bytes written so far.
  private(set) var letters: [Int] = []

  init(capacity: Int = 64 * 1024) { buffer = ByteBuffer(capacity: capacity) }

  mutating func raw(_ literal: StaticString) { buffer.raw(literal) }

  /// Text between tags.
  mutating func text(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var start = 0
      while true {
        let end = PlainBytes.endInHTML(bytes, from: start)
        if end > start { buffer.written(UnsafeBufferPointer(rebasing: bytes[start..<end])) }
        guard end < bytes.count else { return }
        let byte = bytes[end]
        if byte >= 0x80 {
          // Scalars beyond ASCII are few: look at each.
          let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
          scalar(bytes, from: end, length: length)
          start = end + length
        } else {
          escape(byte)
          start = end + 1
        }
      }
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

  mutating func number(_ number: Int) {
    if number < 0 { buffer.byte(UInt8(ascii: "-")) }
    digits(number.magnitude)
  }

  private mutating func digits(_ number: UInt) {
    if number >= 10 { digits(number / 10) }
    buffer.byte(UInt8(ascii: "0") + UInt8(number % 10))
  }

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
  mutating func json(_ value: DataValue) { buffer.json(value) }

  /// What stands between the quotes of a JSON string inside a script element.
  mutating func jsonContent(_ text: String) { buffer.jsonContent(text) }

  // MARK: Kept forms

  mutating func byte(_ byte: UInt8) { buffer.byte(byte) }

  /// Leaves a place for the letter of a citation list.
  mutating func letterGap() {
    letters.append(buffer.bytes.count)
    buffer.byte(UInt8(ascii: "?"))
  }

  var written: WrittenPart { WrittenPart(bytes: buffer.bytes, letters: letters) }

  /// Bytes kept from before, with the letter that their list has on this page.
  mutating func written(_ kept: WrittenPart, letter: UInt8?) {
    guard !kept.letters.isEmpty else { return buffer.written(kept.bytes) }
    if let letter { return buffer.written(kept.bytes, with: letter, at: kept.letters) }
    kept.bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      for place in kept.letters {
        buffer.written(UnsafeBufferPointer(rebasing: bytes[start..<place]))
        start = place + 1
      }
      buffer.written(UnsafeBufferPointer(rebasing: bytes[start..<bytes.count]))
    }
  }

  /// Bytes kept from before, inside bytes to be kept: their letters stay open.
  mutating func written(open kept: WrittenPart) {
    let start = buffer.bytes.count
    buffer.written(kept.bytes)
    for place in kept.letters { letters.append(start + place) }
  }
}

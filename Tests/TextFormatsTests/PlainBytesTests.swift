import Testing
import TextFormats

@Suite struct PlainBytesTests {
  /// Every byte, at every place of a text of 1 to 20 letters, ends the plain part there or nowhere: the rule is spelt out.
  @Test func endsAtTheFirstByteThatNeedsAnEscape() {
    for length in 1...20 {
      for place in 0..<length {
        for byte in UInt8.min...UInt8.max {
          var text = [UInt8](repeating: UInt8(ascii: "a"), count: length)
          text[place] = byte
          let isControl = byte < 0x20 || byte > 0x7E
          text.withUnsafeBufferPointer { bytes in
            let html = isControl || "\"&'<>".utf8.contains(byte)
            #expect(PlainBytes.endInHTML(bytes, from: 0) == (html ? place : length))
            let json = isControl || "\"&<>\\".utf8.contains(byte)
            #expect(PlainBytes.endInJSON(bytes, from: 0) == (json ? place : length))
          }
        }
      }
    }
  }
}

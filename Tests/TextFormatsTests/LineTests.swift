import Testing
import TextFormats

@Suite struct Lines {
  private func lines(_ text: String, longest: Int = 100, piece: Int = .max) -> [String] {
    var splitter = LineSplitter(longest: longest)
    var lines: [String] = []
    func take() {
      while let line = splitter.next() {
        switch line {
        case .bytes(let bytes): lines.append(String(decoding: bytes, as: UTF8.self))
        case .tooLong: lines.append("too long")
        }
      }
    }
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: piece) {
      splitter.append(bytes[start..<bytes[start...].prefix(piece).endIndex])
      take()
    }
    splitter.end()
    take()
    return lines
  }

  @Test(
    arguments: [
      ("", []), ("\n", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\nb", ["a", "b"]),
      ("a\r\n\r\nb\r", ["a", "", "b"]), ("a\rb\n", ["a\rb"]),
      ("\n\n", ["", ""]),
    ] as [(String, [String])])
  func aLineEndsAtALineFeedAndTheLastNeedsNone(text: String, expected: [String]) {
    for piece in [1, 2, 3, 1000] { #expect(lines(text, piece: piece) == expected) }
  }

  /// Five bytes are allowed: the line of five is whole, those of six and of seven are dropped up to their ends.
  @Test(arguments: [1, 2, 4, 7, 1000])
  func aLineThatIsTooLongIsDroppedAndTheNextIsRead(piece: Int) {
    #expect(
      lines("12345\n123456\nab\n1234567\n\nc", longest: 5, piece: piece) == [
        "12345", "too long", "ab", "too long", "", "c",
      ])
    #expect(lines("ab\n1234567", longest: 5, piece: piece) == ["ab", "too long"])
  }

  @Test func aByteOrderMarkIsTakenOffAndBlanksAreTold() {
    #expect([0xEF, 0xBB, 0xBF, 0x61].withoutByteOrderMark == [0x61])
    #expect([0xEF, 0xBB, 0x61].withoutByteOrderMark == [0xEF, 0xBB, 0x61])
    #expect([0x20, 0x09].isBlank && [UInt8]().isBlank && ![0x20, 0x0D].isBlank)
  }
}

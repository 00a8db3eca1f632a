import Facts
import Testing

@Suite struct Texts {
  @Test(arguments: [
    ("", ""), (" \t\n", ""), ("a", "a"), (" a b\r\n", "a b"), ("\u{A0}\u{3000}é\u{2028}", "é"),
    ("\u{200B}a", "\u{200B}a"),
    // A mark on the space in front belongs to the text.
    (" \u{301}a ", "\u{301}a"),
  ])
  func whiteSpaceAroundATextIsTakenOff(text: String, trimmed: String) {
    #expect(text.trimmed.unicodeScalars.elementsEqual(trimmed.unicodeScalars))
    #expect(("(" + text + ")").dropFirst().dropLast().trimmed == trimmed)
  }

  @Test func numbersBelowTenHaveAZeroInFront() {
    #expect([0, 7, 10, 59, 100].map(\.twoDigits) == ["00", "07", "10", "59", "100"])
    #expect(Int32(9).twoDigits == "09")
    #expect((-5).twoDigits == "-5")
  }

  /// The basis for no byte; the others reckoned in Python from RFC 9923's basis and prime.
  @Test(
    arguments: [
      ("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8),
    ] as [(String, UInt64)])
  func fnv1aIsTheBasisTimesThePrimeByteForByte(text: String, hash: UInt64) {
    #expect(FNV1a.hash(text.utf8) == hash)
    var one = FNV1a()
    for byte in text.utf8 { one.add(byte) }
    #expect(one.value == hash)
  }
}

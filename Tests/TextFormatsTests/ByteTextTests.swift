import Foundation
import Testing
import TextFormats

@Suite struct HexadecimalTexts {
  /// RFC 4648, section 10.
  @Test(arguments: [("", ""), ("f", "66"), ("fo", "666F"), ("foo", "666F6F"), ("foobar", "666F6F626172")])
  func bytesAreTheDigitsOfTheStandard(text: String, digits: String) {
    #expect(Hexadecimal.text(text.utf8, uppercase: true) == digits)
    #expect(Hexadecimal.text(text.utf8) == digits.lowercased())
    #expect(Hexadecimal.bytes(digits.utf8) == Array(text.utf8))
    #expect(Hexadecimal.bytes(digits.lowercased().utf8) == Array(text.utf8))
  }

  @Test func everyByteComesBack() {
    let all = Array(UInt8.min...UInt8.max)
    #expect(Hexadecimal.bytes(Hexadecimal.text(all).utf8) == all)
  }

  @Test(arguments: ["6", "6g", "66 ", "0x66", "６６", "-1"])
  func anythingElseIsNotHexadecimal(digits: String) {
    #expect(Hexadecimal.bytes(digits.utf8) == nil)
  }
}

@Suite struct Base64Texts {
  /// RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"),
  ])
  func textsAreTheLettersOfTheStandard(text: String, letters: String) {
    #expect(Base64.text(Array(text.utf8)) == letters)
    #expect(Base64.bytes(letters.utf8) == Array(text.utf8))
  }

  @Test func drawnBytesAreThoseOfFoundation() {
    for count in 0..<200 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: ($0 &+ 1) &* (count &* 7919 &+ 31) &>> 3) }
      let letters = Data(bytes).base64EncodedString()
      #expect(Base64.text(bytes) == letters, "\(bytes)")
      #expect(Base64.bytes(letters.utf8) == bytes, "\(bytes)")
    }
  }

  /// Section 3.5: `Zh==` holds `f` with a bit left over, `Zm9=` two; padding stands at the end alone.
  @Test(arguments: ["Zg", "Zg=", "Zh==", "Zm9=", "Z===", "====", "Zm9v\n", "Zm-v", "Zg==Zg==", "Z=g="])
  func anythingNotCanonicalIsNotBase64(letters: String) {
    #expect(Base64.bytes(letters.utf8) == nil)
  }
}

@Suite struct Percents {
  /// RFC 3986: section 2.3 names what stays, section 2.1 asks for upper-case digits, section 2.5 has the last two.
  @Test(arguments: [
    ("az-AZ.09_~", "az-AZ.09_~"), ("a b", "a%20b"), ("a/b?c#d", "a%2Fb%3Fc%23d"), ("%", "%25"),
    ("À", "%C3%80"),
    ("ア", "%E3%82%A2"),
  ])
  func allButUnreservedCharactersAreEncoded(text: String, encoded: String) {
    #expect(PercentEncoding.encoded(text) == encoded)
    #expect(PercentEncoding.decoded(encoded.utf8) == Array(text.utf8))
  }

  @Test func slashesStayWhereTheyAreWanted() {
    #expect(PercentEncoding.encoded("a/b c", keepingSlashes: true) == "a/b%20c")
    #expect(PercentEncoding.encoded("a/b", keepingSlashes: true) == "a/b")
  }

  @Test func aPlusIsASpaceInFormsAlone() {
    #expect(PercentEncoding.decoded("a+b%2B".utf8, plusIsSpace: true) == Array("a b+".utf8))
    #expect(PercentEncoding.decoded("a+b".utf8) == Array("a+b".utf8))
  }

  @Test(arguments: ["%", "%4", "%4g", "a%", "%%41", "%-1"])
  func aPercentWithoutTwoDigitsIsBroken(text: String) {
    #expect(PercentEncoding.decoded(text.utf8) == nil)
  }

  @Test func drawnTextsAreThoseOfFoundation() {
    let unreserved = CharacterSet(
      charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
    for seed in 0..<500 {
      let text = String(
        String.UnicodeScalarView(
          (0..<8).compactMap { Unicode.Scalar(UInt32((seed &* 7919 &+ $0 &* 104_729) % 0x3000)) }))
      #expect(
        PercentEncoding.encoded(text) == text.addingPercentEncoding(withAllowedCharacters: unreserved),
        "\(text)")
    }
  }
}

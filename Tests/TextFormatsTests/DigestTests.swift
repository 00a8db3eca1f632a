import Testing

@testable import TextFormats

/// Published values: the examples of FIPS 180, and those of
/// https://csrc.nist.gov/CSRC/media/Projects/Cryptographic-Standards-and-Guidelines/documents/examples/SHA2_Additional.pdf
private let published: [(bytes: [UInt8], digest: String)] = [
  ([], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
  (Array("abc".utf8), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
  (
    Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8),
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
  ),
  (
    [UInt8](repeating: 0x61, count: 1_000_000),
    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
  ),
  ([0xBD], "68325720aabd7c82f30f554b313d0570c95accbb7dc4b5aae11204c08ffe732b"),
  ([0xC9, 0x8C, 0x8E, 0x55], "7abc22c0ae5af26ce93dbb94433a0e0b2e119d014f8e7f65bd56c61ccccd9504"),
  (
    [UInt8](repeating: 0, count: 55), "02779466cdec163811d078815c633f21901413081449002f24aa3e80f0b88ef7"
  ),
  (
    [UInt8](repeating: 0, count: 56), "d4817aa5497628e7c77e6b606107042bbba3130888c5f47a375e6179be789fbb"
  ),
  (
    [UInt8](repeating: 0, count: 57), "65a16cb7861335d5ace3c60718b5052e44660726da4cd13bb745381b235a1785"
  ),
  (
    [UInt8](repeating: 0, count: 64), "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b"
  ),
  (
    [UInt8](repeating: 0x41, count: 1000), "c2e686823489ced2017f6059b8b239318b6364f6dcd835d0a519105a1eadd6e4"
  ),
]

@Suite struct Digests {
  @Test(arguments: [true, false])
  func sha256GivesThePublishedDigestsWithAndWithoutTheProcessorsInstructions(helped: Bool) {
    for (bytes, digest) in published {
      var hash = SHA256(helped: helped)
      hash.update(bytes)
      #expect(Hexadecimal.text(hash.finalize()) == digest)
    }
  }

  /// However the bytes are cut, and also when a digest is asked for on the way.
  @Test func sha256OfPiecesIsThatOfTheWhole() {
    let bytes = (0..<500).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    let whole = Digest.sha256(bytes)
    for size in [1, 3, 55, 63, 64, 65, 127, 128, 200] {
      for helped in [true, false] {
        var hash = SHA256(helped: helped)
        for start in stride(from: 0, to: bytes.count, by: size) {
          hash.update(bytes[start..<min(bytes.count, start + size)])
          _ = hash.finalize()
        }
        #expect(Hexadecimal.text(hash.finalize()) == whole)
      }
    }
  }

  /// Both ways of reckoning agree on every length up to four blocks; the published digests say that they are right.
  @Test func sha256WithoutTheInstructionsIsTheSameAtEveryLength() {
    let bytes = (0..<256).map { UInt8($0 ^ 0x5A) }
    for count in 0...256 {
      var (first, second) = (SHA256(helped: true), SHA256(helped: false))
      first.update(bytes[..<count])
      second.update(bytes[..<count])
      #expect(first.finalize() == second.finalize())
    }
  }

  @Test func partsOfOneJoinedTextHaveOtherDigests() {
    let bytes: (String) -> [UInt8] = { Array($0.utf8) }
    let digests = [
      [("a", bytes("bc"))], [("ab", bytes("c"))], [("a", bytes("b")), ("c", bytes(""))],
      [("a", bytes("bc\0"))],
    ].map { Digest.sha256($0.map { (name: $0.0, bytes: $0.1) }) }
    #expect(Set(digests).count == 4)
    // Name, zero byte, length in decimal, zero byte, content.
    #expect(digests[0] == Digest.sha256(bytes("a\u{0}2\u{0}bc")))
  }

  @Test func onlySixtyFourLowerCaseDigitsAreADigest() {
    let digest = published[1].digest
    #expect(Digest.isSHA256(digest))
    for other in [digest.uppercased(), String(digest.dropLast()), digest + "0", digest.dropLast() + "g"] {
      #expect(!Digest.isSHA256(other))
    }
    // Sixty-four characters that a reader takes for digits, of three bytes each.
    #expect(!Digest.isSHA256(String(repeating: "１", count: 64)))
  }
}

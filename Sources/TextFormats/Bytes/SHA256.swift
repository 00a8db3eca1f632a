import CSHA256

/// SHA-256 of bytes that come in pieces, as FIPS 180-4 defines it: https://csrc.nist.gov/pubs/fips/180-4/upd1/final
///
///     var hash = SHA256()
///     for piece in pieces { hash.update(piece) }
///     let digest = hash.finalize()
///
/// It names contents and finds changes. It is not meant for secrets: nothing is wiped.
public struct SHA256: Sendable {
  /// Bytes of a block.
  private static let blockSize = 64

  /// Whether the processor's own instructions do the work, about nine times as fast.
  private static let isHelped = llmref_sha256_available()

  private let isHelped: Bool
  private var state = SIMD8<UInt32>(
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19)
  /// Bytes of a block that is not whole yet.
  private var pending: [UInt8] = []
  /// Bytes taken so far.
  private var count: UInt64 = 0

  public init() { isHelped = Self.isHelped }

  /// Without the processor's own instructions, for tests of the way that other machines go.
  package init(helped: Bool) { isHelped = helped && Self.isHelped }

  public mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

  public mutating func update(_ bytes: ArraySlice<UInt8>) { bytes.withUnsafeBytes { update($0) } }

  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    count &+= UInt64(bytes.count)
    var rest = bytes[...]
    if !pending.isEmpty {
      let taken = rest.prefix(Self.blockSize - pending.count)
      pending.append(contentsOf: taken)
      rest = rest.dropFirst(taken.count)
      guard pending.count == Self.blockSize else { return }
      let block = pending
      block.withUnsafeBytes { mix($0) }
      pending.removeAll(keepingCapacity: true)
    }
    let whole = rest.prefix(rest.count / Self.blockSize * Self.blockSize)
    mix(UnsafeRawBufferPointer(rebasing: whole))
    pending.append(contentsOf: rest.dropFirst(whole.count))
  }

  /// The digest of all bytes taken so far, 32 bytes; more may follow.
  public func finalize() -> [UInt8] {
    // Section 5.1.1: a one bit, zeros, and the number of bits in 64 bits fill the last block.
    var end = pending
    end.append(0x80)
    while end.count % Self.blockSize != Self.blockSize - 8 { end.append(0) }
    let bits = count &* 8
    for shift in stride(from: 56, through: 0, by: -8) {
      end.append(UInt8(truncatingIfNeeded: bits &>> UInt64(shift)))
    }
    var hash = self
    end.withUnsafeBytes { hash.mix($0) }
    return (0..<8).flatMap { index in
      [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: hash.state[index] &>> UInt32($0)) }
    }
  }

  /// Section 6.2.2, for a number of whole blocks.
  private mutating func mix(_ blocks: UnsafeRawBufferPointer) {
    guard let start = blocks.baseAddress, blocks.count >= Self.blockSize else { return }
    if isHelped {
      withUnsafeMutableBytes(of: &state) { state in
        llmref_sha256_mix(
          state.baseAddress?.assumingMemoryBound(to: UInt32.self), Self.constants,
          start.assumingMemoryBound(to: UInt8.self), blocks.count / Self.blockSize)
      }
      return
    }
    Self.constants.withUnsafeBufferPointer { constants in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { words in
        for start in stride(from: 0, to: blocks.count, by: Self.blockSize) {
          for index in 0..<16 {
            words[index] = UInt32(
              bigEndian: blocks.loadUnaligned(fromByteOffset: start &+ index &* 4, as: UInt32.self))
          }
          for index in 16..<64 {
            words[index] =
              Self.smallSigma1(words[index &- 2]) &+ words[index &- 7]
              &+ Self.smallSigma0(words[index &- 15]) &+ words[index &- 16]
          }
          mix(words, constants)
        }
      }
    }
  }

  @inline(__always)
  private mutating func mix(
    _ words: UnsafeMutableBufferPointer<UInt32>, _ constants: UnsafeBufferPointer<UInt32>
  ) {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    // Eight rounds at a time: each word takes the next one's place by its name, and none is moved.
    for index in stride(from: 0, to: 64, by: 8) {
      Self.round(a, b, c, &d, e, f, g, &h, constants[index] &+ words[index])
      Self.round(h, a, b, &c, d, e, f, &g, constants[index &+ 1] &+ words[index &+ 1])
      Self.round(g, h, a, &b, c, d, e, &f, constants[index &+ 2] &+ words[index &+ 2])
      Self.round(f, g, h, &a, b, c, d, &e, constants[index &+ 3] &+ words[index &+ 3])
      Self.round(e, f, g, &h, a, b, c, &d, constants[index &+ 4] &+ words[index &+ 4])
      Self.round(d, e, f, &g, h, a, b, &c, constants[index &+ 5] &+ words[index &+ 5])
      Self.round(c, d, e, &f, g, h, a, &b, constants[index &+ 6] &+ words[index &+ 6])
      Self.round(b, c, d, &e, f, g, h, &a, constants[index &+ 7] &+ words[index &+ 7])
    }
    state = state &+ SIMD8(a, b, c, d, e, f, g, h)
  }

  /// One round; what the standard calls T1 and T2 goes into the two words that change.
  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32, _ g: UInt32,
    _ h: inout UInt32, _ word: UInt32
  ) {
    // Ch(e, f, g) and Maj(a, b, c) in fewer steps than section 4.1.2 writes them.
    let first = h &+ sigma1(e) &+ (g ^ (e & (f ^ g))) &+ word
    d = d &+ first
    h = first &+ sigma0(a) &+ ((a & b) | (c & (a | b)))
  }

  @inline(__always)
  private static func rotated(_ word: UInt32, _ bits: UInt32) -> UInt32 {
    (word &>> bits) | (word &<< (32 &- bits))
  }
  @inline(__always)
  private static func sigma0(_ word: UInt32) -> UInt32 {
    rotated(word, 2) ^ rotated(word, 13) ^ rotated(word, 22)
  }
  @inline(__always)
  private static func sigma1(_ word: UInt32) -> UInt32 {
    rotated(word, 6) ^ rotated(word, 11) ^ rotated(word, 25)
  }
  @inline(__always)
  private static func smallSigma0(_ word: UInt32) -> UInt32 {
    rotated(word, 7) ^ rotated(word, 18) ^ (word &>> 3)
  }
  @inline(__always)
  private static func smallSigma1(_ word: UInt32) -> UInt32 {
    rotated(word, 17) ^ rotated(word, 19) ^ (word &>> 10)
  }

  /// Section 4.2.2: the first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let constants: [UInt32] = [
    0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
    0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
    0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
    0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
    0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
    0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
    0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
    0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
  ]
}

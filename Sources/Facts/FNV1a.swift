/// The 64-bit FNV-1a hash, the same on every machine: finds and tells apart, guards nothing.
///
/// RFC 9923, https://www.rfc-editor.org/rfc/rfc9923
public struct FNV1a: Hashable, Sendable {
  @usableFromInline var state: UInt64

  /// - Parameter basis: the standard's own unless another series of hashes is wanted.
  @inlinable
  public init(basis: UInt64 = 0xcbf2_9ce4_8422_2325) { state = basis }

  /// The hash of the bytes added so far.
  @inlinable public var value: UInt64 { state }

  @inlinable
  public mutating func add(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }

  @inlinable
  public mutating func add(_ bytes: some Sequence<UInt8>) { for byte in bytes { add(byte) } }

  /// The hash of some bytes.
  @inlinable
  public static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    var hash = FNV1a()
    hash.add(bytes)
    return hash.value
  }
}

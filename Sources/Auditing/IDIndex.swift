import Cataloguing
import Facts

/// The ids and family words of a catalogue as hashes, for a look at every token of a file.
///
/// Ids are found whole: a token of the file is hashed and looked up, so that the number of known ids does not change the time, and
/// no id is ever found inside another.
public struct IDIndex: Sendable {
  /// One bit for each value of the low bits of a hash: most tokens end here.
  private let ids: HashBits
  private let families: HashBits

  /// - Throws: `CatalogueError` for a catalogue whose bytes are broken.
  public init(_ catalogue: Catalogue) throws(CatalogueError) {
    ids = HashBits(try catalogue.keyHashes())
    let words =
      Array(catalogue.frame.identity.families.keys) + catalogue.frame.identity.labs.keys + IDGrammar.brands
    families = HashBits(words.map { Catalogue.keyHash($0.utf8) })
  }

  func mayHold(id hash: UInt64) -> Bool { ids.mayHold(hash) }
  func mayHold(family hash: UInt64) -> Bool { families.mayHold(hash) }
}

/// A set of hashes that answers No surely and Yes nearly so.
struct HashBits: Sendable {
  private let words: [UInt64]
  private let mask: UInt64

  init(_ hashes: [UInt64]) {
    // Sixteen bits a hash: one wrong Yes in sixteen, which the exact look-up then settles.
    var bits: UInt64 = 1 << 12
    while bits < UInt64(hashes.count) * 16 { bits *= 2 }
    var words = [UInt64](repeating: 0, count: Int(bits / 64))
    for hash in hashes {
      let place = Self.spread(hash) & (bits - 1)
      words[Int(place >> 6)] |= 1 << (place & 63)
    }
    self.words = words
    mask = bits - 1
  }

  @inline(__always) func mayHold(_ hash: UInt64) -> Bool {
    let place = Self.spread(hash) & mask
    return words[Int(place >> 6)] & (1 << (place & 63)) != 0
  }

  @inline(__always) private static func spread(_ hash: UInt64) -> UInt64 { hash ^ (hash >> 32) }
}

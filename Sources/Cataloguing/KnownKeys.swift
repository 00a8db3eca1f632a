import Facts

extension Catalogue {
  /// The hash by which the catalogue finds an id: 64-bit FNV-1a over the bytes of its lower-case spelling. A scanner hashes the
  /// bytes that it meets and asks for the few that hit.
  public static func keyHash(_ bytes: some Sequence<UInt8>) -> UInt64 { FNV1a.hash(bytes) }

  /// The hashes of every id, alias and normalised name that leads to a model, in no order. A hit is a reason to look, no proof.
  public func keyHashes() throws(CatalogueError) -> [UInt64] {
    var hashes = try base?.keyHashes() ?? []
    hashes += layerKeys.keys.map { Self.keyHash($0.utf8) }
    hashes += frame.aliases.all.map { Self.keyHash($0.alias.lowercased().utf8) }
    return hashes
  }
}

import TextFormats

/// Models that answer with numbers: what lists of chat models call their longest answer is the length of a vector.
enum VectorModels {
  static func isNamed(_ id: String, family: JSONValue?) -> Bool {
    [id, family?.string].compactMap { $0?.lowercased() }.contains { name in
      name.contains("embed") || name.contains("rerank")
    }
  }
}

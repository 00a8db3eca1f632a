import Facts

extension Grouping {
  /// The spelling that most records use; the shorter, then the first in the alphabet, when they tie.
  func spelling(of group: Group) -> String {
    if let canonical = group.canonical { return canonical.slug }
    let spellings = group.spellings.isEmpty ? group.knownSpellings : group.spellings
    let best = spellings.max { left, right in
      (left.value, -left.key.count, right.key) < (right.value, -right.key.count, left.key)
    }
    return best?.key ?? group.slug
  }
}

extension Grouping.Group {
  /// - Parameters:
  ///   - key: lab and slug, as `openai/gpt-5`.
  ///   - named: the name that an alias or a repository gives the model; the key's own where nobody does.
  init(key: String, named: String? = nil, canonical: ModelID? = nil) {
    self.init(
      slug: named ?? String(key.drop { $0 != "/" }.dropFirst()), lab: LabID(String(key.prefix { $0 != "/" })),
      canonical: canonical)
  }
}

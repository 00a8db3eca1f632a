import Facts

/// Ids that lead to no one model.
extension Grouping {
  /// Why an id leads to no one model: it floats and its provider does not say where to, or nobody tells whose it is.
  func namesNoModel(_ apiID: String, key: String, at provider: ProviderID) -> (
    rule: String, words: String
  )? {
    if frame.identity.isUnnamed(apiID) {
      return ("stealth-id", "the id hides who made the model")
    }
    guard key.hasSuffix("-latest") || ParsedID.floats(apiID), ownAlias(apiID, at: provider) == nil else {
      return nil
    }
    return (
      "floating-id", "the id leads to one release after another and its provider does not date its target"
    )
  }

  /// The target that the provider itself states for an id on the day: by an alias of its own, or by its lab's.
  func ownAlias(_ apiID: String, at provider: ProviderID) -> AliasNote? {
    guard let alias = frame.aliases.find(apiID, provider: provider, policy: frame.identity, asOf: asOf) else {
      return nil
    }
    let isOwn =
      alias.provider.map { frame.identity.provider($0) == provider }
      ?? frame.identity.isFirstParty(provider, of: alias.model.lab)
    return isOwn ? alias : nil
  }
}

import Facts

/// An id as a program writes it, taken apart: whose API is called, and what is sent there.
public struct CalledID: Hashable, Sendable {
  /// Who serves, where the spelling says so: the prefix of a framework, a path, an ARN, a function of an SDK. nil for an id that
  /// stands alone, or behind nothing but its lab's name.
  public let provider: ProviderID?
  /// What may be sent there, in lower case, the likeliest first; never empty.
  public let ids: [String]
}

extension IdentityPolicy {
  /// Takes an id apart as its callers write it: `google_genai:text-embedding-004`, `bedrock/us.anthropic.claude-…`,
  /// `projects/p/locations/l/publishers/ai21/models/jamba-1.5-large`, `arn:aws:bedrock:us-east-1::foundation-model/…`.
  /// - Parameter host: who is called, where that stands outside of the id.
  public func called(_ raw: String, at host: ProviderID? = nil) -> CalledID {
    var text = String(raw.unicodeScalars.prefix(200).map(Character.init)).lowercased().trimmed
    var provider = host
    if text.hasPrefix("arn:"), let slash = text.firstIndex(of: "/") {
      let kind = text[..<slash].split(separator: ":").last ?? ""
      if let server = naming.pathHosts[String(kind)] {
        provider = self.provider(server)
        text = String(text[text.index(after: slash)...])
      }
    }
    while let (caller, rest) = withoutCaller(text) {
      provider = caller ?? provider
      text = rest
    }
    if provider == nil, let server = naming.pathHosts[Self.regionAndLab], isRegionAndLab(text) {
      provider = self.provider(server)
    }
    var parts = text.split(separator: "/").map(String.init)
    // What a price list writes before an id says what is asked for: `1024-x-1024/50-steps/bedrock/…`.
    while parts.count > 1, ParsedID.isAskedFor(parts[0]) { parts.removeFirst() }
    if let server = parts.dropLast().compactMap({ naming.pathHosts[$0] }).first {
      provider = self.provider(server)
      parts = parts.suffix(1)
    }
    if provider == nil, parts.count > 1, labs[parts[0]] == nil, let head = caller(parts[0]) {
      provider = head.isEmpty ? nil : self.provider(head)
      parts.removeFirst()
    } else if let provider, parts.count > 1, self.provider(parts[0]) == provider,
      labs[parts[0]] == nil || !gateways.contains(provider) && parts.count == 2
    {
      // `bedrock:bedrock/…`, and `azure/…` in a call of Azure's.
      return CalledID(
        provider: provider,
        ids: ids(Array(parts.dropFirst()), at: provider) + [parts.joined(separator: "/")])
    }
    var ids = ids(parts, at: provider)
    // The lab's name before its own id: `xai/grok-imagine-image-quality-latest`.
    if provider == nil, parts.count == 2, providers[parts[0]] != nil, !ids.contains(parts[1]) {
      ids.append(parts[1])
    }
    return CalledID(provider: provider, ids: ids)
  }

  /// How the policy names the form of `us.anthropic.claude-…` among the words of paths.
  private static let regionAndLab = "region.lab."

  /// Whether an id begins with a region and a lab, each before a point.
  private func isRegionAndLab(_ text: String) -> Bool {
    let words = text.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    return words.count == 3 && ParsedID.shortRegions.contains(String(words[0]))
      && labs[String(words[1])] != nil && !text.contains("/")
  }

  /// The provider that a word before an id means; empty for a tool that passes ids on, nil for any other word.
  private func caller(_ word: String) -> String? {
    naming.callers[word] ?? providers[word]?.rawValue
  }

  /// The path behind the provider, then what is left of it without words that only say how and where it is called.
  private func ids(_ parts: [String], at provider: ProviderID?) -> [String] {
    var ids: [String] = []
    func add(_ id: String) {
      if !id.isEmpty, !ids.contains(id) { ids.append(id) }
    }
    var rest = parts[...]
    add(rest.joined(separator: "/"))
    while rest.count > 1, let first = rest.first,
      naming.pathWords.contains(first) || ParsedID.isRegion(first) || ParsedID.isAskedFor(first)
        || naming.ownerWords.contains(first)
    {
      rest = rest.dropFirst(naming.ownerWords.contains(first) && rest.count > 2 ? 2 : 1)
      add(rest.joined(separator: "/"))
    }
    for id in ids {
      // `us.anthropic.claude-…` is served across regions under the id behind the point.
      if let dot = id.firstIndex(of: "."), ParsedID.shortRegions.contains(String(id[..<dot])) {
        add(String(id[id.index(after: dot)...]))
      }
      if let base = ParsedID.tunedBase(id, policy: self) { add(base) }
    }
    return ids.isEmpty ? [""] : ids
  }

  /// The providers of one firm that sell under one contract: the two names of Azure's models.
  public func siblings(of provider: ProviderID) -> [ProviderID] {
    guard clouds.contains(provider) else { return [] }
    return owners.values.filter { $0.contains(provider) }.flatMap(\.self).filter {
      $0 != provider && clouds.contains($0)
    }
  }
}

extension CatalogueFrame {
  /// Takes an id apart as its callers write it, see ``IdentityPolicy/called(_:at:)``; a path may also name any provider of the
  /// catalogue: `baseten/zai-org/GLM-5`.
  public func called(_ raw: String, at host: ProviderID? = nil) -> CalledID {
    let called = identity.called(raw, at: host)
    guard called.provider == nil, let path = called.ids.first, let slash = path.firstIndex(of: "/"),
      identity.labs[String(path[..<slash])] == nil, providers[ProviderID(String(path[..<slash]))] != nil
    else { return called }
    return identity.called(String(path[path.index(after: slash)...]), at: ProviderID(String(path[..<slash])))
  }
}

extension ParsedID {
  /// Whether a part of a path says what is asked for and not of whom: the size, steps or quality of a picture, as LiteLLM's price
  /// list writes them before an id.
  static func isAskedFor(_ part: String) -> Bool {
    if ["low", "medium", "high", "hd", "standard", "max-x-max"].contains(part) { return true }
    let pieces = part.split(separator: "-")
    if pieces.count == 3, pieces[1] == "x" {
      return pieces[0].allSatisfy(\.isNumber) && pieces[2].allSatisfy(\.isNumber)
    }
    return pieces.count == 2 && pieces[1] == "steps" && pieces[0].allSatisfy(\.isNumber)
  }

  /// The id under which copies of a model that callers tune are listed: `ft:gpt-4o-2024-08-06` of
  /// `ft:gpt-4o-2024-08-06:acme::x`, and `ft:gpt-4` of `ft-gpt-4`, as pages of retirements write it.
  static func tunedBase(_ id: String, policy: IdentityPolicy) -> String? {
    if id.hasPrefix("ft:") {
      let base = id.dropFirst(3).prefix { $0 != ":" }
      return base.isEmpty ? nil : "ft:" + base
    }
    guard id.hasPrefix("ft-") else { return nil }
    let base = String(id.dropFirst(3))
    return policy.lab(ofSlug: base) == nil ? nil : "ft:" + base
  }
}

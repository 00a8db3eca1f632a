import Facts

/// Spellings that would say the same as a name. None of them is believed by itself: it counts only where a model goes by
/// it and the name as written is nobody's, or one provider's alone.
extension ParsedID {
  /// The name without the lab or host that providers put before one that already says whose it is: `meta-llama-3`,
  /// `databricks-meta-llama-3`, `zai-org-glm-4.7`.
  static func withoutOwner(_ tokens: ArraySlice<String>, policy: IdentityPolicy, lab: inout LabID?)
    -> ArraySlice<String>?
  {
    for length in 1...3 where length < tokens.count {
      let head = tokens.prefix(length).joined(separator: "-")
      guard length > 1 || policy.families[head] == nil,
        policy.labs[head] != nil || policy.providers[head] != nil
      else { continue }
      let rest = tokens.dropFirst(length)
      let further = withoutOwner(rest, policy: policy, lab: &lab)
      guard let word = (further ?? rest).first, let family = policy.lab(ofSlug: word) else { continue }
      if policy.labs[head] == family { lab = lab ?? family }
      return further ?? rest
    }
    return nil
  }

  /// Spellings of the same name, the likeliest first.
  /// - Parameter providers: everyone who writes the name; what a provider puts around names counts when all do.
  func otherNames(at providers: Set<ProviderID>, policy: IdentityPolicy) -> [ParsedID] {
    let tokens = slug.split(separator: "-").map(String.init)
    guard tokens.count > 1 else { return pointed(tokens).map { named($0) } }
    var names = withoutMarks(at: providers, policy: policy)
    names += pointed(tokens).map { named($0) }
    names += secondBrand(tokens, policy: policy).map { named($0) }
    names += withLab(tokens, policy: policy).map { named($0) }
    if let numbered = withoutVersionMark(tokens) { names.append(named(numbered)) }
    names += withoutLab(tokens, policy: policy)
    if let released = turnedRelease(tokens) { names.append(named(released)) }
    names += withoutMode(tokens)
    names += withoutHostWord(tokens, at: providers, policy: policy)
    return names
  }

  /// A name or key without the active parameters of a mixture of experts: `qwen3.6-35b-a3b` gives `qwen3.6-35b`.
  static func withoutActive(_ name: String) -> String {
    let tokens = name.split(separator: "-")
    let rest = tokens.filter { !($0.first == "a" && $0.count > 2 && isSize(String($0.dropFirst()))) }
    return rest.count == tokens.count ? name : rest.joined(separator: "-")
  }

  /// Who owns the path before a name, for namespaces that are no known lab: `ricursiveai/ripple-65b`.
  static func owner(in raw: String) -> LabID? {
    let parts = raw.split(separator: "/")
    guard parts.count >= 2 else { return nil }
    let owner = parts[parts.count - 2].lowercased().filter {
      $0.isLetter || $0.isNumber || $0 == "-" || $0 == "."
    }
    // `accounts/fireworks/models/…` is the path of a host's own models.
    return owner.isEmpty || owner == "models" || owner == "routers" || isRegion(owner) ? nil : LabID(owner)
  }

  private func named(_ tokens: [String], mode: String? = nil, lab: LabID? = nil) -> ParsedID {
    var attributes = self.attributes
    attributes.mode = attributes.mode ?? mode
    return ParsedID(lab: lab ?? self.lab, slug: tokens.joined(separator: "-"), attributes: attributes)
  }

  /// Without what a provider writes around any name: `fw-glm-5.2`, `glm-4.7-h`. The rest is taken apart anew, for it may
  /// end in a quantisation.
  private func withoutMarks(at providers: Set<ProviderID>, policy: IdentityPolicy) -> [ParsedID] {
    guard let first = providers.sorted().first else { return [] }
    return (policy.marks[first] ?? []).compactMap { mark in
      guard providers.allSatisfy({ policy.marks[$0]?.contains(mark) == true }) else { return nil }
      var rest = Substring(slug)
      if mark.hasPrefix("-"), rest.hasSuffix(mark) {
        rest = rest.dropLast(mark.count)
      } else if mark.hasSuffix("-"), rest.hasPrefix(mark) {
        rest = rest.dropFirst(mark.count)
      } else {
        return nil
      }
      let parsed = ParsedID(String(rest), policy: policy)
      var attributes = parsed.attributes
      attributes.variant = attributes.variant ?? mark.filter { $0 != "-" }
      return ParsedID(lab: lab ?? parsed.lab, slug: parsed.slug, attributes: attributes)
    }
  }

  /// With the point that a version lost: `gpt-52`, `claude-opus-41`, `qwen35-122b`, `minimax-m25`, `v03`, `grok-build-0-1`.
  private func pointed(_ tokens: [String]) -> [[String]] {
    var results: [[String]] = []
    for (index, token) in tokens.enumerated() {
      let letters = token.prefix { $0.isLetter }
      let digits = token.dropFirst(letters.count)
      if digits.count == 2, digits.allSatisfy(\.isNumber), digits.last != "0", index > 0 || !letters.isEmpty {
        results.append(tokens.replacing(index, with: letters + digits.prefix(1) + "." + digits.suffix(1)))
      }
      if index > 0, index + 1 < tokens.count, token.count <= 2, token.allSatisfy(\.isNumber),
        tokens[index + 1].count <= 2, tokens[index + 1].first?.isNumber == true
      {
        var joined = tokens.replacing(index, with: token + "." + tokens[index + 1])
        joined.remove(at: index + 1)
        results.append(joined)
      }
    }
    return results
  }

  /// Without a brand before another of the same lab: `doubao-seed-1.6` is sold elsewhere as `seed-1.6`.
  private func secondBrand(_ tokens: [String], policy: IdentityPolicy) -> [[String]] {
    guard tokens.count > 2, let lab = policy.families[tokens[0]], policy.families[tokens[1]] == lab else {
      return []
    }
    return [Array(tokens.dropFirst())]
  }

  /// With the word that the lab's names begin with: MiniMax itself writes `m2-her`.
  private func withLab(_ tokens: [String], policy: IdentityPolicy) -> [[String]] {
    guard let lab, policy.families[lab.rawValue] == lab, policy.lab(ofSlug: tokens[0]) == nil,
      tokens[0].count >= 2, tokens[0].dropFirst().first?.isNumber == true
    else { return [] }
    return [[lab.rawValue] + tokens]
  }

  /// With the bare number of a version that Anthropic's first ids wrote with a letter: `claude-v1.3`, `claude-instant-v1`.
  private func withoutVersionMark(_ tokens: [String]) -> [String]? {
    guard tokens[0] == "claude",
      let index = tokens.firstIndex(where: { $0.first == "v" && $0.dropFirst().first?.isNumber == true })
    else { return nil }
    return Self.orderedClaude(tokens.replacing(index, with: tokens[index].dropFirst()))
  }

  /// Without a lab's word before a name whose first word is no lab's: `cohere-rerank-v4`.
  private func withoutLab(_ tokens: [String], policy: IdentityPolicy) -> [ParsedID] {
    (1...2).compactMap { length in
      guard length < tokens.count, let lab = policy.labs[tokens.prefix(length).joined(separator: "-")],
        // `deepseek-llama3.3-70b` is a llama that DeepSeek trained on, not Meta's.
        policy.lab(ofSlug: tokens[length]) == nil
      else { return nil }
      return named(Array(tokens.dropFirst(length)), lab: lab)
    }
  }

  /// `qwen3-235b-a22b-07-25`, month and year, is `…-2507`.
  private func turnedRelease(_ tokens: [String]) -> [String]? {
    guard tokens.count > 2, let month = Int(tokens[tokens.count - 2]),
      let year = Int(tokens[tokens.count - 1]),
      tokens[tokens.count - 2].count == 2, (1...12).contains(month), (23...39).contains(year)
    else { return nil }
    return tokens.dropLast(2) + [tokens[tokens.count - 1] + tokens[tokens.count - 2]]
  }

  /// Without a word by which one host, which is not the lab, says how it serves the model: `kimi-k2.6-nitro`.
  private func withoutHostWord(_ tokens: [String], at providers: Set<ProviderID>, policy: IdentityPolicy)
    -> [ParsedID]
  {
    guard let last = tokens.last, policy.naming.hostWords.contains(last), providers.count == 1,
      let host = providers.first, let lab = lab ?? policy.lab(ofSlug: slug),
      !policy.isFirstParty(host, of: lab), !policy.naming.labsWithHostWords.contains(lab),
      !policy.naming.hosts.contains(lab)
    else { return [] }
    return [named(Array(tokens.dropLast()), mode: last)]
  }

  private static let efforts: Set<String> = ["minimal", "low", "high", "xhigh"]

  /// Without a way of running the same model: an effort behind a version (`gpt-5.4-high`), Claude's thinking, an interface.
  private func withoutMode(_ tokens: [String]) -> [ParsedID] {
    guard let last = tokens.last else { return [] }
    let rest = Array(tokens.dropLast())
    let isEffort = Self.efforts.contains(last) && rest.contains { $0.contains(where: \.isNumber) }
    let isThinking = tokens[0] == "claude" && (last == "think" || last == "thinking")
    return isEffort || isThinking || last == "completion" ? [named(rest, mode: last)] : []
  }
}

extension [String] {
  fileprivate func replacing(_ index: Int, with token: some StringProtocol) -> [String] {
    var result = self
    result[index] = String(token)
    return result
  }
}

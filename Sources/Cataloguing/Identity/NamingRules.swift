import Facts

/// How platforms and tools write a model's name. Data, not code: `platforms` in `Data/policy/identity.json`.
public struct NamingRules: Hashable, Sendable {
  /// What a tool writes before a colon, with the provider it means; an empty one where it says nothing of who serves.
  public var callers: [String: String] = [:]
  /// Functions and classes of SDKs that are called with an id, in lower case, with the provider that serves it: `groq`,
  /// `azurechatopenai`.
  public var functions: [String: String] = [:]
  /// Words of a path that say who serves what stands at its end: `publishers`, `foundation-model`.
  public var pathHosts: [String: String] = [:]
  /// Kinds of calls that stand between a caller and an id: `chat`, `messages`.
  public var calls: Set<String> = []
  /// Words of a path that are part of how ids are written: `models`, `publishers`, `@cf`.
  public var pathWords: Set<String> = []
  /// Words of a path after which a name of the caller's own stands: `projects`, `accounts`.
  public var ownerWords: Set<String> = []
  /// Owners of repositories that hold copies of other labs' models: `unsloth`.
  public var copiers: Set<String> = []
  /// What a platform writes before any name: `text-embedding-`.
  public var namePrefixes: Set<String> = []
  /// Endings of the tuned model that runtimes serve under a plain name and size, by family: `gemma` is `it`.
  public var tuned: [String: [String]] = [:]
  /// First words of names that are a provider's own there, whatever other labs call theirs: `deepgram/nova`.
  public var ownNames: Set<String> = []
  /// Beginnings of repositories that each are a model, whether anybody serves it or not: `tiiuae/`.
  public var repositories: Set<String> = []
  /// What one host writes behind a name to say how it serves the model: `tput`, `nitro`.
  public var hostWords: Set<String> = []
  /// Labs whose own names end in such words: FLUX.2 [flex].
  public var labsWithHostWords: Set<LabID> = []
  /// Providers that pass models on, and train none.
  public var hosts: Set<LabID> = []

  public init() {}

  /// The endings of the tuned models of a name's family, the longest family that fits.
  func endings(of slug: String) -> [String] {
    let family = tuned.keys.filter { slug.hasPrefix($0) }.max { $0.count < $1.count }
    return family.flatMap { tuned[$0] } ?? []
  }

  /// Whether a repository is a model by itself.
  func isModel(repository: String) -> Bool {
    let name = repository.lowercased()
    return repositories.contains { name.hasPrefix($0.lowercased()) }
  }

  /// The rules as pairs, for the snapshot: a rule's name and a word, and what it means.
  var pairs: [(String, String)] {
    let sets: [(String, Set<String>)] = [
      ("call", calls), ("path", pathWords), ("owner", ownerWords), ("copier", copiers),
      ("prefix", namePrefixes), ("own", ownNames), ("host-word-lab", Set(labsWithHostWords.map(\.rawValue))),
      ("repository", repositories),
      ("host-word", hostWords), ("host", Set(hosts.map(\.rawValue))),
    ]
    return sets.flatMap { rule, words in words.map { (rule + " " + $0, "") } }
      + callers.map { ("caller " + $0.key, $0.value) }
      + functions.map { ("function " + $0.key, $0.value) }
      + pathHosts.map { ("path-host " + $0.key, $0.value) }
      + tuned.map { ("tuned " + $0.key, $0.value.joined(separator: " ")) }
  }

  /// Reads one of `pairs` back; a rule that it does not know is left out.
  mutating func add(pair: (String, String)) {
    let parts = pair.0.split(separator: " ", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return }
    let word = parts[1]
    switch parts[0] {
    case "call": calls.insert(word)
    case "path": pathWords.insert(word)
    case "owner": ownerWords.insert(word)
    case "copier": copiers.insert(word)
    case "prefix": namePrefixes.insert(word)
    case "own": ownNames.insert(word)
    case "host-word-lab": labsWithHostWords.insert(LabID(word))
    case "repository": repositories.insert(word)
    case "host-word": hostWords.insert(word)
    case "host": hosts.insert(LabID(word))
    case "caller": callers[word] = pair.1
    case "function": functions[word] = pair.1
    case "path-host": pathHosts[word] = pair.1
    case "tuned": tuned[word] = pair.1.split(separator: " ").map(String.init)
    default: return
    }
  }
}

extension IdentityPolicy {
  /// An id without what a tool writes before it: `anthropic:messages:claude-sonnet-4-5`, `google-gla:gemini-2.5-flash`.
  ///
  /// A word that also begins model names is a caller only before a name that is one: `mistral:7b` is Mistral in a size.
  func withoutCaller(_ text: String) -> (provider: ProviderID?, id: String)? {
    guard let colon = text.firstIndex(of: ":"), colon > text.startIndex else { return nil }
    // `gateway/bedrock:…`: the last word before the colon serves.
    let words = text[..<colon].split(separator: "/").map(String.init)
    guard let head = words.last, words.dropLast().allSatisfy({ naming.callers[$0] != nil }) else {
      return nil
    }
    var rest = String(text[text.index(after: colon)...])
    guard let means = naming.callers[head] ?? (providers[head] == nil ? nil : head) else { return nil }
    var isCall = false
    while let next = rest.firstIndex(of: ":"), naming.calls.contains(String(rest[..<next])) {
      rest = String(rest[rest.index(after: next)...])
      isCall = true
    }
    guard !rest.isEmpty,
      isCall || lab(ofSlug: head) == nil || lab(ofSlug: rest) != nil || rest.contains("/")
        || !Self.isTag(rest)
    else { return nil }
    return (means.isEmpty ? nil : provider(means), rest)
  }

  /// Whether what stands behind a colon may be a size or kind of the model before it: `7b`, `instruct-q4_0`, `latest`.
  private static func isTag(_ text: String) -> Bool {
    guard let first = text.split(separator: "-").first, text.contains("-") else { return true }
    return first.contains(where: \.isNumber)
      || ["instruct", "chat", "text", "base", "code", "latest"].contains(first)
  }

  /// Whether each word of the path before a name is one that ids are written with: a provider, a lab, a region, or a word
  /// of the rules. A name behind any other path is not known to be that model.
  func isKnownPath(_ id: String, provider isProvider: (String) -> Bool) -> Bool {
    var id = id
    for beginning in ParsedID.beginnings where id.hasPrefix(beginning) { id.removeFirst(beginning.count) }
    ParsedID.takeRegistry(from: &id)
    let parts = id.split(separator: "/", omittingEmptySubsequences: false).dropLast().map(String.init)
    var isFree = false
    return parts.allSatisfy { part in
      defer { isFree = naming.ownerWords.contains(part) }
      // An ARN has its own parts before the first slash.
      let word = String(part.split(separator: ":").last ?? "").drop { $0 == "~" || $0 == "'" }
      return isFree || word.isEmpty || labs[String(word)] != nil || providers[String(word)] != nil
        || naming.pathWords.contains(String(word)) || naming.ownerWords.contains(String(word))
        || naming.copiers.contains(String(word)) || naming.callers[String(word)] != nil
        || word.allSatisfy(\.isNumber) || ParsedID.isAskedFor(String(word))
        || naming.pathHosts[String(word)] != nil || ParsedID.isRegion(String(word))
        || labNames[LabID(String(word))] != nil
        || isProvider(String(word))
    }
  }
}

import Cataloguing
import Facts

/// Reads tokens as ids. Remembers what it has read: a tree repeats few ids many times.
struct TokenReader {
  private let catalogue: Catalogue
  private let asOf: CalendarDate
  private var known: [Key: TokenReading?] = [:]
  private let listings: ListedIDs

  init(_ catalogue: Catalogue, asOf: CalendarDate) {
    self.catalogue = catalogue
    listings = ListedIDs(catalogue, asOf: asOf)
    self.asOf = asOf
  }

  private struct Key: Hashable {
    let token: String
    let host: ProviderID?
  }

  /// nil for a token that is no id.
  /// - Parameter host: who serves what the function is called with in which the token stands.
  mutating func read(_ token: String, at host: ProviderID? = nil) -> TokenReading? {
    let key = Key(token: token, host: host)
    if let reading = known[key] { return reading }
    // A tree of made-up ids must not fill the memory.
    if known.count > 200_000 { known = [:] }
    let reading = fresh(token, at: host)
    known[key] = .some(reading)
    return reading
  }

  /// Who serves what a function or class of an SDK is called with: `groq`, `openai.chat`, `AzureChatOpenAI`.
  func host(calledBy function: String) -> ProviderID? {
    let name = function.prefix { $0 != "." }
    return policy.naming.functions[String(name)].map(policy.provider)
  }

  private func fresh(_ token: String, at host: ProviderID?) -> TokenReading? {
    guard token.utf8.allSatisfy({ $0 < 0x80 }), !token.contains(".."), !Self.endsAsFile(token) else {
      return nil
    }
    if token.contains("://") || token.hasPrefix("www.") { return address(token) }
    var text = Substring(token)
    var hasPrefix = false
    let called = catalogue.frame.called(token, at: host)
    // `openai:gpt-4o`, `gateway/bedrock:qwen.qwen3`, `anthropic:messages:claude-3-opus`.
    while let colon = text.firstIndex(of: ":"), isCaller(text[..<colon]) {
      text = text[text.index(after: colon)...]
      hasPrefix = true
    }
    guard !text.isEmpty, let last = text.last, last != "-", last != "_", last != "+", last != "@" else {
      return nil
    }
    let method = Self.withoutMethod(text)
    if let method, method.isMethod {
      return reading(
        String(method.name), id: String(token.dropLast(text.count - method.name.count)),
        called: catalogue.frame.called(String(method.name), at: called.provider), hasPrefix: hasPrefix,
        hasMethod: true)
    }
    if let reading = reading(
      String(text), id: token, called: called, hasPrefix: hasPrefix || called.provider != nil)
    {
      return reading
    }
    guard let method else { return nil }
    return reading(
      String(method.name), id: token,
      called: catalogue.frame.called(String(method.name), at: called.provider),
      hasPrefix: hasPrefix)
  }

  private var policy: IdentityPolicy { catalogue.frame.identity }

  private func reading(
    _ name: String, id: String, called: CalledID, hasPrefix: Bool, shift: Int = 0, hasMethod: Bool = false
  ) -> TokenReading? {
    let provider = called.provider
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard let last = parts.last, !last.isEmpty else { return nil }
    let words = last.split(whereSeparator: { "-.:@".contains($0) })
    guard let first = words.first else { return nil }
    let hasNumber = last.contains(where: \.isNumber)
    let isVendor =
      last.contains("-") && last.prefix { $0 != "." } == first && first.count < last.count
      && policy.labs[first.lowercased()] != nil
    let isKnownPath = parts.dropLast().allSatisfy { isCaller($0) }
    func make(_ strength: TokenReading.Strength, _ meaning: MentionMeaning) -> TokenReading {
      TokenReading(
        strength: strength, meaning: meaning, id: id, shift: shift,
        isCapital: parts.count == 1 && !hasPrefix && name.contains(where: \.isUppercase),
        hasNumber: hasNumber,
        hasPrefix: isKnownPath && (hasPrefix || parts.count > 1),
        hasFamily: policy.lab(ofSlug: first.lowercased()) != nil && !IDGrammar.isEveryday(first.lowercased()),
        hasSize: words.contains { IDGrammar.isSize($0.lowercased()) },
        hasMethod: hasMethod, hasVendor: isVendor,
        isDerived: words.last.map { IDGrammar.derivedEndings.contains($0.lowercased()) } ?? false)
    }
    if let own = listed(called) {
      let isSure = parts.count > 1 || hasPrefix || isVendor
      return make(isSure ? .clear : hasNumber && words.count > 1 ? .clear : .wordy, own)
    }
    let pointer = listings.pointer(called.ids, at: provider)
    if provider == nil || pointer == nil, let found = recognise(name, called) {
      if let listing = listing(of: name, as: found, provider: provider) {
        let meaning = MentionMeaning.model(found.model, provider: listing.provider, apiID: listing.apiID)
        if parts.count > 1 || hasPrefix { return make(.clear, meaning) }
        if words.count == 1, !(hasNumber && last.utf8.count > 4) { return make(.bare, meaning) }
        return make(hasNumber && !IDGrammar.mayBeProse(words) ? .clear : .wordy, meaning)
      }
      guard hasNumber, words.count > 1, !last.contains("+") else { return nil }
      // Underscores are names in code: `gpt_4o`.
      let strength: TokenReading.Strength = isKnownPath && !last.contains("_") ? .spelling : .hint
      return make(strength, .model(found.model, provider: provider ?? self.provider(of: parts), apiID: name))
    }
    if let pointer {
      return make(
        parts.count > 1 || hasPrefix || words.count > 2 ? .clear : .wordy,
        .pointer(provider: pointer.provider, apiID: pointer.apiID))
    }
    guard hasNumber || last.hasSuffix("-latest"), !name.contains("+"), parts.count <= 5, first.count > 1
    else { return nil }
    let families = words.map {
      policy.lab(ofSlug: $0.lowercased()) != nil
        || IDGrammar.brands.contains($0.prefix(while: \.isLetter).lowercased())
    }
    let isNamed =
      isVendor && IDGrammar.isName(words[...])
      || families.indices.contains { place in
        families[place] && IDGrammar.isName(words.dropFirst(place))
          && (place == 0
            || words[..<place].allSatisfy {
              policy.labs[$0.lowercased()] != nil || IDGrammar.isRegion($0)
                || IDGrammar.brands.contains($0.lowercased())
            } || hasPrefix || parts.count > 1)
      }
    if isKnownPath, !last.contains("_"), isNamed { return make(.shape, .unknown) }
    if isKnownPath, !last.contains("_"), parts.count > 1 || hasPrefix, families.contains(true) {
      return make(.shape, .unknown)
    }
    guard families.contains(true) || isLonger(name) else { return nil }
    return make(.hint, .unknown)
  }

  /// The route that the one who is called lists under the very id.
  private func listed(_ called: CalledID) -> MentionMeaning? {
    guard let provider = called.provider else { return nil }
    for host in [provider] + policy.siblings(of: provider) {
      for id in called.ids {
        guard let found = try? catalogue.recognise(id, provider: host.rawValue, asOf: asOf),
          let entry = listings.routes(of: found.model).first(where: {
            $0.provider == host && $0.lowered == id
          })
        else { continue }
        return .model(found.model, provider: host, apiID: entry.apiID)
      }
    }
    return nil
  }

  /// The model of an id: as the one who is called means it, else as anybody does.
  private func recognise(_ name: String, _ called: CalledID) -> ResolvedID? {
    if let provider = called.provider {
      for id in called.ids {
        if let found = try? catalogue.recognise(id, provider: provider.rawValue, asOf: asOf) { return found }
      }
    }
    if let found = try? catalogue.recognise(name, asOf: asOf) { return found }
    return called.ids.lazy.filter { $0 != name }.compactMap { try? catalogue.recognise($0, asOf: asOf) }.first
  }

  /// Whether a listed id goes on with more words: `text-embedding-3-large-256`.
  private func isLonger(_ name: String) -> Bool {
    var rest = Substring(name)
    while let dash = rest.lastIndex(of: "-") {
      rest = rest[..<dash]
      guard rest.contains(where: \.isNumber), rest.contains("-") else { return false }
      if let found = try? catalogue.recognise(String(rest), asOf: asOf),
        listing(of: String(rest), as: found, provider: nil) != nil
      {
        return true
      }
    }
    return false
  }

  /// The route or name under which the id is listed in exactly these letters.
  private func listing(of name: String, as found: ResolvedID, provider: ProviderID?) -> (
    provider: ProviderID?, apiID: String
  )? {
    let lowered = name.lowercased()
    let isPlain = lowered == name
    func says(_ listed: ListedIDs.Entry, _ written: String) -> Bool {
      (isPlain ? listed.lowered : listed.apiID) == written
    }
    let parts = name.split(separator: "/")
    let routes = listings.routes(of: found.model)
    for start in parts.indices {
      let rest = parts[start...].joined(separator: "/")
      guard parts[..<start].allSatisfy({ isCaller($0) }) else { break }
      let named = start > 0 ? parts[..<start].compactMap { policy.providers[$0.lowercased()] }.first : nil
      let listed = routes.filter { says($0, rest) }
      if let wanted = named ?? provider, let route = listed.first(where: { $0.provider == wanted }) {
        return (route.provider, route.apiID)
      }
      if let route = listed.first { return (named ?? provider, route.apiID) }
    }
    if isPlain,
      found.model.rawValue == lowered || found.model.slug == lowered || found.rule == "alias"
        || found.rule == "exact"
    {
      return (provider ?? self.provider(of: parts), String(parts.last ?? ""))
    }
    return nil
  }

  private func provider(of parts: [Substring]) -> ProviderID? {
    parts.dropLast().compactMap { policy.providers[$0.lowercased()] }.first
  }

  /// Whether a part before an id can be whose it is or how it is called.
  private func isCaller(_ part: Substring) -> Bool {
    let word = part.split(separator: "/").last.map { $0.lowercased() } ?? ""
    if part.contains("/") { return part.split(separator: "/").allSatisfy { isCaller($0) } }
    return policy.providers[word] != nil || policy.labs[word] != nil || Self.callers.contains(word)
      || policy.naming.callers[word] != nil || policy.naming.calls.contains(word)
      || policy.naming.pathWords.contains(word) || policy.naming.pathHosts[word] != nil
      || catalogue.frame.providers[ProviderID(word)] != nil
  }

  /// An id in the path of an API: `https://…googleapis.com/v1/models/gemini-2.0-flash:generateContent`.
  private func address(_ token: String) -> TokenReading? {
    guard let mark = ["/models/", "/deployments/", "/model/"].compactMap({ token.firstRange(of: $0) }).first
    else { return nil }
    let host = token[..<mark.lowerBound]
    let rest = token[mark.upperBound...]
    let id = rest.prefix { $0 != "/" && $0 != ":" }
    let method = rest.dropFirst(id.count)
    let isCalled =
      method.hasPrefix(":") || method.hasPrefix("/invoke") || method.hasPrefix("/converse")
      || method.hasPrefix("/chat")
      || method.hasPrefix("/completions") || method.hasPrefix("/embeddings")
    guard isCalled || host.contains("/v1") && !host.contains("docs"), !id.isEmpty else { return nil }
    let reading = reading(
      String(id), id: String(id), called: catalogue.frame.called(String(id)), hasPrefix: false,
      shift: token.utf8.count - rest.utf8.count,
      hasMethod: true)
    return reading?.meaning == .unknown ? nil : reading
  }

  /// Without what follows a colon: a method of the API (`gemini-embedding-2:embedContent`), or an interface, which belongs to
  /// the ids of those who write it (`openai/o3:responses`).
  private static func withoutMethod(_ text: Substring) -> (name: Substring, isMethod: Bool)? {
    guard let colon = text.lastIndex(of: ":") else { return nil }
    let tail = text[text.index(after: colon)...]
    if tail == "responses" || tail == "completions" { return (text[..<colon], false) }
    let isMethod = tail == "predict" || tail.contains(where: \.isUppercase) && tail.allSatisfy(\.isLetter)
    return isMethod ? (text[..<colon], true) : nil
  }

  private static func endsAsFile(_ token: String) -> Bool {
    guard let dot = token.lastIndex(of: ".") else { return false }
    return fileEndings.contains(token[token.index(after: dot)...].lowercased())
  }

  private static let fileEndings: Set<String> = [
    "md", "json", "jsonl", "py", "pyi", "txt", "yaml", "yml", "html", "htm", "gguf", "ggml", "png", "jpg",
    "jpeg", "gif",
    "webp", "ts", "tsx", "js", "jsx", "mjs", "toml", "csv", "tsv", "ipynb", "sh", "bin", "pt", "pth",
    "safetensors", "swift",
    "go", "rs", "pdf", "svg", "xml", "log", "zip", "tar", "gz", "whl", "cfg", "ini", "lock", "java", "rb",
    "php", "com", "org",
    "io", "ai", "dev", "net", "mp3", "mp4", "wav", "onnx", "model", "rst", "css", "sql", "env", "c", "h",
    "cpp",
  ]
  /// Words before an id that are no provider of the catalogue: kinds of calls and gateways.
  private static let callers: Set<String> = [
    "models", "accounts", "publishers", "messages", "chat", "completion", "responses", "huggingface", "hf",
    "gateway", "litellm",
    "litellm_proxy", "google-gla", "google-vertex", "generative-ai", "ft", "us", "eu", "apac", "global",
    "fine-tuned", "embedding", "@cf", "@hf",
    "routers", "text-completion-openai", "azureai", "fireworks", "inference-profile",
    "foundation-model",
  ]
}

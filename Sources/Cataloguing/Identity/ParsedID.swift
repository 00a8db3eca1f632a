import Facts

/// A provider's id taken apart: lab, the model's own name, and what belongs to the route.
///
/// The name is kept twice, with its date and without, because a dated id is its own model where sources keep it
/// apart and an alias where they do not (two-step rule: dated key first, then undated).
public struct ParsedID: Hashable, Sendable {
  /// The lab that the id's namespace names, if any.
  public let lab: LabID?
  /// The model's name in canonical spelling, date included: `claude-sonnet-4.5-20250929`.
  public let datedSlug: String
  /// Without a full date: `claude-sonnet-4.5`.
  public let slug: String
  public let attributes: RouteAttributes
  /// Whether the size stands behind a colon, as local runtimes write it: `llama3.2:3b`.
  let isTagged: Bool

  /// Whether the name floats: `…-latest` points to one release after another and is no model itself.
  public var isFloating: Bool { slug.hasSuffix("-latest") || slug == "latest" }

  /// Whether an id floats over versions: `mistral-medium-latest`, `~anthropic/claude-sonnet`. One with a version, such as
  /// `grok-4.6-latest`, stays within it.
  static func floats(_ raw: String) -> Bool {
    if raw.hasPrefix("~") { return true }
    // What stands behind a mark says where or how: `mistral-medium-latest@eu`.
    let name = (raw.split(separator: "/").last ?? "").prefix { $0 != "@" && $0 != ":" }
    return name.lowercased().hasSuffix("latest") && !name.contains(where: \.isNumber)
  }

  /// What two spellings of one name share. Separators between a word and a number do not count:
  /// `llama3.1-70b` and `llama-3.1-70b` are one, `qwen3-235b` and `qwen3-235b-2507` are two.
  public var datedKey: String { Self.key(datedSlug) }
  public var key: String { Self.key(slug) }

  /// - Parameters:
  ///   - raw: the id as a provider or a person writes it.
  ///   - policy: which namespaces mean a lab, and which words begin a model's name.
  public init(_ raw: String, policy: IdentityPolicy) {
    let labs = policy.labs
    var attributes = RouteAttributes()
    let isPlain = raw.utf8.count <= 200 && raw.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    var text =
      (isPlain ? raw : String(raw.unicodeScalars.filter(\.isHarmless).prefix(200).map(Character.init)))
      .lowercased()
    if text.hasPrefix("~") { attributes.variant = "latest" }
    for prefix in Self.beginnings where text.hasPrefix(prefix) {
      text.removeFirst(prefix.count)
    }
    // `ft:gpt-4o-mini` is the price of a fine-tuned copy, `ft:gpt-4o-mini:acme::x` one of them.
    let path = text.firstRange(of: "/ft:").map { text[..<text.index(after: $0.lowerBound)] } ?? ""
    if let base = Self.tunedBase(String(text.dropFirst(path.count)), policy: policy) {
      text = String(path) + base.dropFirst(3)
      attributes.mode = "fine-tuned"
    }
    Self.takeWindow(from: &text, into: &attributes)
    Self.takeRegistry(from: &text)
    let (version, isTagged) = Self.takeMarks(from: &text, into: &attributes)
    var parts = text.split(separator: "/").map(String.init)
    var name = parts.popLast() ?? text
    // Databricks: `databricks/system.ai.kimi-k3`.
    if name.hasPrefix("system.ai.") { name.removeFirst("system.ai.".count) }
    if Self.tasks.contains(name), let joined = Self.takeTask(of: &parts, labs: labs) {
      attributes.mode = name
      name = joined
    }
    var lab: LabID?
    for part in parts.reversed() {
      if lab == nil, let known = labs[part] { lab = known }
      if attributes.region == nil, Self.isRegion(part) { attributes.region = part }
    }
    let isDotted = Self.takeDottedPrefixes(from: &name, labs: labs, lab: &lab, into: &attributes)
    Self.takeFileMarks(from: &name, into: &attributes)
    name = Self.respelled(name)
    if isDotted || version != nil { Self.takeBedrockVersion(version, from: &name) }
    Self.takeSuffixes(from: &name, into: &attributes)
    let dated = Self.takeDate(from: &name, into: &attributes)
    Self.takeSuffixes(from: &name, into: &attributes)
    var tokens = Self.mergedVersions(name.split(separator: "-").map(String.init))
    if let rest = Self.withoutOwner(tokens[...], policy: policy, lab: &lab) { tokens = Array(rest) }
    // `deepseek.v3.2` and `minimax/m2.5` leave out the word with which the lab's names begin.
    if let named = lab, policy.families[named.rawValue] == named,
      let first = tokens.first, policy.lab(ofSlug: first) == nil, first.count >= 2,
      first.first?.isLetter == true,
      first.dropFirst().first?.isNumber == true
    {
      tokens.insert(named.rawValue, at: 0)
    }
    // Azure writes gpt-35; Mistral puts "open" or "labs" before a name.
    if tokens.count > 1, tokens[0] == "gpt", tokens[1] == "35" { tokens[1] = "3.5" }
    if tokens.count > 1, tokens[0] == "open" || tokens[0] == "labs", policy.lab(ofSlug: tokens[1]) != nil {
      tokens.removeFirst()
    }
    tokens = Self.orderedGemini(Self.orderedClaude(tokens))
    // Amazon ends its API ids in -v1, whoever serves them.
    if tokens.count > 2, tokens[0] == "nova" || tokens[0] == "titan", tokens.last == "v1" {
      tokens.removeLast()
    }
    if tokens.count > 2, tokens.last == "fast", let owner = lab ?? policy.lab(ofSlug: tokens[0]),
      policy.fastIsMode.contains(owner)
    {
      tokens.removeLast()
      attributes.mode = attributes.mode ?? "fast"
      if tokens.count > 1, let last = tokens.last, Self.quantisations.contains(last) {
        attributes.quantisation = last
        tokens.removeLast()
      }
    }
    // A host's turbo and lite serve the weights of an instruct model at lower precision.
    if tokens.count > 2, tokens[tokens.count - 2] == "instruct",
      tokens.last == "turbo" || tokens.last == "lite"
    {
      attributes.mode = attributes.mode ?? tokens.last
      tokens.removeLast()
    }
    // `grok-4.6-latest` is the newest snapshot of a version; `gemini-flash-latest` floats over versions.
    if tokens.count > 1, tokens.last == "latest",
      tokens.dropLast().contains(where: { $0.contains(where: \.isNumber) })
    {
      tokens.removeLast()
      attributes.variant = attributes.variant ?? "latest"
    }
    var day = dated
    if day == nil, let owner = lab ?? tokens.first.flatMap(policy.lab(ofSlug:)),
      policy.shortDatesAreSnapshots.contains(owner)
    {
      day = Self.takeMonthAndDay(from: &tokens, into: &attributes)
    }
    if day == nil { day = Self.takeNumberedRelease(from: &tokens, into: &attributes) }
    let slug = tokens.joined(separator: "-")
    self.lab = lab
    self.slug = slug
    datedSlug = day.map { slug + "-" + $0 } ?? slug
    self.attributes = attributes
    self.isTagged = isTagged
  }

  init(lab: LabID?, slug: String, attributes: RouteAttributes) {
    self.lab = lab
    self.slug = slug
    datedSlug = slug
    self.attributes = attributes
    isTagged = false
  }

  // MARK: Tasks at the end of a path

  private static let tasks: Set<String> = [
    "text-to-image", "text-to-video", "image-to-video", "image-to-image", "reference-to-video",
    "video-to-video", "text-to-speech", "edit", "community",
  ]

  /// `bytedance/seedream/v3/text-to-image`: the name is what stands between lab and task, `seedream-v3`.
  private static func takeTask(of parts: inout [String], labs: [String: LabID]) -> String? {
    var name = parts.popLast()
    while let text = name, let before = parts.last, labs[before] == nil, before != "fal-ai" {
      name = before + "-" + text
      parts.removeLast()
    }
    // `recraft/v3`: a bare version needs the lab's word in front.
    if let text = name, text.first == "v", text.dropFirst().allSatisfy({ $0.isNumber || $0 == "." }),
      let lab = parts.last
    {
      name = lab + "-" + text
    }
    return name
  }

  static let shortRegions: Set<String> = [
    "us", "eu", "apac", "global", "regional", "jp", "au", "ca", "uk", "in", "sg", "me", "sa", "af", "us-gov",
    "cn", "intl",
  ]

  /// Beginnings of Google's clouds' and Bedrock's regions that are no region by themselves.
  private static let continents: Set<String> = [
    "asia", "australia", "europe", "northamerica", "southamerica", "africa", "ap", "il", "mx",
  ]

  static func isRegion(_ text: String) -> Bool {
    if shortRegions.contains(text) { return true }
    let parts = text.split(separator: "-")
    guard parts.count >= 2, let first = parts.first, let last = parts.last else { return false }
    if shortRegions.contains(String(first)), last.allSatisfy(\.isNumber), last.count <= 2 { return true }
    // `us-east5`, `europe-west4`, `ap-northeast-1`
    let isKnown = shortRegions.contains(String(first)) || continents.contains(String(first))
    let word = parts[1].prefix { $0.isLetter }
    return isKnown && compass.contains(String(word)) && last.last?.isNumber == true
  }

  private static let compass: Set<String> = [
    "north", "south", "east", "west", "central", "northeast", "northwest", "southeast", "southwest", "gov",
  ]

  // MARK: us.anthropic.claude-…

  private static func takeDottedPrefixes(
    from name: inout String, labs: [String: LabID], lab: inout LabID?, into attributes: inout RouteAttributes
  ) -> Bool {
    var took = false
    while let dot = name.firstIndex(of: "."), dot > name.startIndex {
      let head = String(name[..<dot])
      if shortRegions.contains(head) {
        attributes.region = head
      } else if let known = labs[head], !head.contains(where: \.isNumber) {
        lab = lab ?? known
      } else {
        return took
      }
      took = true
      name = String(name[name.index(after: dot)...])
    }
    return took
  }

  // MARK: Versions

  /// `claude-sonnet-4-5` → `claude-sonnet-4.5`, `kimi-k2-5` → `kimi-k2.5`, but `llama-3-8b` and `qwen3-2507` stay.
  private static func mergedVersions(_ tokens: [String]) -> [String] {
    var result: [String] = []
    for token in tokens {
      let isNumber = token.allSatisfy(\.isNumber)
      let isMinor =
        isNumber && (token.count == 1 || token.count == 2 && !token.hasPrefix("0") && result.last?.count == 1)
      if isMinor, let last = result.last, let digit = last.last, digit.isNumber, !last.contains("."),
        last.reversed().prefix(while: \.isNumber).count <= 2, !last.hasPrefix("0"),
        last.first?.isNumber == true || last.count <= 6,
        !last.hasSuffix("b")
      {
        result[result.count - 1] = last + "." + token
      } else {
        result.append(token)
      }
    }
    return result
  }

  /// Claude's two word orders, `claude-3.5-sonnet` and `claude-sonnet-3.5`: the older models have the version
  /// first, the newer ones last.
  static func orderedClaude(_ tokens: [String]) -> [String] {
    guard tokens.count >= 3, tokens[0] == "claude" else { return tokens }
    // claude-opus-4-0 is claude-opus-4.
    let tokens = tokens.map { $0.hasSuffix(".0") && $0.count == 3 ? String($0.dropLast(2)) : $0 }
    let tiers: Set<String> = ["opus", "sonnet", "haiku", "fable", "mythos", "instant"]
    guard let tierIndex = tokens.firstIndex(where: tiers.contains),
      let versionIndex = tokens.firstIndex(where: {
        $0.first?.isNumber == true && Set($0).isSubset(of: Set("0123456789.")) && $0.count <= 3
      }),
      let major = tokens[versionIndex].first?.wholeNumberValue
    else { return tokens }
    let versionComesFirst = major <= 3
    guard versionComesFirst != (versionIndex < tierIndex), abs(versionIndex - tierIndex) == 1 else {
      return tokens
    }
    var swapped = tokens
    swapped.swapAt(tierIndex, versionIndex)
    return swapped
  }

  // MARK: Keys

  /// ``joined(_:)`` without zeros that end a version: `claude-2.0` and `claude-2` share a key.
  static func key(_ slug: String) -> String {
    var result: [UInt8] = []
    func dropZero() {
      if result.suffix(2).elementsEqual([UInt8(ascii: "."), UInt8(ascii: "0")]) { result.removeLast(2) }
    }
    for byte in joined(slug).utf8 {
      if byte == UInt8(ascii: "-") { dropZero() }
      result.append(byte)
    }
    dropZero()
    return String(decoding: result, as: UTF8.self)
  }

  /// The name without the dashes between a word and a number.
  static func joined(_ slug: String) -> String {
    guard slug.utf8.allSatisfy({ $0 < 0x80 }) else { return joinedSlowly(slug) }
    var result: [UInt8] = []
    result.reserveCapacity(slug.utf8.count)
    for byte in slug.utf8 {
      if (0x30...0x39).contains(byte), result.last == UInt8(ascii: "-"), let before = result.dropLast().last,
        (0x61...0x7A).contains(before | 0x20)
      {
        result.removeLast()
      }
      result.append(byte)
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The same where letters and digits are not all of ASCII.
  private static func joinedSlowly(_ slug: String) -> String {
    var result = ""
    var previous: Character = " "
    for character in slug {
      if character.isNumber, previous == "-", let before = result.dropLast().last, before.isLetter {
        result.removeLast()
      }
      result.append(character)
      previous = character
    }
    return result
  }
}

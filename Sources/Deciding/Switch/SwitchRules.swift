import CEmbeddedRules
import Facts
import TextFormats

/// What is known of the APIs through which models are called: data, each piece with the place where it was read
/// (`Data/switch/rules.json`, made by `scripts/make_switch_rules.py`).
public struct SwitchRules: Sendable {
  /// A fact about an API and where it was read.
  public struct Stated: Sendable {
    public let text: String
    public let citation: Citation
  }

  /// A way of calling models.
  public struct API: Sendable {
    public let id: String
    public let title: String
    public let sdk: Stated
    public let endpoint: Stated
    public let system: Stated
    public let tools: Stated
    public let calls: Stated
    public let images: Stated
    /// Where its request is defined: what is not named there is no parameter.
    public let definition: Citation
    public let parameters: [String: Citation]
    /// Parameters without which a request is refused.
    public let required: [String: Citation]
  }

  /// Names of one thing in several APIs, by the API's id; the first is the one to use.
  public struct Concept: Sendable {
    public let title: String
    public let names: [String: [String]]
  }

  public struct Provider: Sendable {
    public let api: String
    public let base: Stated
    public let key: Stated
  }

  /// What some models refuse that their API takes.
  public struct ModelRule: Sendable {
    /// Parameters, and the one value that is taken all the same; nil takes none.
    public let parameters: [String: String?]
    /// A parameter and the value with which the rule does not hold.
    public let unless: (name: String, value: String)?
    public let text: String
    public let citation: Citation
    /// Ids as providers write them.
    public let ids: Set<String>
  }

  public let apis: [String: API]
  public let concepts: [Concept]
  public let providers: [ProviderID: Provider]
  public let modelRules: [ModelRule]
  public let policies: [ProviderID: Stated]
  /// SHA-256 of the rules.
  public let digest: String

  /// The rules inside the program.
  /// - Throws: `SwitchError` when they are broken.
  public static func embedded() throws(SwitchError) -> SwitchRules {
    guard let start = llmref_rules_bytes() else { throw SwitchError("the program holds no rules") }
    let bytes = Array(UnsafeBufferPointer(start: start, count: llmref_rules_size()))
    return try SwitchRules(bytes, digest: String(cString: llmref_rules_digest()))
  }

  /// - Throws: `SwitchError` for anything but the form that the script writes.
  public init(_ bytes: [UInt8], digest: String) throws(SwitchError) {
    let root: JSONValue
    do { root = try JSONReader.read(bytes) } catch { throw SwitchError("the rules are no JSON: \(error)") }
    guard root["format"]?.string == "llmref/switch-rules/1", let read = root["read"]?.string,
      let day = try? CalendarDate(parsing: read)
    else { throw SwitchError("the rules have another form than llmref/switch-rules/1") }
    let reader = RuleReader(sources: root["sources"], day: day, digest: digest)
    var apis: [String: API] = [:]
    for value in root["apis"]?.array ?? [] {
      let api = try reader.api(value)
      apis[api.id] = api
    }
    self.apis = apis
    concepts = (root["concepts"]?.array ?? []).map { value in
      Concept(
        title: value["title"]?.string ?? "",
        names: Dictionary(
          (value["names"]?.object?.members ?? []).map {
            ($0.key, ($0.value.array ?? []).compactMap(\.string))
          },
          uniquingKeysWith: { first, _ in first }))
    }
    var providers: [ProviderID: Provider] = [:]
    for value in root["providers"]?.array ?? [] {
      providers[ProviderID(try reader.text(value, "id"))] = Provider(
        api: try reader.text(value, "api"), base: try reader.stated(value, "base"),
        key: try reader.stated(value, "key"))
    }
    self.providers = providers
    var rules: [ModelRule] = []
    for value in root["models"]?.array ?? [] { rules.append(try reader.modelRule(value)) }
    modelRules = rules
    var policies: [ProviderID: Stated] = [:]
    for value in root["policies"]?.array ?? [] {
      policies[ProviderID(try reader.text(value, "provider"))] = try reader.policy(value)
    }
    self.policies = policies
    self.digest = digest
  }
}

/// Why a plan cannot be made.
public struct SwitchError: Error, CustomStringConvertible {
  public let description: String

  public init(_ description: String) { self.description = description }
}

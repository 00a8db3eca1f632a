import Facts
import TextFormats

/// Reads pieces of the rules and turns the places in them into citations.
struct RuleReader {
  private let sources: [String: SourceDescription]
  private let day: CalendarDate

  init(sources: JSONValue?, day: CalendarDate, digest: String) {
    self.day = day
    self.sources = Dictionary(
      (sources?.array ?? []).compactMap { value in
        guard let package = value["package"]?.string, let version = value["version"]?.string else {
          return nil
        }
        return (
          package,
          SourceDescription(
            id: SourceID(package), title: "\(package) \(version) on PyPI", version: version,
            licence: value["licence"]?.string ?? "unknown", homepage: value["url"]?.string, observed: day,
            digest: digest,
            lineage: SourceID(package), correction: "Data/switch/rules.json")
        )
      }, uniquingKeysWith: { first, _ in first })
  }

  func text(_ value: JSONValue, _ key: String) throws(SwitchError) -> String {
    guard let text = value[key]?.string else { throw SwitchError("a rule has no \(key)") }
    return text
  }

  /// `package@version path:line`, or `path#member`.
  func citation(_ place: String, asWritten: String) throws(SwitchError) -> Citation {
    let parts = place.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, let package = parts[0].split(separator: "@").first,
      let source = sources[String(package)]
    else { throw SwitchError("a rule cites \(place), which is no place in a source of the rules") }
    return Citation(
      source: source, recordKey: String(parts[1]), asWritten: asWritten, url: source.homepage, observed: day)
  }

  func stated(_ value: JSONValue, _ key: String) throws(SwitchError) -> SwitchRules.Stated {
    guard let pair = value[key]?.array, pair.count == 2, let text = pair[0].string, let place = pair[1].string
    else {
      throw SwitchError("a rule's \(key) is no text with its place")
    }
    return SwitchRules.Stated(text: text, citation: try citation(place, asWritten: text))
  }

  func places(_ value: JSONValue, _ key: String) throws(SwitchError) -> [String: Citation] {
    var result: [String: Citation] = [:]
    for (name, place) in value[key]?.object?.members ?? [] {
      guard let place = place.string else { throw SwitchError("a rule's \(key) has a name without a place") }
      result[name] = try citation(place, asWritten: name)
    }
    return result
  }

  func api(_ value: JSONValue) throws(SwitchError) -> SwitchRules.API {
    SwitchRules.API(
      id: try text(value, "id"), title: try text(value, "title"), sdk: try stated(value, "sdk"),
      endpoint: try stated(value, "endpoint"), system: try stated(value, "system"),
      tools: try stated(value, "tools"),
      calls: try stated(value, "calls"), images: try stated(value, "images"),
      definition: try citation(try text(value, "definition"), asWritten: try text(value, "title")),
      parameters: try places(value, "parameters"), required: try places(value, "required"))
  }

  func modelRule(_ value: JSONValue) throws(SwitchError) -> SwitchRules.ModelRule {
    var parameters: [String: String?] = [:]
    for (name, taken) in value["parameters"]?.object?.members ?? [] {
      parameters.updateValue(taken.string, forKey: name)
    }
    let unless = (value["unless"]?.array ?? []).compactMap(\.string)
    return SwitchRules.ModelRule(
      parameters: parameters, unless: unless.count == 2 ? (unless[0], unless[1]) : nil,
      text: try text(value, "text"),
      citation: try citation(try text(value, "place"), asWritten: try text(value, "text")),
      ids: Set((value["ids"]?.array ?? []).compactMap(\.string)))
  }

  func policy(_ value: JSONValue) throws(SwitchError) -> SwitchRules.Stated {
    let (provider, text, url) = (try text(value, "provider"), try text(value, "text"), try text(value, "url"))
    let source = SourceDescription(
      id: SourceID("policy:" + provider), title: "Data policy page, \(provider)", version: day.text,
      licence: "quoted in short",
      homepage: url, observed: day, digest: "", lineage: SourceID("policy:" + provider),
      correction: "Data/switch/rules.json")
    return SwitchRules.Stated(
      text: text,
      citation: Citation(source: source, recordKey: provider, asWritten: text, url: url, observed: day))
  }
}

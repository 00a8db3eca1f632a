import Cataloguing
import Deciding
import Facts
import Pages
import Pricing

/// Reads what readers write into queries; what is wrong stands beside its field.
enum SiteQuery {
  /// The keys that state traffic.
  static let trafficKeys = TrafficKey.allCases.map(\.rawValue)

  /// What an address says of traffic; usual where it says nothing or something wrong.
  static func traffic(_ address: SiteAddress) -> (traffic: Traffic, entered: Entered) {
    traffic(address.value)
  }

  /// The traffic of whatever gives a text for each of `trafficKeys`.
  static func traffic(_ value: (String) -> String?) -> (traffic: Traffic, entered: Entered) {
    var entered = Entered()
    for key in trafficKeys { entered.values[key] = value(key).map { String($0.prefix(100)) } }
    let (traffic, problems) = Traffic.read { value($0.rawValue) }
    for (key, problem) in problems { entered.problems[key.rawValue] = problem }
    return (traffic, entered)
  }

  /// The requirements and the traffic of an address.
  static func shortlist(_ address: SiteAddress, _ shelf: Shelf) throws(CatalogueError) -> (
    words: ShortlistWords.Reading, traffic: Traffic, entered: Entered
  ) {
    let asked = traffic(address)
    let traffic = asked.traffic
    var entered = asked.entered
    let index = try shelf.shortlistIndex()
    let words = ShortlistWords(index.vocabulary, asOf: index.asOf).read { address.value($0.rawValue) }
    for key in ShortlistWords.Key.allCases {
      entered.values[key.rawValue] = address.value(key.rawValue).map { String($0.prefix(1000)) }
    }
    for problem in words.problems { entered.problems[problem.key.rawValue] = problem.description }
    return (words, traffic, entered)
  }

  /// The filter of `/models`, whose form offers the labs and the words of openness that the catalogue has.
  static func filter(_ address: SiteAddress, offered directory: Directory) -> (
    filter: ModelFilter, entered: Entered
  ) {
    var (filter, entered) = filter(address)
    func refuse(_ key: String, _ problem: String) {
      entered.values[key] = String((address.value(key) ?? "").prefix(100))
      entered.problems[key] = problem
    }
    if let lab = filter.lab, directory.labs[lab] == nil {
      filter.lab = nil
      refuse("lab", "No model of this lab is tracked.")
    }
    if let openness = filter.openness, !directory.openness.contains(openness) {
      filter.openness = nil
      refuse("openness", "No source uses this word.")
    }
    return (filter, entered)
  }

  /// The filter of an address, whatever the catalogue has.
  static func filter(_ address: SiteAddress) -> (filter: ModelFilter, entered: Entered) {
    var filter = ModelFilter()
    var entered = Entered()
    func read<Value>(_ key: String, _ problem: String, _ parse: (String) -> Value?) -> Value? {
      guard let text = address.value(key) else { return nil }
      if let value = parse(text) { return value }
      entered.values[key] = String(text.prefix(100))
      entered.problems[key] = problem
      return nil
    }
    filter.lab = address.value("lab").map { LabID($0) }
    filter.type = read("type", "This is no product type.") { ProductType(rawValue: $0) }
    filter.capability = read("capability", "This is no capability.") { Capability(rawValue: $0) }
    filter.leastContext = read("context", "Counts are written like 131072, 128k or 1M.") {
      try? TokenCount(parsing: $0)
    }
    filter.openness = address.value("openness")
    filter.order = read("order", "This is no order.") { ModelFilter.Order(rawValue: $0) } ?? .name
    filter.page =
      read("page", "Pages count from 1.") { Int($0).flatMap { (1...1_000_000).contains($0) ? $0 : nil } } ?? 1
    return (filter, entered)
  }
}

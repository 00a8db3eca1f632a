import Cataloguing
import Deciding
import Facts
import Pricing
import Reporting

/// Reads what readers write into queries; what is wrong stands beside its field.
enum SiteQuery {
  /// The keys that state traffic.
  static let trafficKeys = ["input", "output", "requests", "cached"]

  /// The traffic of an address, usual where it says nothing or something wrong.
  static func workload(_ address: SiteAddress) -> (workload: Workload, entered: Entered) {
    workload(address.value)
  }

  /// The traffic of whatever gives a text for each of `trafficKeys`.
  static func workload(_ value: (String) -> String?) -> (workload: Workload, entered: Entered) {
    var entered = Entered()
    func count(_ key: String, _ usual: TokenCount) -> TokenCount {
      guard let text = value(key) else { return usual }
      entered.values[key] = String(text.prefix(100))
      do { return try TokenCount(parsing: text) } catch {
        entered.problems[key] = "\(error)"
        return usual
      }
    }
    let usual = Workload.usual
    let requests = count("requests", TokenCount(usual.requests))
    if requests.tokens == 0 { entered.problems["requests"] = "A month has at least 1 request." }
    let plain = Workload(
      inputTokens: count("input", usual.inputTokens), outputTokens: count("output", usual.outputTokens),
      requests: requests.tokens)
    guard let share = value("cached") else { return (plain, entered) }
    entered.values["cached"] = String(share.prefix(100))
    do { return (try plain.cached(share: share), entered) } catch {
      entered.problems["cached"] = "\(error)"
      return (plain, entered)
    }
  }

  /// The requirements and the traffic of an address.
  static func shortlist(_ address: SiteAddress, _ shelf: Shelf) throws(CatalogueError) -> (
    words: ShortlistWords.Reading, workload: Workload, entered: Entered
  ) {
    var (workload, entered) = workload(address)
    let index = try shelf.shortlistIndex()
    let words = ShortlistWords(index.vocabulary, asOf: index.asOf).read { address.value($0.rawValue) }
    for key in ShortlistWords.Key.allCases {
      entered.values[key.rawValue] = address.value(key.rawValue).map { String($0.prefix(1000)) }
    }
    for problem in words.problems { entered.problems[problem.key.rawValue] = problem.description }
    return (words, workload, entered)
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

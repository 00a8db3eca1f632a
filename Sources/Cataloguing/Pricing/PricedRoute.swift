import Facts
import Synchronization

/// The price records of a route, with what the model's other routes say about its list.
struct PricedRoute: Sendable {
  let records: PriceRecords
  /// Records of the same list under other spellings of the id at the provider.
  let spellings: [PriceRecords]
  /// The lab's own routes, against which tiers of others are held; nil for the lab's own.
  let lab: LabPrices?

  var isFree: Bool { records.isFree }
  var days: Set<CalendarDate> { spellings.reduce(into: records.days) { $0.formUnion($1.days) } }
  var firstSeen: CalendarDate? { ([records] + spellings).compactMap(\.firstSeen).min() }

  func list(on day: CalendarDate) -> PriceList {
    let list = records.list(on: day, sharing: spellings)
    guard let lab else { return list }
    let tiers = Set(list.terms.keys.compactMap(\.tier))
    guard !tiers.isEmpty, lab.lacksTiers(on: day) else { return list }
    let unwitnessed = tiers.filter { !list.isWitnessed($0, twice: !records.isOneWitness) }
    guard !unwitnessed.isEmpty else { return list }
    return PriceList(
      terms: list.terms.filter { term, _ in term.tier.map { !unwitnessed.contains($0) } ?? true },
      contradicted: list.contradicted, upcoming: list.upcoming, sightings: list.sightings)
  }
}

/// What the lab asks for a model at its own routes; looked at once a day that is asked for, by whichever route asks first.
final class LabPrices: Sendable {
  private let routes: [PricedRoute]
  private let known = Mutex<[CalendarDate: Bool]>([:])

  init(_ routes: [PricedRoute]) { self.routes = routes }

  /// Whether the lab prices the model itself, and without a tier.
  func lacksTiers(on day: CalendarDate) -> Bool {
    if let known = known.withLock({ $0[day] }) { return known }
    let lists = routes.map { $0.list(on: day).terms }
    let lacks =
      lists.contains { $0[PriceTerm(.input)] != nil }
      && !lists.contains { $0.keys.contains { $0.tier != nil } }
    known.withLock { $0[day] = lacks }
    return lacks
  }
}

extension PriceList {
  /// Whether a reader or two independent sources state the tier.
  /// - Parameter twice: whether two sources of the route can be independent at all.
  fileprivate func isWitnessed(_ tier: PriceTier, twice: Bool) -> Bool {
    terms.contains { term, money in
      guard term.tier == tier, let evidence = money.evidence else { return false }
      return evidence.rule == .readersFacts
        || twice && Set(evidence.agreeing.map(\.source.lineage)).count > 1
    }
  }
}

/// Which routes of a model are one list under several spellings: ids of one provider that differ in punctuation, or in that one
/// of them bears the release's date.
struct RouteSpellings {
  private var indices: [Key: [Int]] = [:]
  private let keys: [Key?]

  private struct Key: Hashable {
    let provider: ProviderID
    let attributes: RouteAttributes
    let name: [UInt8]
  }

  init(_ routes: [RouteContents]) {
    var count: [ProviderID: Int] = [:]
    for route in routes { count[route.provider, default: 0] += 1 }
    keys = routes.map { count[$0.provider, default: 0] > 1 ? Self.key($0) : nil }
    for (index, key) in keys.enumerated() { if let key { indices[key, default: []].append(index) } }
  }

  /// The routes with other spellings of a route's id.
  func others(of index: Int) -> [Int] {
    keys[index].flatMap { indices[$0] }?.filter { $0 != index } ?? []
  }

  private static func key(_ route: RouteContents) -> Key? {
    // A name that floats is no spelling of a release.
    guard !route.attributes.isFloating else { return nil }
    var attributes = route.attributes
    let release =
      attributes.release.map { $0.utf8.filter { $0 != UInt8(ascii: "-") } } ?? shortRelease(route.apiID)
    attributes.release = nil
    var name = route.apiID.lowercased().utf8.filter { byte in
      (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "/")
    }
    // Bedrock ends its ids in -v1:0.
    if name.suffix(3).elementsEqual(Array("v10".utf8)), route.apiID.hasSuffix("-v1:0") { name.removeLast(3) }
    if let release, let range = Self.last(of: release, in: name) { name.removeSubrange(range) }
    return Key(provider: route.provider, attributes: attributes, name: name)
  }

  /// Year and month, or month and day, at the end of an id: `mistral-embed-2312`. Of one model's ids they tell releases.
  private static func shortRelease(_ apiID: String) -> [UInt8]? {
    guard let last = apiID.split(separator: "-").last, last.utf8.count == 4,
      last.utf8.allSatisfy({ (0x30...0x39).contains($0) }), last.utf8.count < apiID.utf8.count
    else { return nil }
    return Array(last.utf8)
  }

  private static func last(of part: [UInt8], in bytes: [UInt8]) -> Range<Int>? {
    guard !part.isEmpty, part.count <= bytes.count else { return nil }
    for start in stride(from: bytes.count - part.count, through: 0, by: -1)
    where bytes[start..<(start + part.count)].elementsEqual(part) {
      return start..<(start + part.count)
    }
    return nil
  }
}

import Facts

/// The alias table: names that no rule resolves, each with the days it holds.
public struct Aliases: Sendable {
  private var byName: [String: [AliasNote]] = [:]
  public private(set) var all: [AliasNote] = []

  public init() {}

  public mutating func add(_ note: AliasNote) {
    all.append(note)
    byName[note.alias.lowercased(), default: []].append(note)
  }

  public var isEmpty: Bool { all.isEmpty }

  /// The alias of that name in force at `asOf`, a provider's own before one that holds everywhere.
  public func find(_ name: String, provider: ProviderID?, policy: IdentityPolicy, asOf: CalendarDate) -> AliasNote? {
    let inForce = (byName[name.lowercased()] ?? []).filter { note in
      (note.from.map { $0 <= asOf } ?? true) && (note.until.map { asOf <= $0 } ?? true)
    }
    if let provider, let own = inForce.last(where: { $0.provider.map(policy.provider) == provider }) { return own }
    let general = inForce.filter { $0.provider == nil }
    if let last = general.last { return last }
    // Without a provider, one that all providers' aliases share.
    guard provider == nil, Set(inForce.map(\.model)).count == 1 else { return nil }
    return inForce.last
  }
}

import Facts

/// The alias table: names that no rule resolves, each with the days it holds.
public struct Aliases: Sendable {
  /// By the name in lower case, and by what its spellings share.
  private var byName: [String: [AliasNote]] = [:]
  public private(set) var all: [AliasNote] = []

  public init() {}

  public mutating func add(_ note: AliasNote) {
    all.append(note)
    let name = note.alias.lowercased()
    for spelling in Set([name, ParsedID.joined(name)]) { byName[spelling, default: []].append(note) }
  }

  /// The aliases of exactly that name, or else of another spelling of it: `gemma3-27b` is `gemma-3-27b`.
  private func notes(of name: String) -> [AliasNote] {
    let name = name.lowercased()
    return byName[name] ?? byName[ParsedID.joined(name)] ?? []
  }

  public var isEmpty: Bool { all.isEmpty }

  /// The alias of that name in force at `asOf`, a provider's own before one that holds everywhere.
  public func find(_ name: String, provider: ProviderID?, policy: IdentityPolicy, asOf: CalendarDate)
    -> AliasNote?
  {
    let inForce = notes(of: name).filter { note in
      (note.from.map { $0 <= asOf } ?? true) && (note.until.map { asOf <= $0 } ?? true)
    }
    if let provider, let own = inForce.last(where: { $0.provider.map(policy.provider) == provider }) {
      return own
    }
    let general = inForce.filter { $0.provider == nil }
    if let last = general.last { return last }
    return nil
  }

  /// Every alias of that name, whenever it holds.
  func notes(named name: String) -> [AliasNote] { byName[name.lowercased()] ?? [] }

  /// The target that every provider's own alias of that name shares: what a name without a provider can still mean.
  /// - Parameters:
  ///   - fixed: leaves floating aliases out, which need the provider whose they are.
  ///   - least: how many providers must have such an alias.
  public func shared(_ name: String, fixed: Bool, least: Int = 1, asOf: CalendarDate) -> AliasNote? {
    let inForce = notes(of: name).filter { note in
      (note.from.map { $0 <= asOf } ?? true) && (note.until.map { asOf <= $0 } ?? true)
    }
    guard Set(inForce.map(\.model)).count == 1, Set(inForce.map(\.provider)).count >= least,
      !fixed || inForce.allSatisfy({ $0.kind != .floating })
    else {
      return nil
    }
    return inForce.last
  }
}

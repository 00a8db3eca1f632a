import Facts

extension Catalogue {
  /// The days, counted from 1970-01-01, on which an id may begin to mean another model: those on which an alias of one of its
  /// names begins to hold or has ended. Ascending.
  public func aliasDays(of id: String) -> [Int] {
    let wanted = String(id.unicodeScalars.prefix(200).map(Character.init)).lowercased().trimmed
    var names: Set<String> = []
    // A gateway may put a provider before the id.
    for name in [Substring(wanted), wanted.drop { $0 != "/" }.dropFirst()] where !name.isEmpty {
      let parsed = ParsedID(String(name), policy: frame.identity)
      names.formUnion([String(name), parsed.datedSlug, parsed.slug])
    }
    var days: Set<Int> = []
    for name in names {
      for note in frame.aliases.notes(named: name) {
        if let from = note.from { days.formUnion([from.firstDayNumber, from.firstDayNumber + 1]) }
        if let until = note.until { days.formUnion([until.firstDayNumber + 1, until.lastDayNumber + 1]) }
      }
    }
    return days.sorted()
  }
}

import Facts

/// Releases that a name tells in four digits.
extension Grouping {
  /// `grok-4-0709` is grok-4 itself, released on 9 July; `kimi-k2-0905` is another model than the kimi-k2 of July.
  /// The dates that sources give decide, and a name that the curated layer keeps apart stays apart.
  mutating func mergeReleases() {
    let keptApart = Set(frame.aliases.all.map(\.model.slug))
    for (key, group) in groups.sorted(by: { $0.key < $1.key }) where group.canonical == nil {
      let slug = spelling(of: group)
      let parsed = ParsedID(group.lab.rawValue + "/" + slug, policy: frame.identity)
      guard !keptApart.contains(slug), let (name, release) = parsed.shortRelease else { continue }
      guard let base = base(of: name, in: group), base != key, let target = groups[base],
        let released = Self.release(of: target), release.fits(released)
      else { continue }
      // A name may tell the month alone, and another release may follow in the next: one of its own days has to be near.
      let days = Self.releaseDays(of: group).keys
      if release.isDay(released) || days.isEmpty || days.contains(where: { isNear($0, released) }) {
        merge(key, into: base)
      }
    }
  }

  /// The group of the name without the release. What an alias leads to counts unless it is a release by its own name: the
  /// alias says where the undated name leads today.
  private func base(of name: String, in group: Group) -> String? {
    let key = group.lab.rawValue + "/" + ParsedID.key(name)
    if groups[key] != nil { return key }
    let parsed = ParsedID(lab: group.lab, slug: name, attributes: RouteAttributes())
    guard let known = knownKey(of: parsed, in: group.lab), let target = groups[known] else { return nil }
    let own = ParsedID(lab: target.lab, slug: spelling(of: target), attributes: RouteAttributes())
    return own.shortRelease == nil ? known : nil
  }

  private func isNear(_ day: CalendarDate, _ other: CalendarDate) -> Bool {
    abs(day.firstDayNumber - other.firstDayNumber) <= 20
  }

  /// The day that most records give, the earliest where they tie: a single wrong day decides nothing, and neither do the
  /// many days on which a route was listed.
  private static func release(of group: Group) -> CalendarDate? {
    releaseDays(of: group).max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  /// How many records give each day.
  private static func releaseDays(of group: Group) -> [CalendarDate: Int] {
    var counts: [CalendarDate: Int] = [:]
    for cited in group.records + group.routes.values.flatMap(\.records) {
      for claim in cited.record.claims where claim.field == .released {
        if case .date(let date) = claim.value, date.month != nil { counts[date, default: 0] += 1 }
      }
    }
    return counts
  }
}

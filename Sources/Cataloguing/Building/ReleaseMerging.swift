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
      let base = knownKey(
        of: ParsedID(lab: group.lab, slug: name, attributes: parsed.attributes), in: group.lab)
      guard let base, base != key, let target = groups[base], let released = Self.earliestRelease(of: target),
        release.fits(released)
      else { continue }
      merge(key, into: base)
    }
  }

  /// The earliest full day that a source gives: later ones are days of listing.
  private static func earliestRelease(of group: Group) -> CalendarDate? {
    let records = group.records + group.routes.values.flatMap(\.records)
    return records.flatMap(\.record.claims).compactMap { claim -> CalendarDate? in
      guard claim.field == .released, case .date(let date) = claim.value, date.month != nil else {
        return nil
      }
      return date
    }.min()
  }
}

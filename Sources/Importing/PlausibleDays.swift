import Facts

/// The days on which a model can be released, know the world or end: a typing error or a placeholder is no fact.
enum PlausibleDays {
  private static let first = 2015
  /// Years after the day of the source.
  private static let ahead = 10
  static let rule = "lies outside the years from \(first) to \(ahead) after the source's own; it was refused"

  /// The day of a claim that is no possible one; nil where there is nothing to say against it.
  static func implausible(_ claim: Claim, observed: CalendarDate) -> CalendarDate? {
    guard [.released, .knowledgeCutoff, .retirement].contains(claim.field), case .date(let day) = claim.value,
      !(first...(observed.year + ahead)).contains(day.year)
    else { return nil }
    return day
  }
}

import Facts
import TextFormats

/// The three things without which a curated fact is not accepted: the page, the day on which it was read, and what stands there.
struct CuratedEvidence {
  let url: String?
  let seen: CalendarDate
  let mark: String

  private static let mostWords = 25
  /// Characters of a mark: 25 words of a language that writes long ones.
  private static let longestMark = 400

  /// Reports what is wrong, at the place of the key that it is wrong of.
  /// - Parameters:
  ///   - suffix: of the three keys: `_osi`.
  ///   - place: of the row, such as `models/acme/rocket-1.yaml#facts[0]`.
  static func read(_ row: JSONValue, suffix: String = "", at place: String, into imported: inout Imported)
    -> CuratedEvidence?
  {
    func refuse(_ key: String, _ message: String) -> CuratedEvidence? {
      imported.report("no-citation", at: key.isEmpty ? place : "\(place).\(key)\(suffix)", message)
      return nil
    }
    let (source, day, mark) = (row["source" + suffix], row["seen" + suffix], row["mark" + suffix])
    let missing = [("source", source), ("seen", day), ("mark", mark)].filter { $0.1?.string?.isEmpty ?? true }
    if let first = missing.first {
      let keys = missing.map { $0.0 + suffix }.joined(separator: " and ")
      return refuse(
        first.1 == nil ? "" : first.0, "the row has no \(keys), or none that is a text")
    }
    guard let source = source?.string, let day = day?.string, let mark = mark?.string else { return nil }
    guard !source.hasCredentials else {
      return refuse(
        "source", "the source's address holds a user or password, which do not belong in a citation")
    }
    guard source.httpAddress != nil || source.hasPrefix("pypi:") && source.utf8.count <= 2000 else {
      return refuse(
        "source", "source \(source.bounded) is not an http or https address, nor pypi:PACKAGE==VERSION/MEMBER"
      )
    }
    guard let seen = try? CalendarDate(parsing: day) else {
      return refuse("seen", "seen \(day.bounded) is not a date")
    }
    let words = mark.split(whereSeparator: \.isWhitespace).count
    guard words <= mostWords else {
      return refuse("mark", "the mark has \(words) words; at most \(mostWords) are taken")
    }
    guard mark.unicodeScalars.count <= longestMark else {
      return refuse(
        "mark", "the mark has \(mark.unicodeScalars.count) characters; at most \(longestMark) are taken")
    }
    return CuratedEvidence(
      url: source.httpAddress, seen: seen, mark: source.hasPrefix("pypi:") ? "\(source): \(mark)" : mark)
  }
}

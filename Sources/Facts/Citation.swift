/// What a row of a source proves about a route on the day of the source.
public enum SourceProof: String, CaseIterable, Hashable, Sendable {
  /// It is offered: the source drops what is no longer sold.
  case soldToday = "sold_today"
  /// It was offered at that price once: a price book keeps what ended, to price old logs.
  case wasSold = "was_sold"
  /// The id is known: tables of retirements, of scores, of repositories.
  case known
}

/// A source as a whole: what it is, under which licence, in which version.
public final class SourceDescription: Hashable, Sendable {
  public let id: SourceID
  public let title: String
  public let version: String
  /// The licence under which the source gives its data, as an SPDX id where one exists.
  public let licence: String
  public let homepage: String?
  /// The day the bytes were published or fetched.
  public let observed: CalendarDate
  /// SHA-256 of the bytes as fetched, lower-case hexadecimal.
  public let digest: String
  /// The source this one copies or follows; two sources of one lineage are one witness.
  public let lineage: SourceID
  /// Where a reader corrects a record of this source.
  public let correction: String
  /// What a record of this snapshot can state; see ``canState(_:)``. Empty where nobody declared it.
  public let states: Set<String>
  /// What a row proves; only one that proves a sale of today lists a route.
  public let proves: SourceProof

  public init(
    id: SourceID, title: String, version: String, licence: String, homepage: String?, observed: CalendarDate,
    digest: String, lineage: SourceID, correction: String, states: Set<String> = [],
    proves: SourceProof = .soldToday
  ) {
    self.id = id
    self.title = title
    self.version = version
    self.licence = licence
    self.homepage = homepage
    self.observed = observed
    self.digest = digest
    self.lineage = lineage
    self.correction = correction
    self.states = states
    self.proves = proves
  }
}

/// Where one value was read: the source, its record, the value as written there. A class, because a page quotes one
/// citation in many cells.
public final class Citation: Hashable, Sendable {
  public let source: SourceDescription
  public let recordKey: String
  /// Where the value stands inside the record: `input_cost_per_token`.
  public let path: String?
  public let asWritten: String
  /// The unit as written, when it is not the field's own: `per token`.
  public let unitAsWritten: String?
  public let url: String?
  /// The day the value was observed.
  public let observed: CalendarDate
  public let validFrom: CalendarDate?
  public let validUntil: CalendarDate?
  public let basis: Basis
  public let note: String?
  public let mark: String?

  public init(
    source: SourceDescription, recordKey: String, path: String? = nil, asWritten: String,
    unitAsWritten: String? = nil,
    url: String? = nil, observed: CalendarDate? = nil, validFrom: CalendarDate? = nil,
    validUntil: CalendarDate? = nil, basis: Basis = .stated, note: String? = nil, mark: String? = nil
  ) {
    self.source = source
    self.recordKey = recordKey
    self.path = path
    self.asWritten = asWritten
    self.unitAsWritten = unitAsWritten
    self.url = url
    self.observed = observed ?? source.observed
    self.validFrom = validFrom
    self.validUntil = validUntil
    self.basis = basis
    self.note = note
    self.mark = mark
  }

  /// Where to correct the value: the curated file, or the upstream record.
  public var correction: String { "\(source.correction) (\(recordKey))" }
}

// Hashing a part is enough to tell citations apart quickly; equality still compares all.
extension SourceDescription {
  public static func == (left: SourceDescription, right: SourceDescription) -> Bool {
    left === right
      || left.id == right.id && left.version == right.version && left.digest == right.digest
        && left.observed == right.observed && left.title == right.title && left.licence == right.licence
        && left.homepage == right.homepage && left.lineage == right.lineage
        && left.correction == right.correction && left.states == right.states
        && left.proves == right.proves
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

extension Citation {
  public static func == (left: Citation, right: Citation) -> Bool {
    left === right
      || left.recordKey == right.recordKey && left.path == right.path && left.source == right.source
        && left.asWritten == right.asWritten && left.unitAsWritten == right.unitAsWritten
        && left.url == right.url && left.observed == right.observed && left.validFrom == right.validFrom
        && left.validUntil == right.validUntil && left.basis == right.basis && left.note == right.note
        && left.mark == right.mark
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(recordKey)
    hasher.combine(path)
  }
}

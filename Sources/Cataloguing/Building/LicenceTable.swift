import Facts

/// The curated licences, found by any spelling that sources use.
public struct LicenceTable: Sendable {
  public private(set) var notes: [LicenceNote] = []
  private var byID: [LicenceID: Int] = [:]
  private var bySpelling: [String: LicenceID] = [:]
  /// The source that the rows are cited under.
  public var source: SourceDescription?

  public init() {}

  public mutating func add(_ note: LicenceNote) {
    guard byID[note.id] == nil else { return }
    byID[note.id] = notes.count
    notes.append(note)
    for spelling in note.spellings + [note.id.rawValue, note.title]
    where bySpelling[Self.plain(spelling)] == nil {
      bySpelling[Self.plain(spelling)] = note.id
    }
  }

  /// The licence of a spelling; one that the table does not know keeps its own text as id.
  public func id(of spelling: String) -> LicenceID { bySpelling[Self.plain(spelling)] ?? LicenceID(spelling) }

  public func terms(of id: LicenceID) -> LicenceTerms? {
    guard let place = byID[id], let source else { return nil }
    let note = notes[place]
    func evidence(_ seen: LicenceNote.Evidence, _ written: String) -> Evidence {
      Evidence(
        agreeing: [
          Citation(
            source: source, recordKey: note.recordKey, asWritten: written, url: seen.url, observed: seen.seen,
            mark: seen.mark)
        ], rule: .ownClaim)
    }
    let osi = note.osiApproved.map {
      Knowledge.known($0, evidence(note.osiEvidence ?? note.evidence, $0 ? "yes" : "no"))
    }
    let use = note.commercialUse.map { Knowledge.known($0, evidence(note.evidence, $0.rawValue)) }
    return LicenceTerms(
      id: id, title: note.title, isSPDX: note.isSPDX, osiApproved: osi ?? .unknown,
      commercialUse: use ?? .unknown)
  }

  private static func plain(_ text: String) -> String {
    String(text.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "." || $0 == "+" })
  }
}

import Facts
import TextFormats

/// The curated layer: `Data/curated`, a folder of YAML files. The path of a model's file is its id; every fact
/// names the page it was read on, the day, and a short mark of what was seen. A fact without them is refused.
public enum CuratedModels: Importer {
  public static let id = SourceID("curated")

  public static func read(_ snapshot: Snapshot) throws(ImportError) -> Imported {
    var imported = Imported(source: snapshot.source)
    for file in snapshot.files {
      let document = try YAMLReader.read(file.bytes, file: file.name)
      switch file.name {
      case "licences.yaml": CuratedTables.licences(document, file: file.name, into: &imported)
      case "labs.yaml": CuratedTables.labs(document, file: file.name, into: &imported)
      case "aliases.yaml": CuratedTables.aliases(document, file: file.name, into: &imported)
      case "fees.yaml": CuratedFees.read(document, file: file.name, into: &imported)
      default:
        guard file.name.hasPrefix("models/"), file.name.hasSuffix(".yaml") else { continue }
        model(
          document, id: ModelID(String(file.name.dropFirst(7).dropLast(5))), file: file.name, into: &imported)
      }
    }
    return imported
  }

  private static func model(_ document: JSONValue, id: ModelID, file: String, into imported: inout Imported) {
    for (index, fact) in (document["facts"]?.array ?? []).enumerated() {
      let key = "\(file)#facts[\(index)]"
      guard let evidence = CuratedEvidence(fact) else {
        imported.report(
          "no-citation", at: key, "a curated fact needs source, seen and a mark of at most 25 words")
        continue
      }
      guard let name = fact["field"]?.string, let field = Field(named: name),
        let written = fact["value"]?.numberText
      else {
        imported.report("bad-record", at: key, "a curated fact needs a known field and a value")
        continue
      }
      var draft = RecordDraft(key: key)
      PlainValue.add(field, written: written, path: "value", to: &draft)
      imported.add(
        draft, subject: .model(id.rawValue), canonicalID: id, url: evidence.url, observed: evidence.seen,
        mark: evidence.mark)
    }
  }
}

/// The three things without which a curated fact is not accepted.
struct CuratedEvidence {
  let url: String?
  let seen: CalendarDate
  let mark: String

  init?(_ fact: JSONValue, suffix: String = "") {
    guard let source = fact["source" + suffix]?.string, let day = fact["seen" + suffix]?.string,
      let seen = try? CalendarDate(parsing: day), let mark = fact["mark" + suffix]?.string,
      mark.split(separator: " ").count <= 25, source.httpAddress != nil || source.hasPrefix("pypi:")
    else { return nil }
    self.url = source.httpAddress
    self.seen = seen
    self.mark = source.hasPrefix("pypi:") ? "\(source): \(mark)" : mark
  }
}

/// The curated tables that describe no model: licences, labs, aliases.
enum CuratedTables {
  static func licences(_ document: JSONValue, file: String, into imported: inout Imported) {
    for (index, row) in (document["licences"]?.array ?? []).enumerated() {
      let key = "\(file)#licences[\(index)]"
      guard let id = row["id"]?.string, let evidence = CuratedEvidence(row) else {
        imported.report(
          "no-citation", at: key, "a licence needs id, source, seen and a mark of at most 25 words")
        continue
      }
      let osi = CuratedEvidence(row, suffix: "_osi")
      imported.licences.append(
        LicenceNote(
          id: LicenceID(id), title: row["title"]?.string ?? id, isSPDX: row["spdx"]?.string == "yes",
          spellings: ModelsDev.words(row["also"]), osiApproved: flag(row["osi_approved"]),
          commercialUse: row["commercial_use"]?.string.flatMap(CommercialUse.init),
          openness: row["openness"]?.string,
          recordKey: key, evidence: .init(url: evidence.url, seen: evidence.seen, mark: evidence.mark),
          osiEvidence: osi.map { .init(url: $0.url, seen: $0.seen, mark: $0.mark) }))
    }
  }

  static func labs(_ document: JSONValue, file: String, into imported: inout Imported) {
    for (index, row) in (document["labs"]?.array ?? []).enumerated() {
      guard let id = row["id"]?.string, let name = row["name"]?.string, CuratedEvidence(row) != nil else {
        imported.report(
          "no-citation", at: "\(file)#labs[\(index)]", "a lab needs id, name, source, seen and mark")
        continue
      }
      imported.labs.append(
        LabNote(
          id: LabID(id), name: name, namespaces: ModelsDev.words(row["also"]),
          firstParty: ModelsDev.words(row["first_party"])))
    }
  }

  static func aliases(_ document: JSONValue, file: String, into imported: inout Imported) {
    for (index, row) in (document["aliases"]?.array ?? []).enumerated() {
      guard let alias = row["alias"]?.string, let model = row["model"]?.string,
        let evidence = CuratedEvidence(row)
      else {
        imported.report(
          "no-citation", at: "\(file)#aliases[\(index)]", "an alias needs alias, model, source, seen and mark"
        )
        continue
      }
      imported.aliases.append(
        AliasNote(
          source: CuratedModels.id, alias: alias, provider: row["provider"]?.string, model: ModelID(model),
          from: date(row["from"]),
          until: date(row["until"]), kind: row["kind"]?.string.flatMap(AliasNote.Kind.init) ?? .renamed,
          url: evidence.url, seen: evidence.seen, mark: evidence.mark))
    }
  }

  private static func flag(_ value: JSONValue?) -> Bool? {
    switch value?.string {
    case "yes": true
    case "no": false
    default: nil
    }
  }

  private static func date(_ value: JSONValue?) -> CalendarDate? {
    value?.string.flatMap { try? CalendarDate(parsing: $0) }
  }
}

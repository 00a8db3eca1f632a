import Facts
import TextFormats

/// The curated layer: `Data/curated`, a folder of YAML files. The path of a model's file is its id; every fact
/// names the page it was read on, the day, and a short mark of what was seen. A fact without them is refused.
public enum CuratedModels: Importer {
  public static let id = SourceID("curated")

  public static func read(_ snapshot: Snapshot) throws(ImportError) -> Imported {
    var imported = Imported(source: snapshot.source)
    for file in snapshot.files {
      read(try YAMLReader.read(file.bytes, file: file.name), file: file.name, into: &imported)
    }
    return imported
  }

  /// Reads one file of the layer, whose YAML was read already.
  /// - Parameter file: its path below the curated folder; a file of another name holds nothing.
  public static func read(_ document: JSONValue, file: String, into imported: inout Imported) {
    switch file {
    case "licences.yaml": CuratedTables.licences(document, file: file, into: &imported)
    case "labs.yaml": CuratedTables.labs(document, file: file, into: &imported)
    case "aliases.yaml": CuratedTables.aliases(document, file: file, into: &imported)
    case "fees.yaml": CuratedFees.read(document, file: file, into: &imported)
    default:
      guard file.hasPrefix("models/"), file.hasSuffix(".yaml") else { return }
      model(document, id: ModelID(String(file.dropFirst(7).dropLast(5))), file: file, into: &imported)
    }
  }

  private static func model(_ document: JSONValue, id: ModelID, file: String, into imported: inout Imported) {
    for (index, fact) in (document["facts"]?.array ?? []).enumerated() {
      let key = "\(file)#facts[\(index)]"
      guard let evidence = CuratedEvidence.read(fact, at: key, into: &imported) else { continue }
      guard let name = fact["field"]?.string, let field = Field(named: name) else {
        imported.report(
          "bad-record", at: key + ".field",
          "field \((fact["field"]?.asWritten ?? "").bounded) is not a known field")
        continue
      }
      guard let written = fact["value"]?.numberText, !written.isEmpty else {
        imported.report("bad-record", at: key + ".value", "a curated fact needs a value, quoted")
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

/// The curated tables that describe no model: licences, labs, aliases.
enum CuratedTables {
  static func licences(_ document: JSONValue, file: String, into imported: inout Imported) {
    for (index, row) in (document["licences"]?.array ?? []).enumerated() {
      let key = "\(file)#licences[\(index)]"
      guard let id = row["id"]?.string, !id.isEmpty else {
        imported.report("bad-record", at: key, "a licence needs an id")
        continue
      }
      guard let evidence = CuratedEvidence.read(row, at: key, into: &imported) else { continue }
      let osi =
        row["source_osi"] == nil
        ? nil : CuratedEvidence.read(row, suffix: "_osi", at: key, into: &imported)
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
      let key = "\(file)#labs[\(index)]"
      guard let id = row["id"]?.string, let name = row["name"]?.string, !id.isEmpty, !name.isEmpty else {
        imported.report("bad-record", at: key, "a lab needs id and name")
        continue
      }
      guard CuratedEvidence.read(row, at: key, into: &imported) != nil else { continue }
      imported.labs.append(
        LabNote(
          id: LabID(id), name: name, namespaces: ModelsDev.words(row["also"]),
          firstParty: ModelsDev.words(row["first_party"])))
    }
  }

  static func aliases(_ document: JSONValue, file: String, into imported: inout Imported) {
    for (index, row) in (document["aliases"]?.array ?? []).enumerated() {
      let key = "\(file)#aliases[\(index)]"
      guard let alias = row["alias"]?.string, let model = row["model"]?.string, isName(alias), isName(model)
      else {
        imported.report(
          "bad-record", at: key,
          "an alias needs alias and model, each a name of at most \(longestName) characters without spaces around it"
        )
        continue
      }
      guard let evidence = CuratedEvidence.read(row, at: key, into: &imported) else { continue }
      imported.aliases.append(
        AliasNote(
          source: CuratedModels.id, alias: alias, provider: row["provider"]?.string, model: ModelID(model),
          from: date(row["from"]),
          until: date(row["until"]), kind: row["kind"]?.string.flatMap(AliasNote.Kind.init) ?? .renamed,
          url: evidence.url, seen: evidence.seen, mark: evidence.mark))
    }
  }

  /// Characters of an id.
  private static let longestName = 200

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.unicodeScalars.count <= longestName && text.unicodeScalars.allSatisfy(\.isHarmless)
      && text.first?.isWhitespace == false && text.last?.isWhitespace == false
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

import Cataloguing
import Facts
import Importing
import TextFormats

extension CuratedCheck {
  /// One fact of a file, with the row where it stands.
  private struct Fact {
    let value: FactValue
    let row: Int?
  }

  mutating func checkModel(_ file: CheckedFile, _ imported: Imported) throws(CatalogueError) {
    let written = String(file.name.dropFirst("models/".count).dropLast(".yaml".count))
    let id = ModelID(written)
    guard PlainFacts.canonical(written) == id else {
      report(
        "bad-id", file, line: nil, "\(written.bounded) is not an id like lab/model in small letters",
        hint: "call the file models/LAB/MODEL.yaml")
      return
    }
    var facts: [Field: [Fact]] = [:]
    for record in imported.records {
      for claim in record.claims {
        facts[claim.field, default: []].append(
          Fact(value: claim.value, row: CuratedLines.item(in: record.key)))
      }
    }
    checkValues(facts, file)
    try checkKnown(id, facts, file)
    try checkEnd(of: id, facts, file)
    try checkSuccessors(of: id, facts, file)
  }

  /// Two pages may contradict each other; one file that believes both is to say which.
  private mutating func checkValues(_ facts: [Field: [Fact]], _ file: CheckedFile) {
    for (field, said) in facts {
      for (place, fact) in said.enumerated() {
        guard let first = said[..<place].first(where: { !$0.value.agrees(with: fact.value) }) else {
          continue
        }
        report(
          "two-values", file, line: file.lines.line(of: "value", item: fact.row),
          "\(field.rawValue) is \(fact.value.text.bounded), and \(first.value.text.bounded) in \(file.lines.line(ofItem: first.row).map { "line \($0)" } ?? "another row")",
          hint: "keep the value whose page is the lab's own, or the newest")
      }
    }
  }

  private mutating func checkKnown(_ id: ModelID, _ facts: [Field: [Fact]], _ file: CheckedFile)
    throws(CatalogueError)
  {
    guard let catalogue else { return }
    guard try isLab(id.lab.rawValue) else {
      let near = Suggestions.nearestWords(to: id.lab.rawValue, among: try labs())
      report(
        "unknown-lab", file, line: nil, "no lab is called \(id.lab.rawValue.bounded)",
        hint: near.first.map { "did you mean models/\($0)? A new lab needs its row in labs.yaml" }
          ?? "a new lab needs its row in labs.yaml")
      return
    }
    if try catalogue.isModel(id) {
      guard facts[.released] == nil, try catalogue.isKnown(id, from: CuratedModels.id) else { return }
    } else if case .resolved(let found) = try catalogue.resolve(id.rawValue, asOf: asOf) {
      report(
        "other-id", file, line: nil, "the catalogue has \(id) as \(found.model)",
        hint: "move the facts to models/\(found.model).yaml")
      return
    } else if facts[.released] != nil {
      return
    }
    let near = try catalogue.nearestModels(to: id.slug).filter { $0 != id }
    report(
      "unknown-model", file, line: nil,
      "no source knows \(id), and no row says when it was released",
      hint: near.isEmpty
        ? "add its released day with its page"
        : "did you mean \(near.prefix(3).map(\.rawValue).joined(separator: ", "))? Else add its released day with its page",
      severity: .finding)
  }

  /// An end before the release, of what this file says or else the catalogue.
  private mutating func checkEnd(of id: ModelID, _ facts: [Field: [Fact]], _ file: CheckedFile)
    throws(CatalogueError)
  {
    func days(_ field: Field) -> [(day: CalendarDate, row: Int?)] {
      (facts[field] ?? []).compactMap { fact in
        if case .date(let day) = fact.value { (day, fact.row) } else { nil }
      }
    }
    let ends = days(.retirement)
    guard !ends.isEmpty else { return }
    var released = days(.released).map(\.day).min()
    if released == nil { released = try catalogue?.released(id) }
    guard let released else { return }
    for end in ends where end.day.lastDayNumber < released.firstDayNumber {
      report(
        "retired-before-release", file, line: file.lines.line(of: "value", item: end.row),
        "retirement \(end.day.text) is before the release of \(id) on \(released.text)",
        hint: "the end is not believed; look at both pages again (`llmref explain \(id) released`)",
        severity: .finding)
    }
  }

  private mutating func checkSuccessors(of id: ModelID, _ facts: [Field: [Fact]], _ file: CheckedFile)
    throws(CatalogueError)
  {
    guard let catalogue else { return }
    for fact in facts[.successor] ?? [] {
      guard case .text(let name) = fact.value else { continue }
      let line = file.lines.line(of: "value", item: fact.row)
      guard let found = try catalogue.recognise(name, asOf: asOf) else {
        let near = try catalogue.nearestModels(to: ModelID(name).slug)
        report(
          "unknown-successor", file, line: line, "the successor \(name.bounded) leads to no model",
          hint: near.isEmpty
            ? "write a canonical id"
            : "did you mean \(near.prefix(3).map(\.rawValue).joined(separator: ", "))?")
        continue
      }
      guard found.model != id else {
        report(
          "own-successor", file, line: line, "\(id) cannot be the successor of itself",
          hint: "write the id of the model to move to, or remove the row")
        continue
      }
      guard let life = try catalogue.model(found.model, asOf: asOf)?.life, life.hasEnded else { continue }
      report(
        "ended-successor", file, line: line,
        "the successor \(found.model) ended itself\(life.end.value.map { " on \($0.text)" } ?? "")",
        hint: life.successor.value.map { "its own successor is \($0.bounded)" }
          ?? "name a model that is served", severity: .finding)
    }
  }
}

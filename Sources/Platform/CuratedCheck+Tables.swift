import Cataloguing
import Facts
import TextFormats

extension CuratedCheck {
  // MARK: Aliases

  mutating func checkAliases(_ file: CheckedFile) throws(CatalogueError) {
    for (index, row) in file.rows.enumerated() { try checkAlias(row, index, file) }
    checkOverlaps(file)
  }

  private mutating func checkAlias(_ row: JSONValue, _ index: Int, _ file: CheckedFile) throws(CatalogueError)
  {
    if let kind = row["kind"], kind.string.flatMap(AliasNote.Kind.init(rawValue:)) == nil {
      report(
        "bad-kind", file, line: file.lines.line(of: "kind", item: index),
        "\(kind.asWritten.bounded) is not a kind of alias",
        hint: "write \(AliasNote.Kind.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    try checkProvider(row["provider"], serving: row["alias"]?.string, index, file)
    guard let catalogue, let alias = row["alias"]?.string, let model = row["model"]?.string, !alias.isEmpty
    else { return }
    let target = ModelID(model)
    guard try catalogue.isModel(target) else {
      let near = try catalogue.nearestModels(to: target.slug)
      report(
        "dead-target", file, line: file.lines.line(of: "model", item: index),
        "the target \(model.bounded) is not a model of the catalogue",
        hint: near.isEmpty
          ? "write the canonical id" : "did you mean \(near.map(\.rawValue).joined(separator: ", "))?")
      return
    }
    guard let own = try catalogue.shadowed(by: row, alias: alias, target: target) else { return }
    let provider = row["provider"]?.string
    report(
      "alias-shadows", file, line: file.lines.line(of: "alias", item: index),
      "the alias \(alias.bounded) shadows the model \(own)",
      hint: provider.map {
        "remove the row, or say from and until when \($0.bounded) calls another model so; it leads to \(target) now"
      } ?? "name the provider whose alias it is, or remove the row")
  }

  /// - Parameter name: what the provider serves where it is known; it saves reading every model.
  private mutating func checkProvider(
    _ value: JSONValue?, serving name: String?, _ index: Int, _ file: CheckedFile
  ) throws(CatalogueError) {
    guard let value else { return }
    let line = file.lines.line(of: "provider", item: index)
    guard let provider = value.string, !provider.isEmpty else {
      report(
        "unknown-provider", file, line: line,
        "provider \(value.asWritten.bounded) is not the id of a provider",
        hint: "write it quoted, or leave the key out")
      return
    }
    guard let catalogue, !catalogue.isProvider(provider) else { return }
    if let name, try catalogue.isServed(name, at: provider) { return }
    let known = try providers()
    guard !known.contains(catalogue.frame.identity.provider(provider).rawValue) else { return }
    let near = Suggestions.nearestWords(to: provider, among: known)
    report(
      "unknown-provider", file, line: line, "no provider is called \(provider.bounded)",
      hint: near.first.map { "did you mean \($0)?" } ?? "see `llmref provider`")
  }

  /// Rows of one name at one provider that hold on the same days: nothing says which of them is meant.
  private mutating func checkOverlaps(_ file: CheckedFile) {
    struct Period {
      let row: Int
      let model: String
      let days: ClosedRange<Int>
    }
    func day(_ value: JSONValue?) -> CalendarDate? {
      value?.string.flatMap { try? CalendarDate(parsing: $0) }
    }
    var periods: [String: [Period]] = [:]
    for (index, row) in file.rows.enumerated() {
      guard let alias = row["alias"]?.string, !alias.isEmpty, let model = row["model"]?.string else {
        continue
      }
      let first = day(row["from"])?.firstDayNumber ?? .min
      let last = day(row["until"])?.lastDayNumber ?? .max
      guard first <= last else { continue }
      let provider = row["provider"]?.string.map { catalogue?.frame.identity.provider($0).rawValue ?? $0 }
      periods["\(provider ?? "") \(alias.lowercased())", default: []].append(
        Period(row: index, model: model, days: first...last))
    }
    for own in periods.values {
      for (place, period) in own.enumerated() {
        let others = own[..<place].filter { $0.model != period.model && $0.days.overlaps(period.days) }
        guard let other = others.first else { continue }
        let line = file.lines.line(ofItem: other.row).map { "line \($0)" } ?? "another row"
        report(
          "alias-overlap", file, line: file.lines.line(of: "alias", item: period.row),
          "the row and \(line) hold on the same days and lead to \(period.model.bounded) and \(other.model.bounded)",
          hint: "give from and until so that one row holds on each day")
      }
    }
  }

  // MARK: Labs, licences, fees

  /// Ids, and the spellings of a list, that stand twice.
  mutating func checkRepeats(of file: CheckedFile, spelling list: String?) {
    var seen: [String: Int] = [:]
    for (index, row) in file.rows.enumerated() {
      var own: Set<String> = []
      let names = [row["id"]?.string] + (list.flatMap { row[$0]?.array } ?? []).map(\.string)
      for name in names.compactMap(\.self) where own.insert(name.lowercased()).inserted {
        guard let other = seen[name.lowercased()] else {
          seen[name.lowercased()] = index
          continue
        }
        report(
          "said-twice", file, line: file.lines.line(ofItem: index),
          "\(name.bounded) stands in \(file.lines.line(ofItem: other).map { "line \($0)" } ?? "another row") already",
          hint: "keep it in one row")
      }
    }
  }

  mutating func checkFees(_ file: CheckedFile) throws(CatalogueError) {
    for (index, row) in file.rows.enumerated() {
      try checkProvider(row["provider"], serving: nil, index, file)
    }
  }
}

extension Catalogue {
  /// The model that a row of the alias table hides.
  ///
  /// A name without a provider hides whatever is called so. At a provider it hides a model of another lab, and one that the lab itself
  /// serves by that name, unless days or its kind say that the name moves, or one of the two names begins with the other:
  /// a host's `llama-3.1-8b` is the instruct model.
  fileprivate func shadowed(by row: JSONValue, alias: String, target: ModelID) throws(CatalogueError)
    -> ModelID?
  {
    let called = try model(called: alias, otherThan: target)
    guard let provider = row["provider"]?.string else { return called }
    let served = try model(served: alias, at: provider, otherThan: target)
    if let other = [called, served].compactMap(\.self).first(where: { $0.lab != target.lab }) {
      return other
    }
    guard let own = called ?? served else { return nil }
    let name = alias.lowercased().split(separator: "/").last.map(String.init) ?? alias.lowercased()
    let isKin = target.slug.hasPrefix(name) || name.hasPrefix(target.slug)
    let isMoving = row["kind"]?.string == AliasNote.Kind.floating.rawValue || row["from"] != nil
    guard !isKin, !isMoving,
      !frame.aliases.all.contains(where: { $0.kind == .floating && $0.alias.lowercased() == name })
    else { return nil }
    if frame.identity.isFirstParty(frame.identity.provider(provider), of: target.lab) { return own }
    for lab in frame.identity.firstParty[target.lab] ?? [] {
      if try model(served: name, at: lab.rawValue, otherThan: target) == own { return own }
    }
    return nil
  }
}

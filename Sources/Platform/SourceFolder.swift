import Cataloguing
import Facts
import Importing
import TextFormats

/// The inputs of a catalogue: the pinned sources and policy of `Data/policy`, the curated layer, and the files that
/// `bin/fetch-sources` extracted.
public struct SourceFolder: Sendable {
  /// The folder that holds `policy/`, `curated/` and `sources/`.
  public let root: String

  public init(root: String) { self.root = root }

  /// Reads every source and hands each to `use` as it is read; the frame carries the identity policy.
  public func importAll(progress: (String) -> Void) throws -> (frame: CatalogueFrame, imported: [Imported]) {
    let policy = try json("policy/sources.json")
    var frame = CatalogueFrame()
    frame.rank = (policy["rank"]?.array ?? []).compactMap(\.string).map { SourceID($0) }
    frame.identity = try identityPolicy()
    var imported: [Imported] = []
    progress("curated")
    imported.append(try curated())
    for entry in policy["sources"]?.array ?? [] {
      let pinned = try PinnedSource(entry, place: root + "/policy/sources.json")
      guard let importer = Importers.named(pinned.id.rawValue) else {
        throw FileProblem(
          root + "/policy/sources.json", "a source names a known importer", hint: "see Importers.all")
      }
      progress(pinned.id.rawValue)
      let bytes = try Files.read(root + "/sources/" + pinned.file)
      imported.append(
        try importer.read(Snapshot(source: pinned.description, bytes: bytes, file: pinned.file)))
    }
    return (frame, imported)
  }

  private func json(_ path: String) throws -> JSONValue {
    try JSONReader.read(try Files.read(root + "/" + path), file: path)
  }

  private func identityPolicy() throws -> IdentityPolicy {
    let document = try json("policy/identity.json")
    var policy = IdentityPolicy()
    for entry in document["providers"]?.array ?? [] {
      guard let id = entry["id"]?.string else { continue }
      let spellings = (entry["same"]?.array ?? []) + (entry["spellings"]?.array ?? [])
      policy.add(provider: ProviderID(id), same: spellings.compactMap(\.string), name: entry["name"]?.string)
    }
    policy.fastIsMode = Set(
      (document["fast_is_a_serving_mode"]?.array ?? []).compactMap(\.string).map { LabID($0) })
    policy.shortDatesAreSnapshots = Set(
      (document["short_dates_are_snapshots"]?.array ?? []).compactMap(\.string).map { LabID($0) })
    for (provider, marks) in document["marks_around_every_name"]?.object?.members ?? [] {
      policy.marks[policy.provider(provider)] = marks.array?.compactMap(\.string)
    }
    func providers(_ list: JSONValue?) -> [ProviderID] {
      (list?.array ?? []).compactMap(\.string).map(policy.provider)
    }
    policy.plans = Set(providers(document["plans"]))
    for (provider, marks) in document["marks_of_plans"]?.object?.members ?? [] {
      policy.planMarks[policy.provider(provider)] = marks.array?.compactMap(\.string)
    }
    policy.unnamed = Set((document["unnamed"]?.array ?? []).compactMap(\.string))
    policy.gateways = Set(providers(document["gateways"]))
    policy.clouds = Set(providers(document["clouds"]))
    for (owner, own) in document["owners"]?.object?.members ?? [] { policy.owners[owner] = providers(own) }
    policy.naming = namingRules(document["platforms"])
    for (name, reason) in document["told_apart"]?.object?.members ?? [] {
      policy.toldApart[name] = reason.string
    }
    for (word, lab) in document["families"]?.object?.members ?? [] {
      if let lab = lab.string { policy.families[word] = LabID(lab) }
    }
    return policy
  }

  private func namingRules(_ document: JSONValue?) -> NamingRules {
    func words(_ name: String) -> Set<String> { Set((document?[name]?.array ?? []).compactMap(\.string)) }
    var rules = NamingRules()
    for (word, provider) in document?["callers"]?.object?.members ?? [] {
      rules.callers[word] = provider.string
    }
    for (word, provider) in document?["functions"]?.object?.members ?? [] {
      rules.functions[word] = provider.string
    }
    for (word, provider) in document?["path_hosts"]?.object?.members ?? [] {
      rules.pathHosts[word] = provider.string
    }
    for (family, endings) in document?["tuned_by_default"]?.object?.members ?? [] {
      rules.tuned[family] = endings.array?.compactMap(\.string)
    }
    rules.calls = words("calls")
    rules.pathWords = words("path_words")
    rules.ownerWords = words("owner_words")
    rules.copiers = words("copiers")
    rules.namePrefixes = words("name_prefixes")
    rules.repositories = words("repositories_are_models")
    rules.hostWords = words("words_of_one_host")
    rules.ownNames = words("own_names")
    rules.labsWithHostWords = Set(words("labs_with_such_words").map { LabID($0) })
    rules.hosts = Set(words("hosts_are_no_labs").map { LabID($0) })
    return rules
  }

  private func curated() throws -> Imported {
    let folder = root + "/curated"
    let names = try Files.list(folder, ending: ".yaml")
    let files = try names.map { (name: $0, bytes: try Files.read(folder + "/" + $0)) }
    let digest = Digest.sha256(files)
    let seen = try newestDay(in: files.map(\.bytes))
    let source = SourceDescription(
      id: CuratedModels.id, title: "Curated layer", version: String(digest.prefix(12)), licence: "Apache-2.0",
      homepage: nil,
      observed: seen, digest: digest, lineage: CuratedModels.id, correction: "Data/curated of this project",
      proves: .known)
    return try CuratedModels.read(
      Snapshot(source: source, files: files.map { .init(name: $0.name, bytes: $0.bytes) }))
  }

  /// The newest `seen:` of the curated files: the day of the layer, told by the data and not by a clock.
  private func newestDay(in files: [[UInt8]]) throws -> CalendarDate {
    var newest: CalendarDate?
    for bytes in files {
      for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
        guard let range = line.firstRange(of: "seen: \"") else { continue }
        let text = line[range.upperBound...].prefix { $0 != "\"" }
        if let day = try? CalendarDate(parsing: text), newest.map({ $0 < day }) ?? true { newest = day }
      }
    }
    guard let newest else {
      throw FileProblem(
        root + "/curated", "a curated fact has the day it was seen", hint: #"write seen: "2026-11-23""#)
    }
    return newest
  }
}

extension SourceFolder {
  /// Builds the catalogue: imports, identities, summaries, lints. Deterministic: it resolves as of the newest day
  /// among its sources.
  /// - Parameter untaught: sources whose other names for a model are not believed.
  public func build(untaught: Set<SourceID> = [], progress: (String) -> Void) throws -> CatalogueContents {
    let (frame, imported) = try importAll(progress: progress)
    guard let day = imported.map(\.source.observed).max() else {
      throw FileProblem(root, "a catalogue has sources", hint: "run bin/fetch-sources")
    }
    var builder = CatalogueBuilder(frame: frame, asOf: day, untaught: untaught)
    for source in imported {
      let aliases = source.aliases.filter { alias in
        // A curated alias that cites the source was taught by it too.
        !untaught.contains { alias.source == $0 || alias.mark?.hasPrefix("pypi:\($0.rawValue)") ?? false }
      }
      builder.add(
        source: source.source, records: source.records, providers: source.providers, aliases: aliases,
        labs: source.labs, licences: source.licences, fees: source.fees, findings: source.findings)
    }
    progress("identities")
    let contents = builder.build()
    progress("lints")
    return contents.finished(asOf: day)
  }
}

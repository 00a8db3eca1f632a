import Facts
import TextFormats

/// Plain facts: a JSON file with which anyone adds models of their own, or refines and disputes the catalogue.
///
/// ```json
/// { "reviewed": "2026-06-15",
///   "models": [ { "id": "acme/rocket-1", "name": "Rocket-1", "context_window": 131072,
///                 "capabilities": { "vision": false }, "routes": [ { "provider": "Acme", "input_usd_per_mtok": "0.5" } ] } ] }
/// ```
/// The text `unknown` makes no claim, `false` makes an absence, `[]` means that none is tracked. Any value may be
/// `{"value": …, "source": "https://…", "observed": "2026-06-01"}` instead. The citation of a fact is the file's
/// name and SHA-256 and the JSON path.
public enum PlainFacts: Importer {
  public static let id = SourceID("facts")

  public static func read(_ snapshot: Snapshot) throws(ImportError) -> Imported {
    let document = try snapshot.json()
    guard document.object != nil, let models = document["models"]?.array else {
      throw .malformed(
        file: snapshot.files.first?.name ?? "facts", place: "the outermost value",
        rule: #"a facts file is an object with a list under "models""#, hint: #"write {"models": [ … ]}"#)
    }
    var imported = Imported(source: snapshot.source)
    let reviewed = document["reviewed"]?.string.flatMap { try? CalendarDate(parsing: $0) }
    if let written = document["reviewed"], reviewed == nil {
      imported.report(
        "bad-date", at: "reviewed", "\(written.asWritten.bounded) is no date; the file's own day is used")
    }
    for (index, model) in models.enumerated() {
      let path = "models[\(index)]"
      guard let id = model["id"]?.string, let canonical = canonical(id) else {
        imported.report(
          "bad-id", at: path,
          "a model needs an id like lab/model of at most 120 letters, digits and . _ - : characters; the record was left out"
        )
        continue
      }
      try read(
        model, path: path, id: canonical, reviewed: reviewed, file: snapshot.files.first?.name ?? "facts",
        into: &imported)
    }
    return imported
  }

  /// `lab/model`, lower-cased; nil unless it has exactly that form.
  public static func canonical(_ id: String) -> ModelID? {
    let lowered = id.lowercased()
    let parts = lowered.split(separator: "/", omittingEmptySubsequences: false)
    let fits =
      parts.count == 2
      && parts.allSatisfy { part in
        !part.isEmpty
          && part.unicodeScalars.allSatisfy { scalar in
            scalar.isASCII
              && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                || "._-:".unicodeScalars.contains(scalar))
          }
      }
    return fits && lowered.utf8.count <= 120 ? ModelID(lowered) : nil
  }

  private static let modelKeys: [(String, Field)] = [
    ("name", .name), ("lab", .lab), ("family", .family), ("product_type", .productType),
    ("released", .released),
    ("context_window", .contextWindow), ("max_input", .maxInput), ("max_output", .maxOutput),
    ("parameters", .parameters),
    ("active_parameters", .activeParameters), ("architecture", .architecture), ("license", .license),
    ("osi_approved", .osiApproved), ("openness", .openness), ("commercial_use", .commercialUse),
    ("knowledge_cutoff", .knowledgeCutoff), ("retirement", .retirement), ("successor", .successor),
  ]
  private static let routeKeys: [(String, Field)] = [
    ("context_window", .contextWindow), ("max_input", .maxInput), ("max_output", .maxOutput),
    ("kind", .routeKind),
    ("region", .region), ("quantisation", .quantisation), ("retirement", .retirement),
    ("successor", .successor), ("api_dialect", .dialect),
  ]
  private static let priceKeys: [(String, BillableUnit)] = [
    ("input_usd_per_mtok", .input), ("output_usd_per_mtok", .output), ("cache_read_usd_per_mtok", .cacheRead),
    ("cache_write_usd_per_mtok", .cacheWrite), ("reasoning_usd_per_mtok", .reasoning),
  ]

  private static func read(
    _ model: JSONValue, path: String, id: ModelID, reviewed: CalendarDate?, file: String,
    into imported: inout Imported
  ) throws(ImportError) {
    var draft = DatedDrafts(key: path)
    for (key, field) in modelKeys { plain(field, model[key], path: key, into: &draft) }
    if let capabilities = model["capabilities"] {
      if capabilities.object == nil {
        draft.base.problem("bad-record", "capabilities is \(capabilities.kind), not an object")
      }
      for (key, value) in capabilities.object?.members ?? [] {
        guard let capability = Capability(rawValue: key) else {
          draft.base.problem(
            "unknown-key",
            "capabilities.\(key.bounded) is no capability. hint: \(Capability.allCases.map(\.rawValue).joined(separator: ", "))"
          )
          continue
        }
        plain(.capability(capability), value, path: "capabilities.\(key)", into: &draft)
      }
    }
    let known = Set(modelKeys.map(\.0) + ["id", "capabilities", "routes", "benchmarks"])
    for (key, _) in model.object?.members ?? [] where !known.contains(key) {
      draft.base.problem("unknown-key", "\(key.bounded) is no key of a model; it makes no claim")
    }
    let scores = scores(model["benchmarks"], reviewed: reviewed, draft: &draft.base)
    draft.add(to: &imported, subject: .model(id.rawValue), id: id, scores: scores, reviewed: reviewed)
    for (index, route) in (model["routes"]?.array ?? []).enumerated() {
      try read(
        route: route, path: "\(path).routes[\(index)]", id: id, reviewed: reviewed, file: file,
        into: &imported)
    }
  }

  private static func read(
    route: JSONValue, path: String, id: ModelID, reviewed: CalendarDate?, file: String,
    into imported: inout Imported
  ) throws(ImportError) {
    guard let provider = route["provider"]?.string, !provider.isEmpty, provider.unicodeScalars.count <= 100
    else {
      imported.report(
        "bad-record", at: path, "a route needs a provider of at most 100 characters; the route was left out")
      return
    }
    var draft = DatedDrafts(key: path)
    for (key, field) in routeKeys { plain(field, route[key], path: key, into: &draft) }
    for (key, unit) in priceKeys {
      let (value, url, observed) = unwrapped(route[key], path: key, problems: &draft.base)
      guard let value, value != .string("unknown") else { continue }
      draft[observed].price(PriceTerm(unit), value, unit: "per 1M tokens", path: key, url: url)
    }
    PlainPrices.add(route["prices"], path: "prices", to: &draft.base)
    for (key, value) in route["capabilities"]?.object?.members ?? [] {
      guard let capability = Capability(rawValue: key) else { continue }
      plain(.capability(capability), value, path: "capabilities.\(key)", into: &draft)
    }
    if let fault = ContradictoryPrices(draft.claims).first() {
      throw .malformed(file: file, place: "\(path).\(fault.path)", rule: fault.rule, hint: fault.hint)
    }
    let apiID = route["id"]?.string ?? id.slug
    draft.add(
      to: &imported, subject: .route(provider: provider, apiID: apiID), id: id, reviewed: reviewed)
  }

  private static func plain(_ field: Field, _ value: JSONValue?, path: String, into draft: inout DatedDrafts)
  {
    let (value, url, observed) = unwrapped(value, path: path, problems: &draft.base)
    switch value {
    case nil, .null, .string("unknown"): return
    case .bool(let flag):
      PlainValue.add(field, written: flag ? "true" : "false", path: path, url: url, to: &draft[observed])
    case .number(let text), .string(let text):
      PlainValue.add(field, written: text, path: path, url: url, to: &draft[observed])
    case .some(let other): draft.base.problem("bad-value", "\(path) is \(other.kind)")
    }
  }

  /// A bare value, or the value, address and day of an object.
  private static func unwrapped(_ value: JSONValue?, path: String, problems: inout RecordDraft) -> (
    JSONValue?, url: String?, observed: CalendarDate?
  ) {
    guard let object = value?.object else { return (value, nil, nil) }
    var observed: CalendarDate?
    if let text = object["observed"]?.string {
      observed = try? CalendarDate(parsing: text)
      if observed == nil {
        problems.problem("bad-date", "\(path).observed \(text.bounded) is no date. hint: write 2026-06-01")
      }
    }
    return (object["value"], object["source"]?.string?.httpAddress, observed)
  }

  private static func scores(_ list: JSONValue?, reviewed: CalendarDate?, draft: inout RecordDraft)
    -> [ScoreClaim]
  {
    var scores: [ScoreClaim] = []
    for (index, row) in (list?.array ?? []).enumerated() {
      guard let name = row["benchmark"]?.string ?? row["name"]?.string ?? row["id"]?.string,
        let text = row["score"]?.numberText, let value = try? ExactDecimal(parsing: text)
      else {
        draft.problem("bad-score", "benchmarks[\(index)] needs a benchmark and a score in digits")
        continue
      }
      scores.append(
        ScoreClaim(
          benchmark: BenchmarkID(String(name.unicodeScalars.prefix(120).map(Character.init))), value: value,
          asWritten: text,
          unit: row["unit"]?.string.flatMap(ScoreUnit.init) ?? .points,
          metric: row["metric"]?.string ?? "score",
          evaluator: row["harness"]?.string ?? row["evaluator"]?.string, version: row["version"]?.string,
          variant: row["variant"]?.string ?? "", url: (row["url"] ?? row["source"])?.string?.httpAddress))
    }
    return scores
  }
}

/// The claims of one record, apart by the day they were observed where a fact has a day of its own.
private struct DatedDrafts {
  var base: RecordDraft
  private var dated: [CalendarDate: RecordDraft] = [:]

  init(key: String) { base = RecordDraft(key: key) }

  /// Those that nobody dates by an observation of their own: two values on two days are a change.
  var claims: [Claim] { base.claims }

  subscript(observed: CalendarDate?) -> RecordDraft {
    get { observed.map { dated[$0] ?? RecordDraft(key: base.key) } ?? base }
    set {
      if let observed { dated[observed] = newValue } else { base = newValue }
    }
  }

  func add(
    to imported: inout Imported, subject: Subject, id: ModelID, scores: [ScoreClaim] = [],
    reviewed: CalendarDate?
  ) {
    imported.add(base, subject: subject, canonicalID: id, scores: scores, observed: reviewed)
    for (observed, draft) in dated.sorted(by: { $0.key < $1.key }) {
      imported.add(draft, subject: subject, canonicalID: id, observed: observed)
    }
  }
}

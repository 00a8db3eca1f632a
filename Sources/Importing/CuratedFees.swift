import Facts
import TextFormats

/// The curated fees of buying channels: `fees.yaml`, one entry a provider, one charge for each way a fee falls due.
enum CuratedFees {
  /// Characters of `only`: it stands in the middle of a line.
  private static let longestCondition = 80

  static func read(_ document: JSONValue, file: String, into imported: inout Imported) {
    var known: Set<String> = []
    for (index, entry) in (document["fees"]?.array ?? []).enumerated() {
      let key = "\(file)#fees[\(index)]"
      guard let provider = entry["provider"]?.string, isID(provider) else {
        imported.report(
          "bad-fee", at: key,
          "a fee needs the provider's id, of at most 80 letters, digits and . _ - characters")
        continue
      }
      guard known.insert(provider).inserted else {
        imported.report(
          "bad-fee", at: key, "\(provider.bounded) has an entry already; this one was left out")
        continue
      }
      var rows: [FeeNote.Row] = []
      for (place, charge) in (entry["charges"]?.array ?? []).enumerated() {
        let own = "\(key).charges[\(place)]"
        guard let evidence = CuratedEvidence.read(charge, at: own, into: &imported) else { continue }
        switch Self.charge(charge) {
        case .failure(let problem): imported.report("bad-fee", at: own, problem.text)
        case .success(let charge):
          if rows.contains(where: { $0.charge.basis == charge.basis && $0.charge.only == charge.only }) {
            imported.report(
              "bad-fee", at: own, "the provider has a charge on \(charge.basis.rawValue) already")
            continue
          }
          rows.append(
            FeeNote.Row(
              charge: charge, recordKey: own, url: evidence.url, seen: evidence.seen, mark: evidence.mark))
        }
      }
      if !rows.isEmpty { imported.fees.append(FeeNote(provider: provider, rows: rows)) }
    }
  }

  private struct Problem: Error {
    let text: String
    init(_ text: String) { self.text = text }
  }

  private static func charge(_ row: JSONValue) -> Result<FeeCharge, Problem> {
    Result { () throws(Problem) in
      guard let basis = row["basis"]?.string.flatMap(FeeBasis.init) else {
        throw Problem("basis is one of \(FeeBasis.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      guard let percent = try decimal(row, "percent"), percent < ExactDecimal(100) else {
        throw Problem(#"a fee needs percent, a quoted decimal from "0" and below "100""#)
      }
      let charge = FeeCharge(
        basis: basis, percent: percent, minimum: try dollars(row, "minimum_usd"),
        fixed: try dollars(row, "fixed_usd"), freeSpend: try dollars(row, "free_usd"),
        freeRequests: try requests(row), only: try condition(row))
      let isTopUp = basis == .topUp || basis == .cardTopUp || basis == .cryptoTopUp
      guard isTopUp || charge.minimum == nil && charge.fixed == nil else {
        throw Problem("minimum_usd and fixed_usd belong to a top-up")
      }
      guard !isTopUp || charge.freeSpend == nil && charge.freeRequests == nil else {
        throw Problem("free_usd and free_requests belong to requests and own keys")
      }
      return charge
    }
  }

  /// A quoted decimal from zero; nil where the key is absent.
  private static func decimal(_ row: JSONValue, _ key: String) throws(Problem) -> ExactDecimal? {
    guard let written = row[key] else { return nil }
    guard let text = written.string, let value = try? ExactDecimal(parsing: text), !value.isNegative else {
      throw Problem("\(key) \(written.asWritten.bounded) is not a quoted decimal from zero")
    }
    return value
  }

  private static func dollars(_ row: JSONValue, _ key: String) throws(Problem) -> Money? {
    guard let value = try decimal(row, key) else { return nil }
    guard let money = try? Money(dollars: value), !money.isZero else {
      throw Problem("\(key) \(value.text.bounded) is not an amount of dollars above zero")
    }
    return money
  }

  private static func requests(_ row: JSONValue) throws(Problem) -> Int64? {
    guard let value = try decimal(row, "free_requests") else { return nil }
    guard let count = value.integer, count > 0 else {
      throw Problem("free_requests \(value.text.bounded) is not a count of requests above zero")
    }
    return count
  }

  private static func condition(_ row: JSONValue) throws(Problem) -> String? {
    guard let written = row["only"] else { return nil }
    guard let text = written.string, !text.isEmpty, text.unicodeScalars.count <= longestCondition,
      text.unicodeScalars.allSatisfy(\.isHarmless)
    else {
      throw Problem(
        "only \(written.asWritten.bounded) is not a text of at most \(longestCondition) characters")
    }
    return text
  }

  private static func isID(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 80
      && text.unicodeScalars.allSatisfy {
        $0.isASCII
          && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || "._-".unicodeScalars.contains($0))
      }
  }
}

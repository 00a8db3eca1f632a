import Cataloguing
import Documents
import Exporting
import Facts
import Fetching
import Platform
import TextFormats

/// A sync of the whole catalogue: a published one takes the place of the reader's, with the digest that stands beside it.
struct CatalogueSync {
  static let source = SourceID("catalogue")
  /// The most bytes that are read.
  private static let largest = 256 << 20

  let settings: Settings
  let address: String
  /// Whether an older catalogue, a loss of routes and a shift of the prices are taken.
  let isAccepted: Bool
  let bounds: Fetcher.Bounds
  let now: Timestamp

  /// - Throws: the reason why nothing was changed.
  func run() async throws -> SyncRun.Outcome {
    let day = try now.day()
    let kept = try CatalogueStore.open(.usual, settings: settings)
    let (bytes, digest) = try await fetch()
    guard digest != kept.digest else { return SyncRun.Outcome(unchanged: [Self.source]) }
    let newer: Catalogue
    do {
      newer = try Catalogue(snapshot: SnapshotFile(bytes: bytes, digest: digest))
      _ = try newer.summaries()
    } catch {
      throw refusal("\(error.rule) (\(error.place))", hint: error.hint)
    }
    if !isAccepted, let own = newer.date, let known = kept.date, own < known {
      throw refusal("it is of \(own.text), older than the one kept, of \(known.text)", hint: accepting)
    }
    let (before, after) = (try SyncRun.routes(kept, asOf: day), try SyncRun.routes(newer, asOf: day))
    let answers = RouteDifference(from: before, to: after)
    if !isAccepted {
      if answers.removed.count * 10 > before.rows.count {
        throw refusal(
          "\(answers.removed.count) of \(before.rows.count) routes would be lost, more than a tenth",
          hint: accepting)
      }
      let words = answers.shifts(of: before).compactMap(\.refusal).joined(separator: "; ")
      if !words.isEmpty { throw refusal(words, hint: accepting) }
    }
    var history = try SyncHistory(settings, catalogue: kept.digest)
    let sync = SyncHistory.Sync(
      at: now, catalogue: digest,
      sources: [
        SyncHistory.Source(
          id: Self.source, address: address, etag: nil, lastModified: nil, digest: digest,
          day: newer.date ?? day, basis: "the catalogue's own day", file: "catalogue.llmref",
          records: after.rows.count, changes: [])
      ], answers: SyncHistory.Answers(answers))
    history.add(sync)
    try history.write(settings)
    try Files.write(bytes, to: settings.cataloguePath)
    return SyncRun.Outcome(sync: sync, answers: answers)
  }

  private let accepting = "--accept catalogue takes it all the same"

  private func refusal(_ reason: String, hint: String? = nil) -> CommandProblem {
    SyncTaking.refusal(Self.source, reason, address, hint: hint)
  }

  private func fetch() async throws -> (bytes: [UInt8], digest: String) {
    let fetcher = Fetcher(bounds)
    do {
      let beside = address + ".sha256"
      Output.progress("catalogue: \(address)")
      guard let stated = try await fetcher.fetch(beside, largest: 4096),
        let fetched = try await fetcher.fetch(address, largest: Self.largest)
      else { throw FetchError.status(304, attempts: 1) }
      await fetcher.close()
      // `sha256sum` writes the digest, two spaces and the name.
      let word = String(decoding: stated.bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).first
      guard let word, Digest.isSHA256(word.lowercased()) else {
        throw SyncTaking.refusal(
          Self.source, "the file beside the catalogue holds no SHA-256", beside,
          hint: "publish the output of sha256sum there")
      }
      guard word.lowercased() == fetched.digest else {
        throw refusal("its SHA-256 is \(fetched.digest), and \(beside.bounded) says \(word.lowercased())")
      }
      return (fetched.bytes, fetched.digest)
    } catch let error as FetchError {
      await fetcher.close()
      throw refusal("\(error)")
    }
  }
}

extension RouteDifference {
  /// How the prices and limits of the routes that both catalogues have moved as a whole.
  /// - Parameter before: the table of the first.
  func shifts(of before: RouteTables.Table) -> [ValueShift] {
    func money(_ text: String?) -> Money? { text.flatMap { try? Money(dollars: $0) } }
    func count(_ text: String?) -> Int64? { text.flatMap { Int64($0) } }
    var prices = ValueShift("prices")
    var limits = ValueShift("limits")
    let priceNames = ["input_usd_per_mtok", "output_usd_per_mtok"]
    let limitNames = ["context_window", "max_output"]
    var touched: [String: Int] = [:]
    for change in changed {
      if priceNames.contains(change.column), let old = money(change.before) {
        prices.add(from: old, to: money(change.after))
      } else if limitNames.contains(change.column), let old = count(change.before) {
        limits.add(from: old, to: count(change.after))
      } else {
        continue
      }
      touched[change.column, default: 0] += 1
    }
    // The others are the same on both sides.
    func stated(_ names: [String], _ isStated: (String?) -> Bool) -> Int {
      let columns = before.columns.indices.filter { names.contains(before.columns[$0].name) }
      let all = before.rows.reduce(into: 0) { sum, row in sum += columns.count { isStated(row[$0]) } }
      return max(0, all - names.reduce(0) { $0 + (touched[$1] ?? 0) })
    }
    prices.add(unmoved: stated(priceNames) { money($0) != nil })
    limits.add(unmoved: stated(limitNames) { count($0) != nil })
    return [prices, limits]
  }
}

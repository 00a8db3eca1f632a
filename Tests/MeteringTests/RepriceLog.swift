import Cataloguing
import Facts
import Pricing
import Statistics

@testable import Metering

/// Repricing logs in tests.
enum RepriceLog {
  /// Gives bytes in pieces of any size.
  final class Pieces: LogBytes {
    private var bytes: ArraySlice<UInt8>
    private let piece: Int

    init(_ bytes: [UInt8], piece: Int = .max) {
      self.bytes = bytes[...]
      self.piece = piece
    }

    func read(into memory: UnsafeMutableRawBufferPointer) -> Int {
      let part = bytes.prefix(min(piece, memory.count))
      memory.copyBytes(from: part)
      bytes = bytes.dropFirst(part.count)
      return part.count
    }
  }

  static func reprice(
    _ text: String, _ catalogue: Catalogue, threads: Int = 1, piece: Int = .max,
    _ change: (inout RepriceQuestion) -> Void = { _ in }
  ) async throws -> Repricing {
    try await reprice([Array(text.utf8)], catalogue, threads: threads, piece: piece, change)
  }

  /// - Parameters:
  ///   - chunk: bytes of a chunk; nil for those of the program.
  ///   - scans: false to leave every row to the reader of its format.
  static func reprice(
    _ logs: [[UInt8]], _ catalogue: Catalogue, threads: Int = 1, piece: Int = .max, chunk: Int? = nil,
    scans: Bool = true, _ change: (inout RepriceQuestion) -> Void = { _ in }
  ) async throws -> Repricing {
    var question = RepriceQuestion()
    question.placesKept = RepriceQuestion.mostPlaces
    change(&question)
    let repricer = LogRepricer(
      catalogue, question, threads: threads, today: try CalendarDate(parsing: "2026-06-02"))
    if let chunk { repricer.chunkSize = chunk }
    repricer.scans = scans
    for (place, log) in logs.enumerated() {
      try await repricer.read(Pieces(log, piece: piece), file: "log\(place)")
    }
    return try await repricer.finish()
  }

  /// A catalogue with one model a route: `lab/…` at `provider` under `id`.
  static func catalogue(_ routes: [(provider: String, id: String, claims: [Claim])]) throws -> Catalogue {
    var frame = CatalogueFrame()
    frame.identity.add(lab: LabNote(id: LabID("lab"), name: "Lab", namespaces: ["lab"], firstParty: []))
    var builder = CatalogueBuilder(frame: frame, asOf: try CalendarDate(parsing: "2026-06-01"))
    let source = SourceDescription(
      id: SourceID("sample"), title: "S", version: "1", licence: "MIT", homepage: nil,
      observed: try CalendarDate(parsing: "2025-01-01"), digest: "00", lineage: SourceID("sample"),
      correction: "s")
    builder.add(
      source: source,
      records: routes.map {
        SourceRecord(
          key: $0.provider + "/" + $0.id, subject: .route(provider: $0.provider, apiID: $0.id),
          canonicalID: ModelID("lab/" + $0.id), claims: $0.claims)
      }, providers: Set(routes.map(\.provider)).sorted().map { ProviderNote(id: $0, name: $0) })
    return Catalogue(contents: builder.build())
  }

  static func price(
    _ term: PriceTerm, _ dollars: String, from: String? = nil, until: String? = nil
  ) throws -> Claim {
    Claim(
      .price(term), .money(try Money(dollars: dollars)), asWritten: dollars,
      validFrom: try from.map { try CalendarDate(parsing: $0) },
      validUntil: try until.map { try CalendarDate(parsing: $0) })
  }
}

extension Repricing {
  /// Everything that must not depend on how the log was read.
  var summary: [String] {
    func text(_ amounts: Amounts) -> String {
      let units = amounts.used.units.map { "\($0.rawValue) \(amounts.used[$0])" }.joined(separator: " ")
      return
        "\(amounts.rows) rows, \(amounts.requests) requests, \(units), \(amounts.dollars.text), \(amounts.unknownRows) unknown, \(amounts.chargedDollars?.text ?? "-") charged, \(amounts.comparedRows) compared"
    }
    var lines = ["total: " + text(total)]
    for table in tables {
      lines += table.rows.map { row in
        row.names.map { $0?.text ?? "none" }.joined(separator: "|") + ": " + text(row.amounts)
      }
    }
    lines += elsewhere.map { "\($0.route): \($0.low.text) to \($0.high.text), \($0.unknownRows) unknown" }
    lines += cheapest.map { "\($0.model): \($0.best?.route ?? "none") \($0.best?.dollars.text ?? "")" }
    lines += problems.entries.map { entry in
      "\(entry.reason.rawValue) \(entry.message) \(entry.rows): "
        + entry.places.map { "\($0.file) \($0.line)" }.joined(separator: ", ")
    }
    return lines + ["\(counted) counted, \(leftOut) left out, \(rates.count) prices"]
  }

  /// File and line of each problem with its reason, in order.
  var placedProblems: [String] {
    problems.entries.flatMap { entry in entry.places.map { ($0, entry.reason.rawValue) } }
      .sorted { $0.0 < $1.0 }.map { "\($0.0.line) \($0.1)" }
  }
}

/// Numbers that are the same in every run.
struct Dice: RandomNumberGenerator {
  private var numbers: RandomNumbers

  init(_ seed: UInt64) { numbers = RandomNumbers(seed: seed) }

  mutating func next() -> UInt64 { numbers.next() }

  mutating func below(_ count: Int) -> Int { Int.random(in: 0..<max(count, 1), using: &self) }
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }
}

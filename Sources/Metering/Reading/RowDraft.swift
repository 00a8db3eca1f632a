import Facts
import Pricing
import TextFormats

/// A row while a format fills it in.
struct RowDraft {
  /// Whether the log counts cached tokens in its input.
  enum Caching {
    /// Cached tokens are part of the input, unless the reader says otherwise.
    case included
    /// Cached tokens are part of the input, whatever the reader says.
    case settled
    /// What a cache read or wrote stands beside the input.
    case excluded
  }

  var time: Timestamp?
  var provider: String?
  var model: String?
  var counts: [BillableUnit: Int64] = [:]
  var caching = Caching.included
  var requests: Int64 = 1
  var mode: PriceMode?
  var charged: Money?
  var key: String?
  var tags: [String: String] = [:]
  var requestID: String?

  /// Adds a count that the log may leave out.
  mutating func add(_ unit: BillableUnit, _ value: JSONValue?, _ name: String) throws(RowFault) {
    guard let value = value?.given else { return }
    try add(unit, value.count(name), name)
  }

  mutating func add(_ unit: BillableUnit, _ count: Int64, _ name: String) throws(RowFault) {
    let (sum, overflow) = counts[unit, default: 0].addingReportingOverflow(count)
    guard !overflow else { throw RowFault(.badCount, "\(name) is \(count), beyond belief") }
    counts[unit] = sum
  }

  mutating func tag(_ name: String, _ value: JSONValue?) {
    if let word = value?.given?.word { tags[name] = word }
  }

  /// No model is known to take more in one request than a hundredth of this.
  static let mostTokensPerRequest: Int64 = 1_000_000_000
  /// No language model was sold by the token before: 2018-01-01.
  private static let earliest = Timestamp(seconds: 1_514_764_800)

  /// - Throws: a fault for counts that contradict themselves or are absurd, for a time that cannot be, and without a model.
  func row(at place: RowPlace, _ options: UsageLogReader.Options) throws(RowFault) -> UsageRow {
    guard let model = model?.trimmed, !model.isEmpty else {
      throw RowFault(.unknownModel, "the record names no model")
    }
    let usage: Usage
    do {
      usage =
        caching == .excluded || caching == .included && options.isCacheExcluded
        ? try Usage.cacheExcluded(counts) : try Usage(counts)
    } catch {
      throw RowFault(.badCount, error.description)
    }
    let (prompt, answer) = (usage[.input], usage[.output])
    guard requests >= 0, requests <= Usage.most else {
      throw RowFault(.badCount, "requests is \(requests), no count of requests")
    }
    let requests = max(1, requests)
    guard max(prompt, answer) / requests <= Self.mostTokensPerRequest else {
      throw RowFault(
        .badCount,
        "\(max(prompt, answer)) tokens in \(requests == 1 ? "one request" : "\(requests) requests") are beyond belief. hint: a row that sums requests says how many"
      )
    }
    if let time {
      guard time >= Self.earliest else {
        throw RowFault(.badTime, "\(time.text) is before any model was sold by the token")
      }
      if let latest = options.latest, time > latest {
        throw RowFault(.badTime, "\(time.text) is in the future")
      }
    }
    return UsageRow(
      place: place, time: time, provider: provider?.trimmed, model: model, usage: usage,
      requests: requests, mode: mode, charged: charged, key: key, tags: tags, requestID: requestID)
  }
}

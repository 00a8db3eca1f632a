import Facts
import Pricing

/// One request, or one sum of requests, as a usage log gives it.
public struct UsageRow: Hashable, Sendable {
  /// Where it stands: the file's name and the line, or the place in a document, from 1.
  public let place: RowPlace
  /// When it was served, or when the span that it sums begins; nil when the log does not say.
  public let time: Timestamp?
  /// Who served it, in the log's words; nil when the log does not say.
  public let provider: String?
  /// The model's id in the log's words.
  public let model: String
  /// Cached tokens included in the input, whatever the log's own convention.
  public let usage: Usage
  /// Requests that the row sums: 1 for a row of one request. Tiers are judged by the average request.
  public let requests: Int64
  /// How the log says that it was served; nil when it does not say, and then it is standard.
  public let mode: PriceMode?
  /// What the log says was charged, in US dollars.
  public let charged: Money?
  /// Name of the API key, user or project that the log counts it to.
  public let key: String?
  /// The log's own labels, by name.
  public let tags: [String: String]
  /// The request's own id, by which a row that comes twice is known.
  public let requestID: String?

  public init(
    place: RowPlace, time: Timestamp?, provider: String?, model: String, usage: Usage, requests: Int64 = 1,
    mode: PriceMode? = nil, charged: Money? = nil, key: String? = nil, tags: [String: String] = [:],
    requestID: String? = nil
  ) {
    self.place = place
    self.time = time
    self.provider = provider
    self.model = model
    self.usage = usage
    self.requests = requests
    self.mode = mode
    self.charged = charged
    self.key = key
    self.tags = tags
    self.requestID = requestID
  }
}

/// Where a row stands in its file.
public struct RowPlace: Hashable, Comparable, Sendable {
  public let file: String
  /// Line of a file of lines, or place of the record in a document, from 1.
  public let line: Int

  public init(file: String, line: Int) {
    self.file = file
    self.line = line
  }

  public static func < (left: RowPlace, right: RowPlace) -> Bool {
    (left.file, left.line) < (right.file, right.line)
  }
}

/// A row that could not be read or priced, and why. It is counted and listed, never dropped.
public struct RowProblem: Hashable, Sendable {
  public enum Reason: String, CaseIterable, Hashable, Sendable {
    /// The line is cut off or no record of the format.
    case malformed
    /// Bytes that are no UTF-8.
    case encoding
    /// A count below zero or beyond belief, or parts that exceed their whole.
    case badCount = "bad_count"
    case badTime = "bad_time"
    /// The same request id, or the same line, stood before.
    case duplicate
    case unknownModel = "unknown_model"
    /// The id could mean several models.
    case ambiguousModel = "ambiguous_model"
    /// The model is known, but no route at that provider.
    case unknownRoute = "unknown_route"
    /// Something was used that no source prices.
    case unpriced
    /// The log gives no time, so that the price in force cannot be told.
    case noTime = "no_time"
  }

  public let place: RowPlace
  public let reason: Reason
  /// The rule and the offending value, harmless and short.
  public let message: String

  public init(place: RowPlace, reason: Reason, message: String) {
    self.place = place
    self.reason = reason
    self.message = message.bounded
  }
}

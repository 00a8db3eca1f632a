/// When the parts of one attempt happened: nanoseconds of one monotonic clock since the attempt was scheduled, read as bytes
/// leave the socket and before they are parsed. What did not happen is nil.
package struct Stamps: Hashable, Sendable {
  /// The request was handed to the connection pool.
  package var dispatched: Int64?
  /// A connection was there; nil when a kept one was used.
  package var connected: Int64?
  /// Status and headers had come.
  package var headers: Int64?
  /// The first delta with text, reasoning, refusal or tool arguments; a role alone is none.
  package var firstDelta: Int64?
  /// The first of these that is no reasoning.
  package var firstAnswerDelta: Int64?
  /// The last of these.
  package var lastContent: Int64?
  package var streamEnd: Int64?
  /// Gaps between chunks with content; a chunk is not a token.
  package var gaps: ChunkGaps
  /// Tokens of the first content chunk, where the server counts them; nil when it does not say.
  package var firstChunkTokens: Int64?

  package init(
    dispatched: Int64? = nil, connected: Int64? = nil, headers: Int64? = nil, firstDelta: Int64? = nil,
    firstAnswerDelta: Int64? = nil, lastContent: Int64? = nil, streamEnd: Int64? = nil,
    gaps: ChunkGaps = ChunkGaps(), firstChunkTokens: Int64? = nil
  ) {
    self.dispatched = dispatched
    self.connected = connected
    self.headers = headers
    self.firstDelta = firstDelta
    self.firstAnswerDelta = firstAnswerDelta
    self.lastContent = lastContent
    self.streamEnd = streamEnd
    self.gaps = gaps
    self.firstChunkTokens = firstChunkTokens
  }
}

/// Gaps between chunks as a histogram of bounded size, whatever the length of the stream, and the largest gap exactly.
///
/// Four classes an octave of microseconds: a class is at most a quarter wider than where it begins, from 4 µs on.
package struct ChunkGaps: Hashable, Sendable {
  /// Gaps by class, ascending; classes without gaps are absent.
  package private(set) var counts: [Int: Int64] = [:]
  /// Nanoseconds; 0 without gaps.
  package private(set) var largest: Int64 = 0
  /// Nanoseconds of all gaps together, held at the largest number there is.
  package private(set) var total: Int64 = 0

  /// Classes go from 0 to this; 2⁶² µs is beyond any clock.
  package static let classes = 245

  package init() {}

  /// Gaps as they were stored; nil for classes or counts that cannot be.
  package init?(counts: [Int: Int64], largest: Int64, total: Int64) {
    guard counts.allSatisfy({ (0..<Self.classes).contains($0.key) && $0.value > 0 }), largest >= 0, total >= 0
    else { return nil }
    self.counts = counts
    self.largest = largest
    self.total = total
  }

  /// Takes one gap in nanoseconds; below zero counts as zero.
  package mutating func add(_ nanoseconds: Int64) {
    let gap = max(0, nanoseconds)
    counts[Self.place(gap), default: 0] += 1
    largest = max(largest, gap)
    let (sum, overflow) = total.addingReportingOverflow(gap)
    total = overflow ? .max : sum
  }

  package var count: Int64 { counts.values.reduce(0, +) }

  /// The class of a gap.
  static func place(_ nanoseconds: Int64) -> Int {
    let micro = nanoseconds / 1000
    guard micro >= 4 else { return Int(micro) }
    let octave = 63 - micro.leadingZeroBitCount
    return (octave - 1) * 4 + Int(micro >> (octave - 2) & 3)
  }

  /// Nanoseconds at which a class begins.
  package static func start(of place: Int) -> Int64 {
    guard place >= 4 else { return Int64(place) * 1000 }
    let octave = place / 4 + 1
    return (Int64(4 + place % 4) << (octave - 2)) * 1000
  }
}

import Cataloguing
import Facts
import Pricing

/// One thread's sums of the rows that it has read.
struct Tally: ~Copyable {
  /// What became of a row.
  enum Verdict {
    case counted
    /// Outside the days that are asked for.
    case leftOut
    case problem(ProblemKind)
    /// Something about it needs the reader of its format: counts that contradict each other, an impossible time.
    case odd
    /// A table tells too many groups apart.
    case tooManyGroups
  }

  /// What a table tells apart besides source and mode.
  struct Shape: Hashable {
    var isDaily: Bool
    /// Fields of the row whose texts count, ascending.
    var texts: [RowField]
  }

  let shapes: [Shape]
  private let shapeCount: Int
  /// Bits of the shapes that tell days apart, and of those that tell texts apart.
  private let dailyShapes: UInt32
  private let textShapes: UInt32
  private let since: Int64
  private let until: Int64
  private let latest: Int64
  private let zoneSeconds: Int64
  private let timeless: Int64?
  private(set) var sources: SourceTable
  private(set) var labels = LabelTable()
  /// A table a shape.
  let tables: UnsafeMutablePointer<GroupTable>
  /// Rows whose sums cannot be priced, each kind of row with how often it came.
  private(set) var singles: [SingleRow.Key: SingleRow] = [:]

  /// No language model was sold by the token before 2018; `RowDraft` says it in words.
  private static let earliest: Int64 = 1_514_764_800
  private static let noTime = ProblemKind(
    .noTime, "the row has no time, so the prices in force are not known. hint: --at gives one")
  private static let tooManySources = ProblemKind(
    .unknownModel, "the log names more than \(SourceTable.most) models; those beyond are not told apart")

  init(_ timelines: Timelines, shapes: [Shape], today: CalendarDate, advise: @escaping BlockAdvice = { _ in })
  {
    let question = timelines.question
    self.shapes = shapes
    shapeCount = shapes.count
    func bits(_ isWanted: (Shape) -> Bool) -> UInt32 {
      var bits: UInt32 = 0
      for (place, shape) in shapes.enumerated() where isWanted(shape) { bits |= 1 << UInt32(place) }
      return bits
    }
    dailyShapes = bits(\.isDaily)
    textShapes = bits { !$0.texts.isEmpty }
    since = question.since?.seconds ?? .min
    until = question.until?.seconds ?? .max
    latest = question.reading.latest?.seconds ?? .max
    zoneSeconds = Int64(question.reading.offset) * 60
    timeless = question.timeOfTimeless?.seconds
    sources = SourceTable(timelines, today: today)
    tables = .allocate(capacity: shapes.count)
    for place in shapes.indices { (tables + place).initialize(to: GroupTable(advise: advise)) }
  }

  deinit {
    tables.deinitialize(count: shapeCount)
    tables.deallocate()
  }

  /// Counts a row, or takes it out again.
  /// - Parameters:
  ///   - sign: 1 to count, −1 to take out, 0 to judge alone.
  ///   - usage: all that the row used, where it used more than a scanner reads.
  @inline(__always)
  mutating func add(
    _ row: borrowing ScannedRow, times sign: Int64 = 1, usage: Usage? = nil
  ) throws(CatalogueError) -> Verdict {
    guard row.has(.model) else { return .odd }
    guard usage != nil || Self.partsFit(row) else { return .odd }
    var seconds = row.seconds
    if row.has(.time) {
      if row.isZoneUntold { seconds &-= zoneSeconds }
      guard seconds >= Self.earliest, seconds <= latest else { return .odd }
    } else {
      guard let timeless else { return .problem(Self.noTime) }
      seconds = timeless
    }
    guard seconds >= since, seconds < until else { return .leftOut }
    let (input, output) = (row[.input], row[.output])
    let requests = row.has(.requests) ? max(row[.requests], 1) : 1
    guard max(input, output) / requests <= RowDraft.mostTokensPerRequest else { return .odd }
    // Above a limit when the exact average is.
    let (prompt, whole) =
      requests == 1
      ? (input, input &+ output) : (Self.mean(input, requests), Self.mean(input &+ output, requests))
    guard let source = try sources.number(row.has(.provider) ? row.texts[0] : .nothing, row.texts[1]) else {
      return .problem(Self.tooManySources)
    }
    let day = seconds >= 0 ? Int(seconds / 86_400) : Int((seconds - 86_399) / 86_400)
    let span = sources.span(source, day)
    if span.pointee.isProblem { return problem(source, day) }
    let variant = variant(row, span, source, day, seconds, prompt, whole)
    let isSingle =
      !span.pointee.isSummable || usage != nil
      || (row[.outputAudio] > 0 && row[.outputAudio] &+ row[.reasoning] > output)
    let isAlwaysDaily = span.pointee.hasHours || isSingle
    for place in 0..<shapeCount {
      let bit: UInt32 = 1 &<< UInt32(truncatingIfNeeded: place)
      let isDaily = isAlwaysDaily || dailyShapes & bit != 0
      let key = GroupTable.Key(
        source: source, day: isDaily ? Int32(truncatingIfNeeded: day) : span.pointee.dayMark,
        variant: variant, texts: textShapes & bit == 0 ? 0 : labels.number(row, shapes[place].texts))
      if isSingle {
        guard addSingle(row, key, place, seconds, requests, usage, times: sign) else { return .tooManyGroups }
        continue
      }
      guard let group = tables[place].group(key) else { return .tooManyGroups }
      tables[place].add(row, to: group, times: sign)
    }
    return .counted
  }

  /// What `Usage` demands of the counts that a scanner reads.
  @inline(__always)
  private static func partsFit(_ row: borrowing ScannedRow) -> Bool {
    row[.cacheRead] &+ row[.cacheWrite] &+ row[.inputAudio] <= row[.input]
      && row[.cacheWriteHour] <= row[.cacheWrite] && row[.reasoning] <= row[.output]
      && row[.outputAudio] <= row[.output]
  }

  /// Rounded up, so that an average just above a limit is above it.
  private static func mean(_ count: Int64, _ requests: Int64) -> Int64 {
    count / requests + (count % requests > 0 ? 1 : 0)
  }

  @inline(__always)
  private func variant(
    _ row: borrowing ScannedRow, _ span: UnsafePointer<SourceTable.Span>, _ source: Int, _ day: Int,
    _ seconds: Int64, _ prompt: Int64, _ whole: Int64
  ) -> RowVariant {
    let limits = span.pointee.limits
    let promptLimits = span.pointee.promptLimits
    var promptTier: UInt32 = 0
    var totalTier: UInt32 = 0
    for place in 0..<min(promptLimits, RowVariant.mostTiers) { promptTier &+= prompt > limits[place] ? 1 : 0 }
    for place in 0..<min(span.pointee.totalLimits, RowVariant.mostTiers) {
      totalTier &+= whole > limits[promptLimits &+ place] ? 1 : 0
    }
    return RowVariant(
      promptTier: promptTier, totalTier: totalTier, mode: row.has(.mode) ? UInt32(row.mode) : 0,
      isCharged: row.has(.charged), hours: span.pointee.hasHours ? hours(source, day, seconds) : 0,
      unpriced: span.pointee.unpriced == 0 ? 0 : unpriced(row, span.pointee.unpriced))
  }

  private func unpriced(_ row: borrowing ScannedRow, _ mask: UInt32) -> UInt32 {
    var bits: UInt32 = 0
    for place in 0..<RowField.counts where mask & (1 &<< UInt32(place)) != 0 && row.counts[place] > 0 {
      bits |= 1 &<< UInt32(place)
    }
    return bits
  }

  private func hours(_ source: Int, _ day: Int, _ seconds: Int64) -> UInt32 {
    guard case .prices(let prices) = sources.meaning(source, day) else { return 0 }
    return prices.hoursBits(at: Timestamp(seconds: seconds))
  }

  private func problem(_ source: Int, _ day: Int) -> Verdict {
    guard case .problem(let kind) = sources.meaning(source, day) else { return .odd }
    return .problem(kind)
  }

  // MARK: Rows that stand alone

  private mutating func addSingle(
    _ row: borrowing ScannedRow, _ key: GroupTable.Key, _ table: Int, _ seconds: Int64, _ requests: Int64,
    _ usage: Usage?, times sign: Int64
  ) -> Bool {
    var counts: [Int64] = []
    for place in 0..<RowField.counts { counts.append(row.counts[place]) }
    let single = SingleRow.Key(
      group: key, table: table, minute: seconds / 60, counts: counts, usage: usage, requests: requests)
    guard singles.count < SingleRow.most || singles[single] != nil else { return false }
    singles[single, default: SingleRow()].add(
      rows: sign, charged: row.has(.charged) ? row.charged * Int128(sign) : 0)
    return true
  }

  // MARK: Joining

  /// Adds all sums of another tally.
  mutating func adopt(_ other: borrowing Tally) throws {
    let sourceNumbers = try sources.adopt(other.sources)
    let labelNumbers = labels.adopt(other.labels)
    func translated(_ key: GroupTable.Key, _ place: Int) -> GroupTable.Key {
      let texts =
        shapes[place].texts.isEmpty
        ? 0 : key.texts < labelNumbers.count ? labelNumbers[key.texts] : LabelTable.most
      return GroupTable.Key(
        source: sourceNumbers[key.source], day: key.day, variant: key.variant, texts: texts)
    }
    for place in 0..<shapeCount {
      for group in 0..<other.tables[place].count {
        let key = translated(other.tables[place].key(group), place)
        guard let own = tables[place].group(key) else { throw RepriceError.tooManyGroups }
        tables[place].add(other.tables[place].sums(group), other.tables[place].others(group), to: own)
      }
    }
    for (key, single) in other.singles {
      singles[key.moved(to: translated(key.group, key.table)), default: SingleRow()].add(
        rows: single.rows, charged: single.charged)
    }
  }
}

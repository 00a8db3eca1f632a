/// The bytes that stand between the values of a log's lines, as a tree that grows while the log is read.
///
/// A step is a stretch of known bytes, such as `","model":"`, and the value behind it. A path from the root to an end is the
/// form of a line. Bytes that a step compares have been checked against the grammar when the step was learnt, at the same
/// place of the same form; so comparing them is checking them.
struct LinePaths: ~Copyable {
  enum Action: UInt8 {
    /// A number that a count field takes, or null.
    case count
    /// A text behind its opening quote.
    case text
    case time
    case mode
    /// A number of dollars, or null.
    case money
    case skipText
    /// A number, null, true, false, a list or an object that nothing reads.
    case skipOther
    /// A count or an amount in quotes.
    case textForm
    /// null, or a number where a text is usual.
    case otherForm
    /// The end of the line.
    case end
  }

  struct Step {
    /// The first sixteen bytes, and which of their bits count.
    var first: UInt64 = 0
    var firstMask: UInt64 = 0
    var second: UInt64 = 0
    var secondMask: UInt64 = 0
    var length: Int32 = 0
    /// The first step that may follow, and the next one that may stand in this one's place; `none` where there is none.
    var child = LinePaths.none
    var sibling = LinePaths.none
    var parent = LinePaths.none
    /// Fields of the line up to here.
    var seen: UInt32 = 0
    /// The objects that the value stands in, four bits each, the innermost lowest.
    var objects: UInt32 = 0
    /// Where the step's keys begin among `keyHashes`, and how many they are: one, and those of objects that it opens.
    var keys: Int32 = 0
    var keyCount: UInt8 = 0
    var action = Action.end
    var field = RowField.other
    /// False where a quote in the value's place makes it another form: the bytes before a number stand before a text too.
    var takesQuote = true

    /// Whether the value ends at a closing quote, which the next step begins with.
    var endsAtQuote: Bool {
      switch action {
      case .text, .time, .mode, .skipText, .textForm: true
      default: false
      }
    }
  }

  static let none: Int32 = -1
  static let root: Int32 = 0
  /// The step of a line that no branch is kept for.
  private static let passing: Int32 = 1
  private static let mostSteps: Int32 = 2048
  private static let mostSiblings = 12
  private static let mostWords = 8
  private static let mostKeys = 256
  private static let longestKey = 200

  private let keys: RowKeys
  private let steps: UnsafeMutablePointer<Step>
  /// The bytes from the seventeenth on, six words a step.
  private let rests: UnsafeMutablePointer<UInt64>
  private var used: Int32 = 2
  /// Hashes of the keys of all steps.
  private var keyHashes: [UInt64] = []
  /// Hashes of the keys of the line that is being learnt.
  private var lineKeys: [UInt64] = []
  /// The step before the one that is looked for.
  private var before = LinePaths.root

  init(keys: RowKeys) {
    self.keys = keys
    steps = .allocate(capacity: Int(Self.mostSteps))
    steps.initialize(repeating: Step(), count: Int(Self.mostSteps))
    rests = .allocate(capacity: Int(Self.mostSteps) * (Self.mostWords - 2))
    rests.initialize(repeating: 0, count: Int(Self.mostSteps) * (Self.mostWords - 2))
  }

  deinit {
    steps.deallocate()
    rests.deallocate()
  }

  @inline(__always)
  func entry(_ step: Int32) -> UnsafePointer<Step> { UnsafePointer(steps + Int(step)) }

  /// The known step whose bytes stand here; `none` where none does.
  @inline(__always)
  mutating func next(after step: Int32, at place: UnsafePointer<UInt8>) -> Int32 {
    before = step
    var candidate = steps[Int(step)].child
    let (first, second) = (ByteWords.load(place), ByteWords.load(place + 8))
    while candidate != Self.none {
      let known = steps + Int(candidate)
      if ((first ^ known.pointee.first) & known.pointee.firstMask)
        | ((second ^ known.pointee.second) & known.pointee.secondMask) == 0,
        known.pointee.length <= 16 || restMatches(candidate, place),
        known.pointee.takesQuote || place[Int(known.pointee.length)] != JSONScan.quote
      {
        return candidate
      }
      candidate = known.pointee.sibling
    }
    return Self.none
  }

  private func restMatches(_ step: Int32, _ place: UnsafePointer<UInt8>) -> Bool {
    let rest = rests + Int(step) * (Self.mostWords - 2)
    var left = Int(steps[Int(step)].length) - 16
    var word = 0
    while left > 0 {
      if ByteWords.low(ByteWords.load(place + 16 + word * 8) ^ rest[word], left) != 0 { return false }
      word += 1
      left -= 8
    }
    return true
  }

  // MARK: Learning

  /// Reads the grammar from behind the last value to the next one and keeps what it found; `none` where the line is no JSON or
  /// not one that a scanner takes.
  @inline(never)
  mutating func learn(at place: UnsafePointer<UInt8>, texts: inout TextReader) -> Int32 {
    let parent = before
    if parent != Self.passing { gatherKeys(upTo: parent) }
    var step = Step()
    let old = steps[Int(parent)]
    (step.seen, step.objects, step.parent) = (old.seen, old.objects, parent)
    let known = lineKeys.count
    guard let end = read(from: place, behind: old, isFirst: parent == Self.root, into: &step, texts: &texts)
    else { return Self.none }
    step.length = Int32(truncatingIfNeeded: end - place)
    var siblings = 0
    var last = Self.none
    var candidate = old.child
    while candidate != Self.none {
      siblings += 1
      last = candidate
      candidate = steps[Int(candidate)].sibling
    }
    guard parent != Self.passing, used < Self.mostSteps, siblings < Self.mostSiblings,
      step.length <= Int32(Self.mostWords * 8)
    else {
      steps[Int(Self.passing)] = step
      return Self.passing
    }
    step.takesQuote = step.endsAtQuote || step.action == .end
    step.keys = Int32(keyHashes.count)
    step.keyCount = UInt8(clamping: lineKeys.count - known)
    keyHashes += lineKeys[known...]
    let own = used
    used += 1
    keep(step, as: own, at: place)
    if last == Self.none {
      steps[Int(parent)].child = own
    } else {
      steps[Int(last)].sibling = own
    }
    return own
  }

  private func keep(_ step: Step, as own: Int32, at place: UnsafePointer<UInt8>) {
    let length = Int(step.length)
    var step = step
    (step.firstMask, step.secondMask) = (ByteWords.low(.max, length), ByteWords.low(.max, max(length - 8, 0)))
    (step.first, step.second) = (ByteWords.load(place), ByteWords.load(place + 8))
    if length > 16 {
      for word in 0..<(length - 9) / 8 {
        rests[Int(own) * (Self.mostWords - 2) + word] = ByteWords.load(place + 16 + word * 8)
      }
    }
    steps[Int(own)] = step
  }

  private mutating func gatherKeys(upTo last: Int32) {
    lineKeys.removeAll(keepingCapacity: true)
    var step = last
    while step > Self.passing {
      let known = steps[Int(step)]
      for key in 0..<Int(known.keyCount) { lineKeys.append(keyHashes[Int(known.keys) + key]) }
      step = known.parent
    }
  }

  /// From behind a value to the first byte of the next one, or behind the line.
  private mutating func read(
    from start: UnsafePointer<UInt8>, behind last: Step, isFirst: Bool, into step: inout Step,
    texts: inout TextReader
  ) -> UnsafePointer<UInt8>? {
    var place = JSONScan.skipBlanks(start)
    if isFirst {
      guard place.pointee == UInt8(ascii: "{") else { return nil }
      step.objects = RowObject.row.rawValue
      place = JSONScan.skipBlanks(place + 1)
    } else {
      if last.endsAtQuote { place = JSONScan.skipBlanks(place + 1) }
      guard let next = afterValue(place) else { return nil }
      place = next
    }
    while true {
      // Here stands a key, or the end of the object.
      if place.pointee == UInt8(ascii: "}") {
        place = JSONScan.skipBlanks(place + 1)
        step.objects &>>= 4
        if step.objects == 0 {
          guard place.pointee == JSONScan.lineFeed, isRow(step) else { return nil }
          step.action = .end
          return place + 1
        }
        guard let next = afterValue(place) else { return nil }
        place = next
        continue
      }
      guard place.pointee == JSONScan.quote,
        let (field, value) = key(place + 1, in: step.objects & 15, texts: &texts)
      else { return nil }
      place = value
      if field.isObject, place.pointee == UInt8(ascii: "{") {
        // Two objects of labels are joined by their format, not here.
        guard step.seen & field.bit == 0 else { return nil }
        step.seen |= field.bit
        step.objects = step.objects &<< 4 | object(field).rawValue
        place = JSONScan.skipBlanks(place + 1)
        continue
      }
      if field.isObject {
        // An object that is not there is part of the form, so that the bytes before it are no form of one that is.
        guard JSONScan.isNull(place), let next = afterValue(JSONScan.skipBlanks(place + 4)) else {
          return nil
        }
        place = next
        continue
      }
      guard let action = action(field, place) else { return nil }
      step.field = field
      step.action = action
      if field != .other {
        // Of two keys for one field the format says which counts.
        guard step.seen & field.bit == 0 else { return nil }
        step.seen |= field.bit
      }
      return step.endsAtQuote ? place + 1 : place
    }
  }

  /// Whether a line that ends is a row: a response without usage is none.
  private func isRow(_ step: Step) -> Bool {
    keys.form == .rows || step.seen & RowField.usage.bit != 0
  }

  /// A comma and the key behind it, or the end of the object.
  private func afterValue(_ place: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    if place.pointee == UInt8(ascii: "}") { return place }
    guard place.pointee == UInt8(ascii: ",") else { return nil }
    let key = JSONScan.skipBlanks(place + 1)
    return key.pointee == JSONScan.quote ? key : nil
  }

  private func object(_ field: RowField) -> RowObject {
    switch field {
    case .usage: .usage
    case .promptDetails: .promptDetails
    case .answerDetails: .answerDetails
    default: .labels
    }
  }

  /// What to do with a value; nil where only the reader of the format can tell.
  private func action(_ field: RowField, _ place: UnsafePointer<UInt8>) -> Action? {
    let first = place.pointee
    let isText = first == JSONScan.quote
    let isNumber = first == UInt8(ascii: "-") || (first >= 0x30 && first <= 0x39)
    if field == .odd { return nil }
    switch field {
    case .other: return isText ? .skipText : .skipOther
    case .time: return isText ? .time : .otherForm
    case .mode: return isText ? .mode : isNumber ? nil : .otherForm
    case .charged: return isText ? .textForm : .money
    default:
      if field.isCount { return isText ? .textForm : .count }
      return isText ? .text : .otherForm
    }
  }

  /// A key, from behind its opening quote, and the first byte of its value; nil for a key that stood in the object before.
  private mutating func key(
    _ start: UnsafePointer<UInt8>, in object: UInt32, texts: inout TextReader
  ) -> (RowField, UnsafePointer<UInt8>)? {
    var span = TextSpan(start: start, count: 0)
    let mark = texts.used
    guard let close = texts.read(start, into: &span), span.count <= Self.longestKey,
      lineKeys.count < Self.mostKeys
    else { return nil }
    let colon = JSONScan.skipBlanks(close + 1)
    guard colon.pointee == UInt8(ascii: ":") else { return nil }
    let hash = ByteWords.hash(span.start, count: span.count, seed: UInt64(object))
    guard !lineKeys.contains(hash) else { return nil }
    lineKeys.append(hash)
    let field = keys.field(span.string, in: RowObject(rawValue: object) ?? .none)
    texts.forget(from: mark)
    return (field, JSONScan.skipBlanks(colon + 1))
  }
}

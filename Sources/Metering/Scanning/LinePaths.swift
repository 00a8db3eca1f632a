/// The bytes that stand between the values of a log's lines, as a tree that grows while it is read.
///
/// A step is a stretch of known bytes and the value behind it. A path from the root to an end is the form of a line.
struct LinePaths: ~Copyable {
  enum Action: UInt8 {
    /// A number that a count field takes.
    case count
    /// A text behind its opening quote.
    case text
    case time
    case mode
    /// A number of dollars.
    case money
    case skipText
    case skipNumber
    /// A count or an amount in quotes.
    case textForm
    /// null, true, false, a list, an object, or a number where a text is usual.
    case otherForm
    /// A count that another key gave before: it must be the same.
    case again
    /// The end of the line.
    case end
    /// The same, where the input leaves out what a cache read or wrote.
    case endCacheExcluded
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
    /// Fields of the line up to here.
    var seen: UInt32 = 0
    /// Keys of the line up to here, by `RowKey.bit`.
    var keys: UInt64 = 0
    /// The objects that the value stands in, four bits each, the innermost lowest.
    var objects: UInt32 = 0
    var action = Action.end
    var field = RowField.other

    /// Whether the line's input leaves out what a cache read or wrote.
    var isCacheExcluded: Bool {
      keys & RowKeys.cacheExcluded != 0 && keys & RowKeys.wholePrompt == 0
    }

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

  private let keys: RowKeys
  private let steps: UnsafeMutablePointer<Step>
  /// The bytes from the seventeenth on, six words a step.
  private let rests: UnsafeMutablePointer<UInt64>
  private var used: Int32 = 2
  /// The step before the one that is looked for.
  private var before = LinePaths.root
  private(set) var fault = ScanFault(.syntax)

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
        known.pointee.length <= 16 || restMatches(candidate, place)
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

  /// Reads the grammar from behind the last value to the next one and keeps what it found.
  mutating func learn(at place: UnsafePointer<UInt8>, texts: inout TextReader) -> Int32 {
    let parent = before
    var step = Step()
    step.seen = steps[Int(parent)].seen
    step.keys = steps[Int(parent)].keys
    step.objects = steps[Int(parent)].objects
    guard let end = read(from: place, parent: parent, into: &step, texts: &texts) else { return Self.none }
    step.length = Int32(truncatingIfNeeded: end - place)
    var siblings = 0
    var last = Self.none
    var candidate = steps[Int(parent)].child
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
    let own = used
    used += 1
    let length = Int(step.length)
    (step.firstMask, step.secondMask) = (ByteWords.low(.max, length), ByteWords.low(.max, max(length - 8, 0)))
    (step.first, step.second) = (ByteWords.load(place), ByteWords.load(place + 8))
    if length > 16 {
      for word in 0..<(length - 9) / 8 {
        rests[Int(own) * (Self.mostWords - 2) + word] = ByteWords.load(place + 16 + word * 8)
      }
    }
    steps[Int(own)] = step
    if last == Self.none {
      steps[Int(parent)].child = own
    } else {
      steps[Int(last)].sibling = own
    }
    return own
  }

  private mutating func fail(_ kind: ScanFault.Kind, _ field: RowField = .other) -> UnsafePointer<UInt8>? {
    fault = ScanFault(kind, field)
    return nil
  }

  private mutating func broken(_ place: UnsafePointer<UInt8>) -> UnsafePointer<UInt8>? {
    if place.pointee == JSONScan.lineFeed { return fail(.cut) }
    // Bytes outside ASCII stand in texts alone, and there they were checked.
    return fail(place.pointee >= 0x80 && JSONScan.characterEnd(place) == nil ? .encoding : .syntax)
  }

  private mutating func read(
    from start: UnsafePointer<UInt8>, parent: Int32, into step: inout Step, texts: inout TextReader
  ) -> UnsafePointer<UInt8>? {
    var place = JSONScan.skipBlanks(start)
    if parent == Self.root {
      guard place.pointee == UInt8(ascii: "{") else {
        let isValue =
          place.pointee == UInt8(ascii: "[") || place.pointee == JSONScan.quote
          || JSONScan.numberEnd(place) != nil || JSONScan.wordEnd(place) != nil
        return isValue ? fail(.notAnObject) : broken(place)
      }
      step.objects = RowObject.row.rawValue
      place = JSONScan.skipBlanks(place + 1)
    } else {
      if steps[Int(parent)].endsAtQuote { place = JSONScan.skipBlanks(place + 1) }
      if place.pointee == UInt8(ascii: ",") {
        place = JSONScan.skipBlanks(place + 1)
        guard place.pointee == JSONScan.quote else { return broken(place) }
      } else if place.pointee != UInt8(ascii: "}") {
        return broken(place)
      }
    }
    while true {
      // Here stands a key, or the end of the object.
      if place.pointee == UInt8(ascii: "}") {
        place = JSONScan.skipBlanks(place + 1)
        step.objects &>>= 4
        if step.objects == 0 {
          guard place.pointee == JSONScan.lineFeed else { return fail(.notAnObject) }
          step.action = step.isCacheExcluded ? .endCacheExcluded : .end
          return place + 1
        }
        if place.pointee == UInt8(ascii: ",") {
          place = JSONScan.skipBlanks(place + 1)
          guard place.pointee == JSONScan.quote else { return broken(place) }
        } else if place.pointee != UInt8(ascii: "}") {
          return broken(place)
        }
        continue
      }
      guard place.pointee == JSONScan.quote else { return broken(place) }
      guard let (key, value) = key(place + 1, in: step.objects & 15, texts: &texts) else { return nil }
      place = value
      guard step.keys & key.bit == 0 else { return fail(.twice, key.field) }
      step.keys |= key.bit
      if key.field.isObject, place.pointee == UInt8(ascii: "{") {
        step.objects = step.objects &<< 4 | object(key.field).rawValue
        place = JSONScan.skipBlanks(place + 1)
        continue
      }
      // Of two keys for one text or time the first speaks; two counts must be the same.
      let isKnown = key.field != .other && step.seen & key.field.bit != 0
      step.field = key.field.isObject || (isKnown && !key.field.isCount) ? .other : key.field
      step.action = action(step.field, place.pointee)
      if isKnown {
        if step.action == .count {
          step.action = .again
        } else {
          step.field = .other
          step.action = action(.other, place.pointee)
        }
      }
      if step.field != .other { step.seen |= step.field.bit }
      return step.endsAtQuote ? place + 1 : place
    }
  }

  private func object(_ field: RowField) -> RowObject {
    switch field {
    case .usage: .usage
    case .promptDetails: .promptDetails
    case .completionDetails: .completionDetails
    case .cacheCreation: .cacheCreation
    case .serverTools: .serverTools
    default: .labels
    }
  }

  private func action(_ field: RowField, _ first: UInt8) -> Action {
    let isText = first == JSONScan.quote
    let isNumber = first == UInt8(ascii: "-") || (first >= 0x30 && first <= 0x39)
    guard isText || isNumber else { return .otherForm }
    switch field {
    case .other: return isText ? .skipText : .skipNumber
    case .time: return isText ? .time : .otherForm
    case .mode: return isText ? .mode : .otherForm
    case .charged: return isText ? .textForm : .money
    default:
      if field.isCount { return isText ? .textForm : .count }
      return isText ? .text : .otherForm
    }
  }

  /// A key, from behind its opening quote, and the first byte of its value.
  private mutating func key(
    _ start: UnsafePointer<UInt8>, in object: UInt32, texts: inout TextReader
  ) -> (RowKey, UnsafePointer<UInt8>)? {
    var span = TextSpan(start: start, count: 0)
    let mark = texts.used
    guard let close = texts.read(start, into: &span) else {
      fault = texts.fault
      return nil
    }
    let colon = JSONScan.skipBlanks(close + 1)
    guard colon.pointee == UInt8(ascii: ":") else {
      _ = broken(colon)
      return nil
    }
    let key = span.count > 100 ? RowKeys.other : keys.key(span.string, in: RowObject(rawValue: object) ?? .none)
    texts.forget(from: mark)
    return (key, JSONScan.skipBlanks(colon + 1))
  }

  /// The place of a text field among the texts of a row.
  @inline(__always)
  func textPlace(_ field: RowField) -> UInt8 {
    // Provider and model are the eleventh and twelfth field, key, id and labels the fifteenth and on.
    field.rawValue < RowField.key.rawValue
      ? field.rawValue &- RowField.provider.rawValue : field.rawValue &- RowField.key.rawValue &+ 2
  }
}

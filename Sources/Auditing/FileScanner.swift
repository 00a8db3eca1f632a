import Cataloguing
import Facts

/// Finds the model ids in files, one file after another; a scan on two threads has two.
///
/// An id counts by what it is and where it stands. One that is listed by a provider and cannot be a word counts anywhere, written
/// as it is sent. A word (`command`, `o1`) counts where a model's id belongs: as the value of a key such as `model`, or in quotes beside
/// other ids. An id that nobody lists counts only there too, as unknown.
public struct FileScanner {
  private let tokens: TokenScanner
  private var reader: TokenReader

  public init(_ index: IDIndex, in catalogue: Catalogue, asOf: CalendarDate) {
    tokens = TokenScanner(index)
    reader = TokenReader(catalogue, asOf: asOf)
  }

  /// The most bytes of a file that are looked at for a zero byte, as git and grep do.
  private static let binaryProbe = 8000

  /// The ids of a file, in order; none for a binary file.
  public mutating func scan(_ bytes: UnsafeRawBufferPointer) -> [Mention] {
    guard !bytes.prefix(Self.binaryProbe).contains(0) else { return [] }
    var found: [Found] = []
    tokens.scan(bytes) { token in
      let text = String(decoding: bytes[token.range], as: UTF8.self)
      var reading = reader.read(text)
      // `azure('model-router')`: what nobody knows by itself may be an id of the one who is called.
      guard reading != nil || MentionContext.isFirstArgument(bytes, token.range) else { return }
      let context = MentionContext(bytes, token.range)
      let host = context.isQuoted || context.isPlainValue ? reader.host(calledBy: context.function) : nil
      if let host, let own = reader.read(text, at: host), own.isKnown, own.names(host) || !text.contains("/")
      {
        reading = own
      }
      guard let reading else { return }
      let verdict = Self.verdict(
        reading, context, bytes, token.range, isCalled: host != nil && reading.isKnown)
      guard verdict != .no else { return }
      found.append(
        Found(
          token: token, reading: reading, isQuoted: context.isQuoted, isProse: context.isProse,
          verdict: verdict))
    }
    guard !found.isEmpty else { return [] }
    return mentions(Self.settled(found), in: bytes)
  }

  private struct Found {
    let token: Token
    let reading: TokenReading
    let isQuoted: Bool
    let isProse: Bool
    var verdict: Verdict
  }

  private enum Verdict { case yes, ifBeside, no }

  /// How far apart, in bytes, two quoted texts of one list may begin.
  private static let nearby = 120

  /// Takes what stands in quotes beside a sure id of the same list.
  private static func settled(_ found: [Found]) -> [Found] {
    var found = found
    for order in [Array(found.indices), found.indices.reversed()] {
      var last: Int?
      for index in order {
        let start = found[index].token.range.lowerBound
        if found[index].verdict == .ifBeside, let near = last, abs(start - near) <= nearby {
          found[index].verdict = .yes
        }
        if found[index].verdict == .yes, found[index].isQuoted { last = start }
      }
    }
    return found.filter { $0.verdict == .yes }
  }

  private static func verdict(
    _ reading: TokenReading, _ context: MentionContext, _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>,
    isCalled: Bool
  ) -> Verdict {
    // A place in a page, a variable, an escape of an address: `pricing#gemini-2.5-pro`.
    if range.lowerBound > 0, "#$%&".utf8.contains(bytes[range.lowerBound - 1]) { return .no }
    if context.isPattern, !reading.hasMethod { return .no }
    if isCalled, context.isQuoted, context.isFirstArgument { return .yes }
    let isValue = context.isQuoted || context.isPlainValue
    let isTyped = ["literal", "union", "optional", "list", "set", "frozenset"].contains(context.key)
    let isPlainName = !context.isQuoted && !reading.hasPrefix && reading.id.contains("_")
    let belongs =
      isValue && !reading.isDerived && !isPlainName
      && (context.namesModel || isTyped && reading.strength != .bare && lineNamesModels())
    func lineNamesModels() -> Bool {
      MentionContext.text(bytes, MentionContext.line(bytes, range)).lowercased().contains("model")
    }
    if reading.isCapital {
      guard isValue, !context.namesForPeople else { return .no }
      if belongs { return .yes }
      guard context.isQuoted, reading.hasNumber, !context.isBackticked, reading.strength != .hint else {
        return .no
      }
      return reading.hasSize ? .yes : .ifBeside
    }
    switch reading.strength {
    case .clear: return .yes
    case .wordy:
      if belongs { return .yes }
      guard context.isQuoted else { return .no }
      if reading.hasNumber { return lineNamesModels() ? .yes : .ifBeside }
      if reading.hasFamily, !IDGrammar.isProduct(reading.id) { return .yes }
      return context.isKey ? .no : .ifBeside
    case .bare:
      if belongs { return .yes }
      if context.isBackticked { return reading.hasNumber || lineNamesModels() ? .yes : .ifBeside }
      return context.isQuoted && !(context.isKey && !reading.hasNumber) ? .ifBeside : .no
    case .spelling:
      if belongs { return .yes }
      return !reading.isDerived && (context.isQuoted || reading.hasPrefix || reading.hasVendor) ? .yes : .no
    case .shape:
      if belongs { return .yes }
      if reading.hasVendor, !reading.isDerived { return .yes }
      // A path of a known provider, as a whole value: `name: gemini/gemini-1.5-flash-002`.
      if reading.hasPrefix, isValue, !reading.isDerived { return .yes }
      return !reading.isDerived && context.isQuoted && !context.isBackticked && !context.namesForPeople
        ? .yes : .no
    case .hint:
      if belongs { return .yes }
      return !reading.isDerived && context.isQuoted && !context.isBackticked && !context.namesForPeople
        ? .ifBeside : .no
    }
  }

  private func mentions(_ found: [Found], in bytes: UnsafeRawBufferPointer) -> [Mention] {
    var mentions: [Mention] = []
    var (line, lineStart, place) = (1, 0, 0)
    for one in found {
      let offset = one.token.range.lowerBound + one.reading.shift
      while place < offset {
        if bytes[place] == 0x0A { (line, lineStart) = (line + 1, place + 1) }
        place += 1
      }
      // Bytes that go on with a code point are none of their own.
      let codePoints = bytes[lineStart..<offset].count { $0 & 0xC0 != 0x80 }
      mentions.append(
        Mention(
          id: one.reading.id, offset: offset, line: line, column: codePoints + 1,
          meaning: one.reading.meaning, isProse: one.isProse))
    }
    return mentions
  }
}

/// Cuts bytes that come in pieces into lines of bounded length, with their numbers from 1.
struct LineSplitter {
  enum Line {
    /// Without its end; a byte order mark at its start, as joined files have it, is taken off.
    case text([UInt8])
    /// Longer than is believed; its bytes are gone.
    case tooLong
  }

  let longest: Int
  private var rest: [UInt8] = []
  private var number = 0
  private var isSkipping = false

  init(longest: Int) { self.longest = longest }

  /// - Parameter take: called with each whole line and its number.
  mutating func feed(_ bytes: [UInt8], take: (Line, Int) -> Void) {
    var start = bytes.startIndex
    while let end = bytes[start...].firstIndex(of: 0x0A) {
      emit(bytes[start..<end], take)
      start = end + 1
    }
    guard !isSkipping else { return }
    rest.append(contentsOf: bytes[start...])
    if rest.count > longest {
      isSkipping = true
      rest = []
    }
  }

  /// Gives the last line when no line end follows it.
  mutating func finish(take: (Line, Int) -> Void) {
    if isSkipping || !rest.isEmpty { emit([], take) }
  }

  private mutating func emit(_ tail: ArraySlice<UInt8>, _ take: (Line, Int) -> Void) {
    number += 1
    guard !isSkipping, rest.count + tail.count <= longest else {
      (isSkipping, rest) = (false, [])
      return take(.tooLong, number)
    }
    var line = rest.isEmpty ? Array(tail) : rest + tail
    rest = []
    if line.last == 0x0D { line.removeLast() }
    if line.starts(with: ScanLimits.byteOrderMark) { line.removeFirst(3) }
    take(.text(line), number)
  }
}

import Cataloguing
import Facts

/// A piece of a file that may be a model's id: found by its hash, or by a family word and a number.
struct Token: Sendable {
  /// Without the punctuation around it.
  let range: Range<Int>
  let marks: UInt8
}

/// Walks the tokens of a file and keeps the few that may be ids.
struct TokenScanner {
  private let index: IDIndex

  init(_ index: IDIndex) { self.index = index }

  /// Calls `visit` with each token that may be an id, in order.
  func scan(_ bytes: UnsafeRawBufferPointer, _ visit: (Token) -> Void) {
    TokenBytes.marks.withUnsafeBufferPointer { table in
      var place = 0
      let count = bytes.count
      while place < count {
        while place < count, table[Int(bytes[place])] == 0 { place += 1 }
        let start = place
        var marks: UInt8 = 0
        while place < count {
          let mark = table[Int(bytes[place])]
          if mark == 0 { break }
          marks |= mark
          place += 1
        }
        // Words of prose and code: neither a number nor a separator, and not a whole text in quotes.
        if marks & (TokenBytes.digit | TokenBytes.separator) == 0 {
          guard place - start >= 3, marks & TokenBytes.underscore == 0, isQuoted(bytes, start, place) else {
            continue
          }
        }
        guard place - start >= 2, place - start <= 160, marks & TokenBytes.letter != 0,
          let token = trimmed(bytes, start, place, marks), mayBeID(bytes, token)
        else { continue }
        visit(token)
      }
    }
  }

  private func isQuoted(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Bool {
    guard start > 0 else { return false }
    let before = bytes[start - 1]
    guard end < bytes.count else { return before == UInt8(ascii: " ") }
    if MentionContext.isQuote(before) { return MentionContext.isQuote(bytes[end]) }
    // `model: sonar`, `--model sonar`, `MODEL=sonar`.
    return before == UInt8(ascii: " ") && start > 1 && bytes[start - 2] == UInt8(ascii: ":")
      || before == UInt8(ascii: "=")
  }

  private func trimmed(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int, _ marks: UInt8) -> Token? {
    var (start, end) = (start, end)
    // `\n` and `\t` inside a quoted text are no letters.
    if start > 0, bytes[start - 1] == UInt8(ascii: "\\"), end - start > 1,
      [UInt8(ascii: "n"), UInt8(ascii: "t"), UInt8(ascii: "r")].contains(bytes[start])
    {
      start += 1
    }
    while start < end, TokenBytes.marks[Int(bytes[start])] & (TokenBytes.letter | TokenBytes.digit) == 0,
      bytes[start] < 0x80, bytes[start] != UInt8(ascii: "@")
    {
      start += 1
    }
    while start < end, isPunctuation(bytes[end - 1]) { end -= 1 }
    return end - start >= 2 ? Token(range: start..<end, marks: marks) : nil
  }

  private func isPunctuation(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "/")
  }

  /// Whether the token, or what stands between two of its separators, is a known id, or a family's word before a number.
  private func mayBeID(_ bytes: UnsafeRawBufferPointer, _ token: Token) -> Bool {
    let range = token.range
    let hasNumber = token.marks & TokenBytes.digit != 0
    var start = range.lowerBound
    while true {
      var hash = FNV1a()
      var isWord = true
      for place in start..<range.upperBound {
        let byte = TokenBytes.lowered(bytes[place])
        if byte < UInt8(ascii: "a") || byte > UInt8(ascii: "z") {
          if isWord, hasNumber || endsAsLatest(bytes, range), index.mayHold(family: hash.value) {
            return true
          }
          isWord = false
          // Also a longer name that begins with a known id: `text-embedding-3-large-256`, `o3:responses`.
          if byte == UInt8(ascii: ":") || byte == UInt8(ascii: "@") || byte == UInt8(ascii: "-") && hasNumber,
            place - start > 1, index.mayHold(id: hash.value)
          {
            return true
          }
        }
        hash.add(byte)
      }
      if index.mayHold(id: hash.value) { return true }
      guard let next = nextPart(bytes, start, range.upperBound) else { return false }
      start = next
    }
  }

  private func endsAsLatest(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
    range.count > 7 && bytes[range.upperBound - 7] == UInt8(ascii: "-")
      && bytes[range.upperBound - 1] == UInt8(ascii: "t")
      && bytes[range.upperBound - 6] == UInt8(ascii: "l")
  }

  /// Behind the next separator that can end a prefix.
  private func nextPart(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Int? {
    var place = start
    while place < end {
      let byte = bytes[place]
      place += 1
      if byte == UInt8(ascii: "/") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
        || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: "@"), place < end
      {
        return place
      }
    }
    return nil
  }
}

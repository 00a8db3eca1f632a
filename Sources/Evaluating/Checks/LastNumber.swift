import Facts

/// Finds the last number of a text as people write it: `1,234.50`, `-3`, `6.02e23`, the 42 of `It is 42.`
struct LastNumber {
  private let bytes: [UInt8]
  private var place = 0

  private init(_ text: String) { bytes = Array(text.utf8) }

  /// nil without a number; numbers with more than 36 digits are passed over.
  static func of(_ text: String) -> ExactDecimal? {
    var scan = LastNumber(text)
    var last: ExactDecimal?
    while scan.place < scan.bytes.count {
      if scan.isDigit(scan.place) {
        last = scan.number() ?? last
      } else {
        scan.place += 1
      }
    }
    return last
  }

  /// Reads the number whose first digit stands here, and goes behind it.
  private mutating func number() -> ExactDecimal? {
    var text = sign()
    if place > 0, bytes[place - 1] == UInt8(ascii: "."), !isDigit(place - 2) { text += "0." }
    let start = place
    let isFraction = text.hasSuffix(".")
    while isDigit(place) { take(&text) }
    // Commas stand between threes of a number that begins with one to three digits.
    if !isFraction, place - start <= 3 {
      while at(place, ","), (1...3).allSatisfy({ isDigit(place + $0) }), !isDigit(place + 4) {
        place += 1
        for _ in 0..<3 { take(&text) }
      }
    }
    if !isFraction, at(place, "."), isDigit(place + 1) {
      take(&text)
      while isDigit(place) { take(&text) }
    }
    let digits = text
    let behind = place
    if at(place, "e") || at(place, "E") {
      take(&text)
      if at(place, "-") { take(&text) } else if at(place, "+") { place += 1 }
      if isDigit(place) {
        while isDigit(place) { take(&text) }
        if let number = try? ExactDecimal(parsing: text) { return number }
      }
      place = behind
    }
    return try? ExactDecimal(parsing: digits)
  }

  /// A minus before the number, unless it joins words: `gpt-5`.
  private func sign() -> String {
    var before = place - 1
    if at(before, "."), !isDigit(before - 1) { before -= 1 }
    // The minus sign proper, U+2212, has three bytes.
    if before >= 2, bytes[before - 2] == 0xE2, bytes[before - 1] == 0x88, bytes[before] == 0x92 { return "-" }
    if at(before, "$") { before -= 1 }
    return at(before, "-") && !isWord(before - 1) ? "-" : ""
  }

  private mutating func take(_ text: inout String) {
    text.unicodeScalars.append(Unicode.Scalar(bytes[place]))
    place += 1
  }

  private func at(_ place: Int, _ character: Unicode.Scalar) -> Bool {
    bytes.indices.contains(place) && bytes[place] == UInt8(ascii: character)
  }
  private func isDigit(_ place: Int) -> Bool {
    bytes.indices.contains(place) && (48...57).contains(bytes[place])
  }
  private func isWord(_ place: Int) -> Bool {
    guard bytes.indices.contains(place) else { return false }
    let byte = bytes[place]
    return isDigit(place) || (65...90).contains(byte) || (97...122).contains(byte) || byte >= 0x80
  }
}

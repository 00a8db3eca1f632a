extension StringProtocol {
  /// The text without white space around it: scalars with Unicode's property White_Space, line ends among them.
  public var trimmed: String {
    let scalars = unicodeScalars
    guard let first = scalars.first, let last = scalars.last else { return "" }
    // Most texts have none.
    guard first.properties.isWhitespace || last.properties.isWhitespace else { return String(self) }
    guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let end = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(self[start..<scalars.index(after: end)])
  }
}

extension BinaryInteger {
  /// At least two digits: `07`, `12`, as hours and days of a month are written.
  public var twoDigits: String { (0..<10).contains(self) ? "0\(self)" : "\(self)" }
}

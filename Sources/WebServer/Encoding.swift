import CCompression

/// How an answer's bytes are packed: https://www.rfc-editor.org/rfc/rfc9110#name-content-codings
enum Encoding: UInt8, CaseIterable {
  case identity
  case gzip
  case brotli

  var name: String {
    switch self {
    case .identity: "identity"
    case .gzip: "gzip"
    case .brotli: "br"
    }
  }

  /// The best that an Accept-Encoding header takes.
  static func accepted(by header: String?) -> Encoding {
    guard let header else { return .identity }
    var best = Encoding.identity
    for part in header.utf8.prefix(1024).split(separator: UInt8(ascii: ",")) {
      let sides = part.split(separator: UInt8(ascii: ";"), maxSplits: 1)
      guard let name = sides.first.map({ trimmed($0) }) else { continue }
      if sides.count > 1, isRefused(trimmed(sides[1])) { continue }
      if isNamed(name, "br") { return .brotli }
      if isNamed(name, "gzip") || isNamed(name, "x-gzip") { best = .gzip }
    }
    return best
  }

  /// Codings are named in any case: https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1
  private static func isNamed(_ name: Substring.UTF8View, _ coding: String) -> Bool {
    name.count == coding.utf8.count && zip(name, coding.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
  }

  private static func trimmed(_ text: Substring.UTF8View) -> Substring.UTF8View {
    var text = text
    while text.first == UInt8(ascii: " ") { text.removeFirst() }
    while text.last == UInt8(ascii: " ") { text.removeLast() }
    return text
  }

  /// `q=0`, `q=0.0`, …
  private static func isRefused(_ weight: Substring.UTF8View) -> Bool {
    guard isNamed(weight.prefix(3), "q=0") else { return false }
    return weight.dropFirst(3).allSatisfy { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "0") }
  }

  /// The bytes packed; nil when that cannot be done or is not worth it.
  func packed(_ bytes: [UInt8]) -> [UInt8]? {
    guard self != .identity, bytes.count >= 512 else { return nil }
    let capacity = llmref_compressed_bound(bytes.count)
    let packed = [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
      let size = bytes.withUnsafeBufferPointer { input in
        self == .gzip
          ? llmref_gzip(input.baseAddress, input.count, 6, output.baseAddress, capacity)
          : llmref_brotli(input.baseAddress, input.count, 5, output.baseAddress, capacity)
      }
      count = size
    }
    return packed.isEmpty || packed.count >= bytes.count ? nil : packed
  }
}

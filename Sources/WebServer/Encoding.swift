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
      if name.elementsEqual("br".utf8) { return .brotli }
      if name.elementsEqual("gzip".utf8) { best = .gzip }
    }
    return best
  }

  private static func trimmed(_ text: Substring.UTF8View) -> Substring.UTF8View {
    var text = text
    while text.first == UInt8(ascii: " ") { text.removeFirst() }
    while text.last == UInt8(ascii: " ") { text.removeLast() }
    return text
  }

  /// `q=0`, `q=0.0`, …
  private static func isRefused(_ weight: Substring.UTF8View) -> Bool {
    guard weight.starts(with: "q=0".utf8) else { return false }
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

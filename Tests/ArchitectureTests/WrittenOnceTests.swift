import Foundation
import Testing

/// What one file does for the whole house: a literal that gives a second copy away, and where the one stands.
private let onceWritten: [(literal: String, file: String)] = [
  ("0x100_0000_01b3", "Facts/FNV1a.swift"),
  ("0xbf58_476d_1ce4_e5b9", "Statistics/RandomNumbers.swift"),
  ("0x428a_2f98", "TextFormats/Bytes/SHA256.swift"),
  ("abcdefghijklmnopqrstuvwxyz0123456789+/", "TextFormats/Bytes/Base64.swift"),
  ("properties.iswhitespace }", "Facts/Texts.swift"),
]

@Suite struct WrittenOnce {
  private func sources() throws -> [(path: String, text: String)] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources")
    return try FileManager.default.subpathsOfDirectory(atPath: root.path).filter { $0.hasSuffix(".swift") }
      .map {
        ($0, try String(contentsOf: root.appending(path: $0), encoding: .utf8).lowercased())
      }
  }

  @Test func noFileHoldsACopyOfWhatAnotherOneDoes() throws {
    let files = try sources()
    for (literal, file) in onceWritten {
      #expect(files.filter { $0.text.contains(literal) }.map(\.path) == [file], "\(literal)")
    }
  }

  /// Lines without a bound, digits of its own, and a cipher's library.
  @Test(arguments: ["= readline()", "0123456789abcdef", "import crypto\n", "0 ? \"0\" :", "16 ? \"0\" :"])
  func noFileHasAWayOfItsOwn(literal: String) throws {
    #expect(try sources().filter { $0.text.contains(literal) }.map(\.path) == [])
  }
}

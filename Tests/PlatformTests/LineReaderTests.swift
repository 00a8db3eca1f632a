import Foundation
import Testing

@testable import Platform

@Suite struct LinesOfFiles {
  /// Longer than a chunk of a megabyte: a line over its edge is whole, and one that is too long is said so with its number.
  @Test func areReadWholeOverTheEdgesOfChunks() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "lines-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let long = String(repeating: "x", count: 700_000)
    try Data("a\r\n\(long)\n\(long)\n\(long)y\n\nlast".utf8).write(to: URL(filePath: path))
    var lines = try LineReader(path, longest: 700_000)
    var read: [String] = []
    while let line = try lines.next() {
      switch line {
      case .bytes(let bytes): read.append("\(lines.number): \(bytes.count)")
      case .tooLong: read.append("\(lines.number): too long")
      }
    }
    #expect(read == ["1: 1", "2: 700000", "3: 700000", "4: too long", "5: 0", "6: 4"])
  }

  @Test func areNotReadFromAFolder() {
    #expect(throws: FileProblem.self) { _ = try LineReader("/tmp", longest: 10) }
    #expect(throws: FileProblem.self) { _ = try LineReader("/tmp/no/such/file", longest: 10) }
  }
}

import CCompression
import Foundation
import Platform
import Testing
import TextFormats

@Suite struct LogStreams {
  private let folder = NSTemporaryDirectory() + "streams-\(UUID().uuidString)"

  private func write(_ bytes: [UInt8]) throws -> String {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = folder + "/log"
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }

  private func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: llmref_compressed_bound(bytes.count))
    let count = llmref_gzip(bytes, bytes.count, 6, &output, output.count)
    return Array(output[..<count])
  }

  /// All bytes, asked for in pieces of a size.
  private func read(_ stream: LogStream, piece: Int) throws -> [UInt8] {
    var all: [UInt8] = []
    var memory = [UInt8](repeating: 0, count: piece)
    while true {
      let count = try memory.withUnsafeMutableBytes { try stream.read(into: $0) }
      guard count > 0 else { return all }
      all += memory[..<count]
    }
  }

  private static let content: [UInt8] = Array(
    (0..<60_000).map { "\($0 * 7919 % 1_000_003)\n" }.joined().utf8)

  @Test(arguments: [3, 1000, 1 << 20])
  func plainAndCompressedLogsGiveTheSameBytes(piece: Int) throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let content = Self.content
    let members = gzip(Array(content[..<1000])) + gzip(Array(content[1000...]))
    for bytes in [content, gzip(content), members, members + [0, 0, 0]] {
      let stream = try LogStream(write(bytes), mostHashed: .max)
      #expect(try read(stream, piece: piece) == content)
      #expect(stream.fault == nil && stream.size == bytes.count)
      // The digest is of the bytes as they lie there.
      #expect(stream.digest == Digest.sha256(bytes))
    }
    #expect(try read(LogStream(write([]), mostHashed: .max), piece: piece).isEmpty)
  }

  @Test func aCutOrDamagedStreamGivesWhatCameBeforeAndSaysSo() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let packed = gzip(Self.content)
    var damaged = packed
    damaged[packed.count / 2] ^= 0xFF
    for bytes in [
      Array(packed[..<(packed.count / 2)]), Array(packed.dropLast(4)), damaged, packed + Array("rest".utf8),
    ] {
      let stream = try LogStream(write(bytes), mostHashed: .max)
      let read = try read(stream, piece: 4096)
      #expect(Self.content.starts(with: read) || bytes == damaged)
      #expect(stream.fault != nil && !read.isEmpty)
    }
  }

  @Test func longLogsAreNotDigestedUnlessAskedFor() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = try write(Self.content)
    for most in [10, Self.content.count - 1] {
      let stream = try LogStream(path, mostHashed: most)
      _ = try read(stream, piece: 4096)
      #expect(stream.digest == nil)
    }
  }

  @Test func aBombIsRefused() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let stream = try LogStream(write(gzip([UInt8](repeating: 0x20, count: 300 << 20))), mostHashed: 0)
    #expect(throws: FileProblem.self) { try read(stream, piece: 1 << 20) }
  }

  @Test func whatIsNoFileIsRefused() {
    #expect(throws: FileProblem.self) { try LogStream("/no/such/log", mostHashed: 0) }
    #expect(throws: FileProblem.self) { try LogStream("/", mostHashed: 0) }
  }
}

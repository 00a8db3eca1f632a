import CCompression
import Facts
import Foundation
import Metering
import Platform
import Testing

@Suite struct LogFiles {
  private let folder = NSTemporaryDirectory() + "logs-\(UUID().uuidString)"

  private func write(_ bytes: [UInt8], _ name: String = "log") throws -> String {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = folder + "/" + name
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }

  private func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: llmref_compressed_bound(bytes.count))
    let count = llmref_gzip(bytes, bytes.count, 6, &output, output.count)
    return Array(output[..<count])
  }

  private func read(_ path: String) throws -> (bytes: [UInt8], ending: LogFile.Ending) {
    var bytes: [UInt8] = []
    let ending = try LogFile(path).read { bytes += $0 }
    return (bytes, ending)
  }

  /// Numbers that repeat little, so that compressed and expanded bytes need many pieces.
  private static let content: [UInt8] = Array(
    (0..<300_000).map { "\($0 * 7919 % 1_000_003)\n" }.joined().utf8)

  @Test func plainAndCompressedFilesGiveTheSameBytes() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let content = Self.content
    let packed = gzip(content)
    let members = gzip(Array(content[..<1000])) + gzip(Array(content[1000...]))
    for bytes in [content, packed, members, packed + [0, 0, 0]] {
      let (read, ending) = try read(write(bytes))
      #expect(read == content)
      guard case .whole = ending else {
        Issue.record("\(bytes.count) bytes: \(ending)")
        continue
      }
    }
    #expect(try read(write([])).bytes.isEmpty)
  }

  @Test func aCutOrDamagedStreamGivesWhatCameBefore() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let content = Self.content
    let packed = gzip(content)
    var damaged = packed
    damaged[packed.count / 2] ^= 0xFF
    for bytes in [
      Array(packed[..<(packed.count / 2)]), Array(packed.dropLast(4)), damaged, packed + Array("rest".utf8),
    ] {
      let (read, ending) = try read(write(bytes))
      guard case .cut = ending else {
        Issue.record("\(bytes.count) bytes are whole")
        continue
      }
      #expect(read.count > content.count / 4 && content.starts(with: read.prefix(content.count / 4)))
    }
  }

  @Test func whatIsNoFileIsRefused() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    _ = try write([1])
    #expect(throws: FileProblem.self) { try LogFile(folder) }
    #expect(throws: FileProblem.self) { try LogFile(folder + "/missing") }
  }

  /// An import that is not finished leaves nothing; a finished one knows its rows.
  @Test func importsAreWholeOrNotThere() throws {
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = UsageStore(Settings(environment: ["LLMREF_HOME": folder]))
    let digest = String(repeating: "a", count: 64)
    let row = UsageRow(
      place: RowPlace(file: "log", line: 1), time: nil, provider: nil, model: "rocket-1", usage: .none,
      requestID: "r1")
    let seen = try store.filter()
    #expect(seen.insert(row))
    do {
      let work = try store.begin(digest)
      try work.add([row], keys: [])
    }
    #expect(try store.digests().isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: store.folder).isEmpty)
    let work = try store.begin(digest)
    try work.add([row], keys: seen.takeNew())
    try work.finish(description: Array("{}".utf8))
    #expect(try store.digests() == [digest] && store.holds(digest))
    #expect(try !store.filter().insert(row))
    #expect(try read(store.rowsPath(digest)).bytes == Array("{\"model\":\"rocket-1\",\"id\":\"r1\"}\n".utf8))
  }
}

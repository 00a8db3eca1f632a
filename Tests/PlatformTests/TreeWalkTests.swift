import Foundation
import Platform
import Testing

/// Reads files as text.
private struct Reader: TreeWalk.Visitor {
  let root: String

  mutating func visit(_ bytes: UnsafeRawBufferPointer, path: String) -> String? {
    String(path.dropFirst(root.count + 1))
  }
}

@Suite struct TreeWalks {
  private let root = NSTemporaryDirectory() + "walk-\(UUID().uuidString)"

  private func write(_ path: String, _ text: String = "x") throws {
    let file = URL(filePath: root + "/" + path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  private func paths(_ names: [String]? = nil, largest: Int = 1 << 20, respectsIgnores: Bool = true)
    async throws -> (
      found: [String], counts: TreeWalk.Counts
    )
  {
    let root = root
    let (results, counts) = try await TreeWalk(largest: largest, respectsIgnores: respectsIgnores).run(
      names ?? [root], threads: 2
    ) { Reader(root: root) }
    return (results.sorted(), counts)
  }

  /// Nested files add to those above and may take back what they left out; a folder that is left out is not entered, so that nothing
  /// below it comes back (https://git-scm.com/docs/gitignore).
  @Test func respectsNestedAndNegatedIgnoreFiles() async throws {
    defer { try? FileManager.default.removeItem(atPath: root) }
    try write(".gitignore", "*.log\n/build/\n!keep.log\n")
    for path in [
      "a.log", "keep.log", "a.py", "build/x.py", "sub/build/x.py", "sub/b.log", ".github/w.yml",
      ".git/config",
    ] {
      try write(path)
    }
    try write("sub/.gitignore", "!b.log\n*.py\n!build/\n")
    let (found, counts) = try await paths()
    #expect(found == [".github/w.yml", ".gitignore", "a.py", "keep.log", "sub/.gitignore", "sub/b.log"])
    // a.log, build, and sub/build/x.py; without rules 7 files and 2 lists, as .git is never read.
    #expect(counts.ignored == 3 && counts.files == 6)
    #expect(try await paths(respectsIgnores: false).found.count == 9)
  }

  @Test func theFilesOfTheFoldersAboveCountUpToTheRepository() async throws {
    defer { try? FileManager.default.removeItem(atPath: root) }
    try write(".git/info/exclude", "secret.py\n")
    try write(".gitignore", "/sub/skipped.py\n")
    for path in ["sub/skipped.py", "sub/secret.py", "sub/a.py"] { try write(path) }
    #expect(try await paths([root + "/sub"]).found == ["sub/a.py"])
    // A named file is read whatever a rule says.
    #expect(try await paths([root + "/sub/secret.py"]).found == ["sub/secret.py"])
  }

  @Test func leavesOutLongFilesAndFollowsNoLink() async throws {
    defer { try? FileManager.default.removeItem(atPath: root) }
    try write("short", "12345678")
    try write("long", String(repeating: "x", count: 70_000))
    try FileManager.default.createSymbolicLink(atPath: root + "/link", withDestinationPath: root)
    let (found, counts) = try await paths(largest: 65_536)
    #expect(found == ["short"] && counts.tooLong == [root + "/long"])
  }

  @Test func aPathThatIsNotThereIsAnError() async throws {
    await #expect(throws: FileProblem.self) { try await paths(["/no/such/folder"]) }
  }
}

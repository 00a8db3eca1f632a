import Foundation
import Testing

/// Modules that come with Swift or the system, so that a manifest names none of them.
private let systemModules: Set<String> = ["FoundationEssentials", "Synchronization", "Glibc", "Darwin"]
private let shells: Set<String> = [
  "Platform", "WebServer", "ExportStore", "EvaluationStore", "EvaluationRunner", "Fetching", "CLI", "llmref",
]

private struct SourceFile: CustomTestStringConvertible, Sendable {
  let target: String
  let path: String
  let text: String
  var testDescription: String { path }
}

private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

private func sourceFiles() throws -> [SourceFile] {
  let sources = root.appending(path: "Sources")
  let paths = try FileManager.default.subpathsOfDirectory(atPath: sources.path).filter {
    $0.hasSuffix(".swift")
  }.sorted()
  return try paths.map { path in
    SourceFile(
      target: String(path.prefix { $0 != "/" }), path: path,
      text: try String(contentsOf: sources.appending(path: path), encoding: .utf8))
  }
}

private func importedModules(_ text: String) -> Set<String> {
  var names: Set<String> = []
  for line in text.split(separator: "\n") {
    let words = line.split(separator: " ")
    guard let index = words.firstIndex(of: "import"), index + 1 < words.count,
      words[..<index].allSatisfy({ $0.hasPrefix("@") || $0 == "public" })
    else { continue }
    names.insert(String(words[index + 1]))
  }
  return names
}

/// Rows of the table of targets: name, what it does, imports of ours, imports from outside.
private func architectureTable() throws -> [String: Set<String>] {
  let text = try String(contentsOf: root.appending(path: "ARCHITECTURE.md"), encoding: .utf8)
  var table: [String: Set<String>] = [:]
  for line in text.split(separator: "\n") where line.hasPrefix("| `") {
    let columns = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    guard columns.count == 4, columns[0].wholeMatch(of: /`\w+`/) != nil else { continue }
    let names = columns[2...].flatMap { $0.split(separator: ",") }.map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    table[columns[0].replacing("`", with: "")] = Set(names.filter { $0 != "nothing" })
  }
  return table
}

/// What `Package.swift` declares for each target under Sources.
private func manifestDependencies() throws -> [String: Set<String>] {
  let text = try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
  let starts = text.matches(of: /\.(?:executableTarget|testTarget|target)\(\s*name: "(\w+)"/)
  var declared: [String: Set<String>] = [:]
  for (match, next) in zip(starts, starts.dropFirst().map(\.range.lowerBound) + [text.endIndex]) {
    declared[String(match.1)] = declaredModules(text[match.range.upperBound..<next])
  }
  return declared
}

private func declaredModules(_ text: some StringProtocol) -> Set<String> {
  let text = String(text)
  guard let start = text.firstRange(of: "dependencies: [")?.upperBound else { return [] }
  var depth = 1
  var end = start
  while end < text.endIndex, depth > 0 {
    if text[end] == "[" { depth += 1 }
    if text[end] == "]" { depth -= 1 }
    end = text.index(after: end)
  }
  let list = text[start..<end].replacing(/, package: "[^"]+"/, with: "")
  return Set(list.matches(of: /"(\w+)"/).map { String($0.1) })
}

@Suite struct Walls {
  @Test func importsManifestAndTableAreEqual() throws {
    let files = try sourceFiles()
    #expect(files.count > 80)
    var imports: [String: Set<String>] = [:]
    for file in files { imports[file.target, default: []].formUnion(importedModules(file.text)) }
    let table = try architectureTable()
    let manifest = try manifestDependencies()
    #expect(Set(table.keys) == Set(imports.keys))
    for (target, imported) in imports {
      #expect(table[target] == imported, "ARCHITECTURE.md's row of \(target), and what its files import")
      let declared = try #require(manifest[target], "\(target) stands in Package.swift")
      #expect(
        declared == imported.subtracting(systemModules),
        "Package.swift's \(target), and what its files import")
    }
  }

  /// The readers of the test themselves: a difference of one name is seen.
  @Test func readersSeeOneName() {
    #expect(
      importedModules("import Facts\n  public import Pricing\n@testable import JSON\n// import Glibc") == [
        "Facts", "Pricing", "JSON",
      ])
    #expect(
      declaredModules(#"dependencies: ["Facts", .product(name: "Yams", package: "Yams")], path: "Tests/X""#)
        == ["Facts", "Yams"])
  }

  /// No clock, no files, no environment, no binary floating point outside the shells.
  @Test(arguments: [
    "FileManager", "Date.now", "ProcessInfo", "Date()", "URLSession", "getenv", "fopen", "readLine", "print(",
  ])
  func pureTargetsDoNotName(_ banned: String) throws {
    // As a word of its own: `optionalDate()` is no clock.
    let word = try Regex("\\b\(NSRegularExpression.escapedPattern(for: banned))")
    for file in try sourceFiles() where !shells.contains(file.target) {
      let isNamed = file.text.firstMatch(of: word) != nil
      #expect(!isNamed, "\(file.path) names \(banned)")
    }
  }

  /// `Decimal(38, 18)` inside a text is an engine's type, not ours.
  @Test func moneyAndFactsKnowNoFloatingPoint() throws {
    let quoted = try Regex(#""[^"]*""#)
    let doubled = try Regex(#"\b(Double|Float|Decimal)\b(?!-)"#)
    for file in try sourceFiles()
    where ["Facts", "Cataloguing", "Pricing", "Metering", "Deciding"].contains(file.target) {
      for line in file.text.split(separator: "\n") where !line.drop(while: { $0 == " " }).hasPrefix("//") {
        let isNamed = line.replacing(quoted, with: "").firstMatch(of: doubled) != nil
        #expect(!isNamed, "\(file.path): \(line)")
      }
    }
  }

  @Test(arguments: ["try!", "fatalError(", "as!", ".unsafelyUnwrapped"])
  func nothingCrashesOnPurpose(_ banned: String) throws {
    for file in try sourceFiles() {
      let holds = file.text.contains(banned)
      #expect(!holds, "\(file.path) holds \(banned)")
    }
  }

  @Test func filesStayReadable() throws {
    for file in try sourceFiles() {
      #expect(
        file.text.split(separator: "\n", omittingEmptySubsequences: false).count <= 350,
        "\(file.path) is too long")
    }
  }
}

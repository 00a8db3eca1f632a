import Foundation
import Testing

/// The table of ARCHITECTURE.md: what each target may import. A change of the house changes this table, that document
/// and Package.swift in one commit.
private let walls: [String: Set<String>] = [
  "Facts": [],
  "JSON": ["Facts"],
  "Importing": ["Facts", "JSON", "Yams"],
  "Cataloguing": ["Facts", "CEmbeddedCatalogue", "Synchronization"],
  "Pricing": ["Facts", "Cataloguing"],
  "Metering": ["Facts", "JSON", "Cataloguing", "Pricing", "Synchronization"],
  "Statistics": ["Glibc", "Darwin"],
  "Evaluating": ["Facts", "JSON", "Cataloguing", "Pricing", "Metering", "Statistics", "Crypto"],
  "Auditing": ["Facts", "JSON", "Cataloguing", "Synchronization"],
  "Switching": ["Facts", "JSON", "Cataloguing", "Pricing", "CEmbeddedRules"],
  "Deciding": ["Facts", "Cataloguing", "Pricing"],
  "Documents": ["Facts", "Synchronization"],
  "Reporting": [
    "Facts", "Cataloguing", "Pricing", "Metering", "Statistics", "Evaluating", "Auditing",
    "Switching", "Deciding", "Documents", "Synchronization",
  ],
  "Rendering": ["Facts", "Documents"],
  "Exporting": ["Facts", "Cataloguing", "Documents", "Rendering"],
  "ExportStore": ["Exporting", "GRDB"],
  "Publishing": ["Facts", "Cataloguing", "Pricing", "Deciding", "Documents", "Reporting", "Rendering"],
  "Platform": [
    "Facts", "JSON", "Importing", "Cataloguing", "Pricing", "Metering", "Auditing", "CCompression",
    "CEmbeddedPolicy", "Crypto", "FoundationEssentials", "Synchronization", "Glibc", "Darwin",
  ],
  "Probing": [
    "Facts", "JSON", "Importing", "Cataloguing", "Documents", "Rendering", "Reporting", "Publishing",
  ],
  "MCPServer": ["Facts", "JSON", "Documents", "Rendering", "Publishing"],
  "WebServer": [
    "Publishing", "Documents", "Rendering", "CCompression", "HTTPTypes", "Hummingbird", "HummingbirdCore",
    "Logging", "NIOCore", "NIOHTTP1", "ServiceLifecycle", "Synchronization", "UnixSignals", "Glibc", "Darwin",
  ],
  "EvaluationStore": [
    "Facts", "JSON", "Evaluating", "CPostgres", "GRDB", "FoundationEssentials", "Synchronization", "Glibc",
    "Darwin",
  ],
  "EvaluationRunner": [
    "Facts", "JSON", "Pricing", "Evaluating", "EvaluationStore", "AsyncHTTPClient", "NIOCore", "NIOHTTP1",
    "NIOPosix", "FoundationEssentials", "Synchronization", "Glibc", "Darwin",
  ],
  "Fetching": [
    "Facts", "CCompression", "Crypto", "AsyncHTTPClient", "NIOCore", "NIOHTTP1", "FoundationEssentials",
    "Synchronization", "Glibc", "Darwin",
  ],
  "CLI": [
    "Facts", "JSON", "Importing", "Cataloguing", "Pricing", "Metering", "Deciding", "Documents", "Reporting",
    "Rendering",
    "Platform", "Publishing", "WebServer", "MCPServer", "Statistics", "Evaluating", "EvaluationStore",
    "EvaluationRunner", "Auditing", "Switching", "Exporting", "ExportStore", "Fetching", "Probing",
    "ArgumentParser", "FoundationEssentials", "Logging",
    "Synchronization", "Glibc", "Darwin",
  ],
  "llmref": ["CLI", "Glibc", "Darwin"],
]
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

@Suite struct Walls {
  @Test func everyImportStandsInTheTable() throws {
    let files = try sourceFiles()
    #expect(files.count > 80)
    for file in files {
      let allowed = try #require(walls[file.target], "\(file.target) is a target without a row in the table")
      for line in file.text.split(separator: "\n") {
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(of: "import"),
          words[..<place].allSatisfy({ $0.hasPrefix("@") || $0 == "public" })
        else { continue }
        let name = String(words[place + 1])
        #expect(allowed.contains(name), "\(file.path) imports \(name)")
      }
    }
  }

  @Test func everyTargetOfTheTableExists() throws {
    let targets = Set(try sourceFiles().map(\.target))
    #expect(targets == Set(walls.keys))
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

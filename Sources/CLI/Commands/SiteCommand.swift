import ArgumentParser
import Cataloguing
import Documents
import Facts
import Platform
import Publishing
import Rendering
import Reporting
import Synchronization

struct SiteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "site", abstract: "Write the whole reference as a static web site.",
    subcommands: [Build.self, SiteMeasureCommand.self])

  struct Build: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "build", abstract: "Write every page into a folder; only what changed is written again.",
      discussion: """
        Each page is written as HTML, JSON and Markdown, with the bytes that `llmref serve` answers. manifest.txt lists
        every file with its SHA-256.

        Examples:
          llmref site build public
          llmref site build public --pairs top:20000 --origin https://llm.example
          llmref site build public --pairs my-pairs.txt
        """)

    @Argument(help: "The folder; it is made when it does not exist.") var folder: String
    @Option(
      name: .long,
      help: ArgumentHelp(
        "Comparisons with a page of their own: all near pairs, the most relevant, or those of a file with ids in lines.",
        valueName: "near|top:N|FILE"))
    var pairs = "near"
    @Option(name: .long, help: ArgumentHelp("Forms of a page.", valueName: "html|all")) var forms = "all"
    @Flag(name: .long, help: "Write JSON.") var json = false
    @OptionGroup var publishing: PublishingOptions
    @OptionGroup var options: CatalogueOptions

    func run() async throws {
      guard forms == "all" || forms == "html" else {
        throw CommandProblem("--forms is html or all, not \(forms.bounded)")
      }
      let site = try publishing.site(options)
      let export = try ExportFolder(folder)
      let chosen = try chosenPairs(site)
      let paths = site.exportPaths(pairs: chosen, twins: forms == "all")
      let progress = Progress(total: paths.count)
      let workers = 4
      try await withThrowingTaskGroup(of: Void.self) { group in
        for worker in 0..<workers {
          group.addTask {
            for place in stride(from: worker, to: paths.count, by: workers) {
              let answer = site.answer(paths[place])
              // An id that no address can name has no page.
              guard answer.status == 200 else { continue }
              try export.write(answer.body, to: Self.file(paths[place], answer.kind))
              progress.step()
            }
          }
        }
        try await group.waitForAll()
      }
      for pair in chosen where pair.count == 2 {
        let back = Paths.compare(Array(pair.reversed()))
        try export.write(RedirectStub.bytes(to: Paths.compare(pair)), to: Self.file(back, .html))
      }
      let tally = try export.finish()
      Output.progressLine("")
      if json {
        Output.write(
          JSONText.write(
            .map([
              ("schema", .text("llmref/site/1")), ("files", .integer(tally.written + tally.unchanged)),
              ("written", .integer(tally.written)), ("unchanged", .integer(tally.unchanged)),
              ("removed", .integer(tally.removed)), ("bytes", .integer(tally.bytes)),
              ("comparisons", .integer(chosen.count)),
            ])))
      } else {
        Output.line(
          "\(folder): \(Display.counted(tally.written, "file")) written, \(tally.unchanged) unchanged, \(tally.removed) removed, \(Display.grouped(String(tally.bytes))) bytes"
        )
      }
    }

    /// `/models` is `models/index.html`; other forms keep their ending.
    static func file(_ path: String, _ kind: SiteAnswer.Kind) -> String {
      let relative = String(path.dropFirst())
      switch kind {
      case .html: return relative.isEmpty ? "index.html" : relative + "/index.html"
      case .json where !relative.hasSuffix(".json"): return relative + "/index.json"
      default: return relative
      }
    }

    private func chosenPairs(_ site: Site) throws -> [[ModelID]] {
      let near = site.directory.relevantPairs()
      switch pairs {
      case "near": return near
      case "all":
        throw CommandProblem(
          "--pairs all is \(site.directory.sheets.count) models in pairs: millions of pages",
          hint: "--pairs top:100000 takes the most relevant ones; `llmref serve` answers every pair")
      case let text where text.hasPrefix("top:"):
        guard let count = try? Count.parse(text.dropFirst(4)), count > 0 else {
          throw CommandProblem("--pairs \(text.bounded) has no count", hint: "write --pairs top:10000")
        }
        return site.directory.pairs(atLeast: Int(count))
      default: return try read(pairs, site)
      }
    }

    private func read(_ path: String, _ site: Site) throws -> [[ModelID]] {
      var result: [[ModelID]] = []
      let lines = String(decoding: try Files.read(path), as: UTF8.self).split(separator: "\n")
      for (number, line) in lines.enumerated() {
        let names = line.split(whereSeparator: { $0 == " " || $0 == "\t" || $0 == "," || $0 == "\r" })
        guard !names.isEmpty, !line.hasPrefix("#") else { continue }
        let ids = try names.map {
          try site.directory.shelf.catalogue.requireID(String($0), asOf: site.directory.shelf.asOf)
        }
        let ordered = site.directory.ordered(Array(Set(ids)))
        guard (2...Comparison.mostModels).contains(ordered.count) else {
          throw CommandProblem(
            "line \(number + 1) of \(path.bounded) names \(ordered.count) models",
            hint: "a line has 2 to \(Comparison.mostModels) ids")
        }
        result.append(ordered)
      }
      return result
    }
  }
}

/// How far a long work is, told every few hundred steps to whoever watches.
private final class Progress: Sendable {
  private let total: Int
  private let done = Mutex(0)

  init(total: Int) { self.total = total }

  func step() {
    let count = done.withLock { done in
      done += 1
      return done
    }
    if count.isMultiple(of: 500) { Output.progressLine("\(count) of \(total) files") }
  }
}

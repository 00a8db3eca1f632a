import ArgumentParser
import Cataloguing
import Documents
import Facts
import FoundationEssentials
import Pages
import Platform
import Publishing
import Rendering
import Synchronization
import TextFormats

struct SiteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "site", abstract: "Write the whole reference as a static web site.",
    subcommands: [Build.self, SiteMeasureCommand.self, SiteProbeCommand.self])

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
          llmref site build public --pairs all --forms html
        """)

    @Argument(help: "The folder; it is made when it does not exist.") var folder: String
    @Option(
      name: .long,
      help: ArgumentHelp(
        "Comparisons with a page of their own: near pairs, the most relevant, those of a file with ids in lines, or all pairs.",
        valueName: "near|top:N|FILE|all"))
    var pairs = "near"
    @Option(name: .long, help: ArgumentHelp("Forms of a page.", valueName: "html|all")) var forms = "all"
    @Flag(
      name: .long,
      help:
        "Draw a picture for previews of each comparison (1200 × 630 PNG); needs rsvg-convert and --origin.")
    var pictures = false
    @Flag(name: .long, help: "Write JSON.") var json = false
    @OptionGroup var publishing: PublishingOptions
    @OptionGroup var options: CatalogueOptions

    func run() async throws {
      guard forms == "all" || forms == "html" else {
        throw CommandProblem("--forms is html or all, not \(forms.bounded)")
      }
      let converter = pictures ? try PictureConverter() : nil
      let site = try publishing.site(
        options, pictures: pictures ? FolderPictures(folder: self.folder) : nil)
      let folder = try ExportFolder(self.folder)
      let export = SiteExport(site, comparisons: try comparisons(site), twins: forms == "all")
      announce(export)
      try await write(export, converter, into: folder)
      let tally = try folder.finish()
      if json {
        Output.write(
          JSONText.write(
            .map([
              ("schema", .text("llmref/site/1")), ("files", .integer(tally.written + tally.unchanged)),
              ("written", .integer(tally.written)), ("unchanged", .integer(tally.unchanged)),
              ("removed", .integer(tally.removed)), ("bytes", .integer(tally.bytes)),
              ("comparisons", .integer(export.comparisonCount)),
            ])))
      } else {
        Output.line(
          "\(self.folder): \(Display.counted(tally.written, "file")) written, \(Display.grouped(String(tally.unchanged))) unchanged, \(Display.grouped(String(tally.removed))) removed, \(Display.grouped(String(tally.bytes))) bytes"
        )
      }
    }

    /// More comparisons than this are announced with a guess of their size.
    private static let many = 100_000

    private func announce(_ export: SiteExport) {
      func grouped(_ count: Int) -> String { Display.grouped(String(count)) }
      var words =
        "\(grouped(export.fileCount)) files: \(Display.counted(export.site.directory.sheets.count, "model")), \(Display.counted(export.comparisonCount, "comparison"))"
      if export.comparisonCount > Self.many {
        words += ", about \(grouped(export.guessedBytes() / 1_000_000_000)) GB"
      }
      Output.talk(words)
    }

    private func write(_ export: SiteExport, _ converter: PictureConverter?, into folder: ExportFolder)
      async throws
    {
      let progress = ExportProgress(
        total: export.fileCount + (converter == nil ? 0 : 2 * export.comparisonCount))
      let turns = Turns()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<max(2, ProcessInfo.processInfo.activeProcessorCount) {
          group.addTask {
            while true {
              let unit = turns.next()
              guard unit < export.unitCount, !Task.isCancelled else { return }
              // Pictures first: a page names one that is there.
              var entries = try Self.draw(export, unit, converter, into: folder)
              entries += try export.files(of: unit).map { try folder.write($0.body, to: $0.path) }
              try folder.list(entries, unit: unit)
              progress.step(entries.count)
            }
          }
        }
        try await group.waitForAll()
      }
      progress.end()
    }

    /// The picture of a comparison and the SVG behind it; drawn anew only when the SVG has changed.
    private static func draw(
      _ export: SiteExport, _ unit: Int, _ converter: PictureConverter?, into folder: ExportFolder
    ) throws -> [ExportFolder.Entry] {
      guard let converter, let picture = export.picture(of: unit) else { return [] }
      let drawn = try folder.derive(picture.path, from: (picture.source.body, picture.source.path)) {
        try converter.draw(picture, at: $0)
      }
      return [drawn, try folder.write(picture.source.body, to: picture.source.path)]
    }

    private func comparisons(_ site: Site) throws -> SiteExport.Comparisons {
      switch pairs {
      case "near": return .listed(site.directory.relevantPairs())
      case "all": return .all
      case let text where text.hasPrefix("top:"):
        guard let count = try? Count.parse(text.dropFirst(4)), count > 0 else {
          throw CommandProblem("--pairs \(text.bounded) has no count", hint: "write --pairs top:10000")
        }
        return .listed(site.directory.pairs(atLeast: Int(count)))
      default: return .listed(try read(pairs, site))
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

/// Hands out numbers from 0 on, each once.
private final class Turns: Sendable {
  private let given = Mutex(0)

  func next() -> Int {
    given.withLock { given in
      defer { given += 1 }
      return given
    }
  }
}

import ArgumentParser
import Documents
import Facts
import Probing
import Rendering
import TextFormats

/// Asks the site for many hostile addresses and pages: for `bin/check`, not for readers.
struct SiteProbeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe", abstract: "Ask the site for hostile addresses and pages.", shouldDisplay: false)

  @Option(name: .long, help: "How many answers are inspected.") var cases = 100_000
  @Option(name: .long, help: "Decides all of them.") var seed: UInt64 = 1
  @OptionGroup var publishing: PublishingOptions
  @OptionGroup var options: CatalogueOptions

  /// Each worker draws from a seed of its own, so that the cases do not depend on the machine.
  private static let workers = 4

  func run() async throws {
    let probe = Probe(try publishing.site(options))
    let (share, seed) = ((cases + Self.workers - 1) / Self.workers, seed)
    let report = await withTaskGroup(of: Probe.Report.self) { group in
      for worker in 0..<Self.workers {
        group.addTask { probe.run(cases: share, seed: seed &* 1000 &+ UInt64(worker)) }
      }
      var whole = Probe.Report()
      for await part in group { whole.merge(part) }
      return whole
    }
    for problem in report.problems { Output.talk("llmref: " + problem) }
    Output.write(
      JSONText.write(
        .map([
          ("cases", .integer(report.cases)), ("of_hostile_catalogues", .integer(report.hostile)),
          ("failed", .integer(report.failed)),
          (
            "statuses",
            .map(report.statuses.sorted { $0.key < $1.key }.map { (String($0.key), .integer($0.value)) })
          ),
        ])))
    if report.failed > 0 { throw ExitCode(1) }
  }
}

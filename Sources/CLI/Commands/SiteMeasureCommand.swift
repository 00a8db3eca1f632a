import ArgumentParser
import Documents
import Facts
import Pages
import Platform
import Publishing
import Rendering
import TextFormats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Measures where the processor time of a comparison goes, on one core: for `Benchmarks/serve.py`, not for readers.
struct SiteMeasureCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure", abstract: "Measure the stages of comparisons.", shouldDisplay: false)

  @Argument(help: "A file with two ids in a line.") var pairs: String
  @OptionGroup var publishing: PublishingOptions
  @OptionGroup var options: CatalogueOptions

  func run() async throws {
    let site = try publishing.site(options)
    var chosen: [[ModelID]] = []
    for line in String(decoding: try Files.read(pairs), as: UTF8.self).split(separator: "\n") {
      chosen.append(line.split(separator: " ").map { ModelID(String($0)) })
    }
    // The first pass words and keeps each model's parts, as a server does in its first minute.
    _ = try stages(chosen, site)
    let stages = try stages(chosen, site)
    let whole = whole(chosen, site)
    func microseconds(_ nanoseconds: Int) -> DataValue {
      let tenths = nanoseconds / max(1, chosen.count * 100)
      return .text("\(tenths / 10).\(tenths % 10)")
    }
    Output.write(
      JSONText.write(
        .map([
          ("comparisons", .integer(chosen.count)), ("bytes", .integer(whole.bytes / max(1, chosen.count))),
          ("deciding_us", microseconds(stages.deciding)), ("wording_us", microseconds(stages.wording)),
          ("rendering_us", microseconds(stages.rendering)), ("whole_us", microseconds(whole.time)),
        ])))
  }

  private func stages(_ pairs: [[ModelID]], _ site: Site) throws -> (
    deciding: Int, wording: Int, rendering: Int
  ) {
    var (deciding, wording, rendering) = (0, 0, 0)
    for ids in pairs {
      let start = Self.used()
      guard let comparison = try Comparison(ids, on: site.directory.shelf, traffic: .usual) else {
        throw CommandProblem("no comparison of \(ids.map(\.rawValue))")
      }
      let decided = Self.used()
      let document = comparison.document
      let worded = Self.used()
      let frame = PageFrame(
        path: Paths.compare(ids), description: document.title, crumbs: [.init("Home", "/")],
        stylesheet: "/assets/style.css", script: "/assets/site.js")
      guard !HTMLRenderer(frame: frame).render(document).isEmpty else {
        throw CommandProblem("an empty page of \(ids.map(\.rawValue))")
      }
      let rendered = Self.used()
      deciding += decided - start
      wording += worded - decided
      rendering += rendered - worded
    }
    return (deciding, wording, rendering)
  }

  /// The addresses as the server answers them.
  private func whole(_ pairs: [[ModelID]], _ site: Site) -> (time: Int, bytes: Int) {
    let paths = pairs.map(Paths.compare)
    var bytes = 0
    let start = Self.used()
    for path in paths { bytes += site.answer(path).body.count }
    return (Self.used() - start, bytes)
  }

  /// Processor time of the program so far, in nanoseconds: another program's load does not count.
  private static func used() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}

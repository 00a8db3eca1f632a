import ArgumentParser
import Facts
import Metering
import Platform

/// How a usage log is read, where its own bytes do not say.
struct LogOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "What the columns of a table, or the keys of JSON lines, hold.",
      valueName: "time=ts,model=model_name,input=prompt_tokens,…"))
  var columns: String?

  @Flag(
    name: .customLong("cache-excluded"),
    help: "The log's input leaves out what a cache read or wrote, where its format leaves that open.")
  var cacheExcluded = false

  @Option(
    name: .long, help: ArgumentHelp("Distance from UTC of times without a zone.", valueName: "+02:00"))
  var zone: String?

  @Flag(name: .customLong("keep-duplicates"), help: "Read rows again that stood before.")
  var keepDuplicates = false

  /// - Parameter format: the name of a format; nil finds it out.
  func reading(format: String?) throws -> UsageLogReader.Options {
    var options = UsageLogReader.Options()
    if let format {
      guard UsageFormats.names.contains(format) else {
        throw CommandProblem("\(UsageLogError.noSuchFormat(format))")
      }
    }
    options.format = format
    do { options.columns = try columns.map { try ColumnMap(parsing: $0) } } catch let error as UsageLogError {
      throw CommandProblem("--columns: \(error)")
    }
    options.isCacheExcluded = cacheExcluded
    options.keepsDuplicates = keepDuplicates
    options.offset = try zone.map(Self.minutes) ?? 0
    // A clock may run ahead of this one by a day.
    options.latest = Timestamp(seconds: Clock.now().seconds + 86_400)
    return options
  }

  private static func minutes(_ zone: String) throws -> Int {
    if zone == "Z" || zone.uppercased() == "UTC" { return 0 }
    guard let midnight = try? Timestamp(parsing: "2000-01-01T00:00" + zone), "+-".contains(zone.prefix(1))
    else {
      throw CommandProblem("--zone \(zone.bounded) is no distance from UTC", hint: "write --zone +02:00")
    }
    return Int((946_684_800 - midnight.seconds) / 60)
  }
}

import Documents
import Facts
import Logging
import Rendering
import TextFormats

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes a log entry as one line of JSON on stderr: time in UTC, level, message, then what belongs to it.
public struct JSONLogHandler: LogHandler {
  public var logLevel: Logger.Level
  public var metadata: Logger.Metadata = [:]

  public init(level: Logger.Level) { logLevel = level }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    var members: [(String, DataValue)] = [
      ("time", .text(Self.now())), ("level", .text(event.level.rawValue)),
      ("message", .text("\(event.message)")),
    ]
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    for (key, value) in all.sorted(by: { $0.key < $1.key }) { members.append((key, .text("\(value)"))) }
    let line = JSONText.line(.map(members))
    _ = line.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
  }

  private static func now() -> String { Timestamp(seconds: Int64(time(nil))).text }
}

import Facts
import FoundationEssentials

/// Where data and settings live: `LLMREF_HOME`, else the XDG folders.
public struct Settings: Sendable {
  /// Holds `catalogue.llmref` when the reader keeps one of their own.
  public let dataFolder: String

  public init(environment: [String: String]) {
    if let home = environment["LLMREF_HOME"], !home.isEmpty {
      dataFolder = home
    } else if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") {
      dataFolder = data + "/llmref"
    } else {
      dataFolder = (environment["HOME"] ?? ".") + "/.local/share/llmref"
    }
  }

  public static func current() -> Settings { Settings(environment: ProcessInfo.processInfo.environment) }

  /// The reader's own catalogue, used in place of the embedded one when it exists.
  public var cataloguePath: String { dataFolder + "/catalogue.llmref" }
}

/// The clock, for shells only; nothing pure reads it.
public enum Clock {
  /// This second.
  public static func now() -> Timestamp {
    Timestamp(seconds: Int64(Date.now.timeIntervalSince1970.rounded(.down)))
  }

  /// Today in UTC.
  public static func today() -> CalendarDate {
    let days = Int((Date.now.timeIntervalSince1970 / 86_400).rounded(.down))
    guard let today = try? CalendarDate(dayNumber: days) else {
      preconditionFailure("the clock is outside 1900–2199")
    }
    return today
  }
}

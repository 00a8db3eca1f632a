import Facts

/// What a reader may say of a month, by the key of an address; options are the same words with hyphens.
public enum TrafficKey: String, CaseIterable, Sendable {
  case input
  case output
  case requests
  case cached
  case batch
  case hours
  case images
  case searches
  case audioMinutes = "audio_minutes"
  case characters
  case pages
  case videoSeconds = "video_seconds"

  public var measure: TrafficMeasure? { TrafficMeasure(rawValue: rawValue) }
}

extension Traffic {
  /// Reads what is said of a month; what cannot be read is left out, with a problem that names rule and hint.
  public static func read(
    _ text: (TrafficKey) -> String?
  ) -> (traffic: Traffic, problems: [(key: TrafficKey, problem: String)]) {
    var traffic = Traffic()
    var problems: [(key: TrafficKey, problem: String)] = []
    func read<Value>(_ key: TrafficKey, _ parse: (String) throws(FactError) -> Value) -> Value? {
      guard let text = text(key) else { return nil }
      do { return try parse(text) } catch {
        problems.append((key, "\(error)"))
        return nil
      }
    }
    func count(_ key: TrafficKey) -> Int64? { read(key) { text throws(FactError) in try Count.parse(text) } }
    traffic.inputTokens = count(.input).map { TokenCount($0) }
    traffic.outputTokens = count(.output).map { TokenCount($0) }
    traffic.requests = count(.requests)
    if traffic.requests == 0 {
      traffic.requests = nil
      problems.append((.requests, "A month has at least 1 request."))
    }
    traffic.cached = read(.cached) { text throws(FactError) in try Share(parsing: text) }
    traffic.batch = read(.batch) { text throws(FactError) in try Share(parsing: text) }
    traffic.hours = read(.hours) { text throws(FactError) in try TrafficHours(parsing: text) }
    for key in TrafficKey.allCases {
      guard let measure = key.measure, let number = count(key) else { continue }
      if let pieces = measure.pieces(number) {
        traffic.amounts[measure.unit] = pieces
      } else {
        problems.append((key, "\(FactError.notACount(String(number)))"))
      }
    }
    return (traffic, problems)
  }
}

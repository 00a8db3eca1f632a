import Synchronization

/// What the server counts, in the text form of Prometheus:
/// https://prometheus.io/docs/instrumenting/exposition_formats/
final class Counters: Sendable {
  enum Count: Int, CaseIterable {
    case success
    case redirection
    case unchanged
    case clientError
    case serverError
    case cached
    case bytes
    case connections
    case reloads

    fileprivate var line: String {
      switch self {
      case .success: #"llmref_requests_total{status="2xx"}"#
      case .redirection: #"llmref_requests_total{status="3xx"}"#
      case .unchanged: #"llmref_requests_total{status="304"}"#
      case .clientError: #"llmref_requests_total{status="4xx"}"#
      case .serverError: #"llmref_requests_total{status="5xx"}"#
      case .cached: "llmref_cached_answers_total"
      case .bytes: "llmref_sent_bytes_total"
      case .connections: "llmref_connections_total"
      case .reloads: "llmref_reloads_total"
      }
    }
  }

  private let counts: Mutex<[Int]> = Mutex(Array(repeating: 0, count: Count.allCases.count))

  func count(_ what: Count, _ amount: Int = 1) { counts.withLock { $0[what.rawValue] &+= amount } }

  func count(status: Int, bytes: Int) {
    counts.withLock { counts in
      let what: Count =
        switch status {
        case 304: .unchanged
        case ..<300: .success
        case ..<400: .redirection
        case ..<500: .clientError
        default: .serverError
        }
      counts[what.rawValue] &+= 1
      counts[Count.bytes.rawValue] &+= bytes
    }
  }

  var text: String {
    let now = counts.withLock { $0 }
    var lines: [String] = []
    var named: Set<Substring> = []
    for count in Count.allCases {
      let name = count.line.prefix { $0 != "{" }
      if named.insert(name).inserted { lines.append("# TYPE \(name) counter") }
      lines.append("\(count.line) \(now[count.rawValue])")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

import Facts

/// Why a store cannot be used, in words for the person who named it. Never holds a password.
package struct StoreProblem: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  init(_ rule: String, hint: String) { description = "\(rule). hint: \(hint)" }
}

/// Where a store is.
package enum StorePlace: Hashable, Sendable, CustomStringConvertible {
  /// A file, by path; made when it is missing.
  case file(String)
  /// A database of PostgreSQL, as libpq's connection address: `postgres://user@host:5432/name`.
  case server(String)

  /// `postgres://` and `postgresql://` are servers, all else is a file.
  package init(_ text: String) {
    let isServer = ["postgres://", "postgresql://"].contains { text.lowercased().hasPrefix($0) }
    self = isServer ? .server(text) : .file(text)
  }

  /// The place for people: an address without user, password and parameters.
  package var description: String {
    switch self {
    case .file(let path): return path.bounded
    case .server(let address):
      let rest = address.drop { $0 != "/" }.drop { $0 == "/" }
      let host = rest.prefix { $0 != "/" && $0 != "?" }
      let shown =
        host.split(separator: "@", omittingEmptySubsequences: false).last.map(String.init) ?? "server"
      let name = rest.dropFirst(host.count).prefix { $0 != "?" }
      return "postgres://\(shown)\(name)".bounded
    }
  }
}

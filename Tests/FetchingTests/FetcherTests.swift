import Fetching
import Testing

/// What a server can do wrong is in scripts/check_sync.py, with a real one.
@Suite struct Fetchers {
  private func failure(_ address: String) async -> FetchError? {
    var bounds = Fetcher.Bounds()
    bounds.attempts = 2
    bounds.seconds = 5
    bounds.firstDelay = .milliseconds(1)
    let fetcher = Fetcher(bounds)
    defer { Task { await fetcher.close() } }
    do {
      _ = try await fetcher.fetch(address, largest: 1000)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    "file:///etc/passwd", "ftp://127.0.0.1/x", "127.0.0.1/x", "http://", "", "javascript:alert(1)",
  ])
  func onlyHTTPAddressesAreFetched(address: String) async {
    guard case .address? = await failure(address) else {
      Issue.record("\(address) is fetched")
      return
    }
  }

  /// Port 1 of loopback is served by nobody.
  @Test func aFailedConnectionIsTriedAgain() async {
    guard case .connection(_, attempts: 2)? = await failure("http://127.0.0.1:1/x") else {
      Issue.record("one attempt")
      return
    }
  }
}

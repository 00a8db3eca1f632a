import AsyncHTTPClient
import Facts
import FoundationEssentials
import NIOCore
import NIOHTTP1
import TextFormats

/// What an address gave.
public struct Fetched: Sendable {
  public let bytes: [UInt8]
  /// SHA-256, lower-case hexadecimal.
  public let digest: String
  /// As the server wrote them.
  public let etag: String?
  public let lastModified: String?
}

/// Fetches addresses of sources, within bounds: http and https alone, a size, a time, some attempts.
///
/// Validators and status codes are those of https://www.rfc-editor.org/rfc/rfc9110.
public struct Fetcher: Sendable {
  public struct Bounds: Sendable {
    public var attempts = 3
    /// Seconds until an answer must have ended.
    public var seconds = 120
    /// Before the second attempt; doubled before each further one.
    public var firstDelay: Duration = .milliseconds(500)

    public init() {}
  }

  private let client: HTTPClient
  private let bounds: Bounds

  public init(_ bounds: Bounds = Bounds()) {
    self.bounds = bounds
    var configuration = HTTPClient.Configuration()
    configuration.redirectConfiguration = .disallow
    configuration.timeout = .init(connect: .seconds(15), read: .seconds(Int64(min(bounds.seconds, 30))))
    configuration.decompression = .disabled
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  public func close() async { try? await client.shutdown() }

  /// - Parameters:
  ///   - etag: what the server gave with the bytes that are kept.
  ///   - largest: the most bytes that are read.
  /// - Returns: nil when the server says that nothing has changed.
  /// - Throws: `FetchError` when the last attempt fails, or at once where another cannot help.
  public func fetch(_ address: String, etag: String? = nil, lastModified: String? = nil, largest: Int)
    async throws(FetchError) -> Fetched?
  {
    var delay = bounds.firstDelay
    for attempt in 1... {
      do {
        return try await once(address, etag: etag, lastModified: lastModified, largest: largest)
      } catch {
        guard error.isPassing, attempt < bounds.attempts else { throw error.after(attempt) }
      }
      try? await Task.sleep(for: delay)
      delay *= 2
    }
    return nil
  }

  private func once(_ address: String, etag: String?, lastModified: String?, largest: Int)
    async throws(FetchError) -> Fetched?
  {
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(bounds.seconds)
    var target = address
    for _ in 0...5 {
      guard let scheme = Self.scheme(target) else { throw .address(target.bounded) }
      var request = HTTPClientRequest(url: target)
      request.headers.add(name: "User-Agent", value: "llmref")
      request.headers.add(name: "Accept", value: "application/json, text/plain, */*")
      if let etag { request.headers.add(name: "If-None-Match", value: etag) }
      if let lastModified { request.headers.add(name: "If-Modified-Since", value: lastModified) }
      do {
        let response = try await client.execute(request, timeout: .seconds(Int64(bounds.seconds)))
        switch response.status.code {
        case 304 where etag != nil || lastModified != nil: return nil
        case 301, 302, 303, 307, 308:
          guard let location = response.headers.first(name: "Location"),
            let next = URL(string: location, relativeTo: URL(string: target))?.absoluteString
          else { throw FetchError.status(response.status.code, attempts: 1) }
          guard Self.scheme(next) == scheme else { throw FetchError.redirect(next.bounded) }
          target = next
          continue
        case 200: break
        default: throw FetchError.status(response.status.code, attempts: 1)
        }
        if let length = response.headers.first(name: "Content-Length").flatMap(Int.init), length > largest {
          throw FetchError.tooLarge(largest)
        }
        return try await read(response, largest: largest, until: deadline)
      } catch let error as FetchError {
        throw error
      } catch let error as HTTPClientError where error == .deadlineExceeded || error == .readTimeout {
        throw .tooSlow(seconds: bounds.seconds)
      } catch {
        throw .connection(String(describing: error).bounded, attempts: 1)
      }
    }
    throw .tooManyRedirects
  }

  private func read(
    _ response: HTTPClientResponse, largest: Int, until deadline: ContinuousClock.Instant
  ) async throws -> Fetched {
    var bytes: [UInt8] = []
    for try await part in response.body {
      guard bytes.count + part.readableBytes <= largest else { throw FetchError.tooLarge(largest) }
      guard ContinuousClock().now < deadline else { throw FetchError.tooSlow(seconds: bounds.seconds) }
      bytes.append(contentsOf: part.readableBytesView)
    }
    if bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") { throw FetchError.page }
    return Fetched(
      bytes: bytes, digest: Digest.sha256(bytes), etag: response.headers.first(name: "ETag"),
      lastModified: response.headers.first(name: "Last-Modified"))
  }

  /// `http` or `https`; nil for any other address.
  private static func scheme(_ address: String) -> String? {
    guard let url = URL(string: address), let scheme = url.scheme?.lowercased(), url.host()?.isEmpty == false
    else {
      return nil
    }
    return ["http", "https"].contains(scheme) ? scheme : nil
  }
}

extension FetchError {
  fileprivate func after(_ attempts: Int) -> FetchError {
    switch self {
    case .connection(let reason, _): .connection(reason, attempts: attempts)
    case .status(let status, _): .status(status, attempts: attempts)
    default: self
    }
  }
}

import Auditing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The `.gitignore` files that hold for a folder, the nearest first.
final class IgnoreChain: Sendable {
  private let outer: IgnoreChain?
  private let rules: GitIgnore
  /// How many bytes of a path come before what its rules see.
  private let base: Int
  /// Path of the folder as seen from the walk; empty for folders above it.
  private let prefix: [UInt8]

  /// The rules of a folder's own file over those of the folders above.
  init(_ folder: [UInt8], under outer: IgnoreChain?) {
    self.outer = outer
    rules = GitIgnore(Self.bytes(folder + Array("/.gitignore".utf8)))
    base = folder.count + 1
    prefix = []
  }

  private init(rules: GitIgnore, dropping base: Int, adding prefix: [UInt8], under outer: IgnoreChain?) {
    self.outer = outer
    self.rules = rules
    self.base = base
    self.prefix = prefix
  }

  /// The rules of the folders above a folder, up to the one that holds `.git`; nil outside a repository.
  static func above(_ folder: [UInt8]) -> IgnoreChain? {
    guard let real = realpath(String(decoding: folder, as: UTF8.self), nil) else { return nil }
    defer { free(real) }
    let path = Array(
      UnsafeBufferPointer(
        start: UnsafeRawPointer(real).assumingMemoryBound(to: UInt8.self), count: strlen(real)))
    var parts = path.split(separator: 0x2F).map(Array.init)
    var inside: [[UInt8]] = []
    var files: [(rules: GitIgnore, prefix: [UInt8])] = []
    while true {
      let here = [0x2F] + parts.joined(separator: [0x2F])
      let below = inside.isEmpty ? [] : Array(inside.joined(separator: [0x2F])) + [0x2F]
      if !inside.isEmpty { files.append((GitIgnore(bytes(Array(here) + Array("/.gitignore".utf8))), below)) }
      var status = stat()
      if stat(String(decoding: Array(here) + Array("/.git".utf8), as: UTF8.self), &status) == 0 {
        files.append((GitIgnore(bytes(Array(here) + Array("/.git/info/exclude".utf8))), below))
        break
      }
      guard let last = parts.popLast() else { return nil }
      inside.insert(last, at: 0)
    }
    return files.reversed().reduce(nil) { outer, file in
      file.rules.isEmpty
        ? outer
        : IgnoreChain(rules: file.rules, dropping: folder.count + 1, adding: file.prefix, under: outer)
    }
  }

  /// Whether a path of the walk is left out: the nearest file with a rule that fits decides.
  func ignores(_ path: [UInt8], name: [UInt8], isFolder: Bool) -> Bool {
    var link: IgnoreChain? = self
    while let chain = link {
      let seen =
        chain.prefix.isEmpty ? path.dropFirst(chain.base) : (chain.prefix + path.dropFirst(chain.base))[...]
      if let answer = chain.rules.ignores(path: seen, name: name[...], isFolder: isFolder) { return answer }
      link = chain.outer
    }
    return false
  }

  private static func bytes(_ path: [UInt8]) -> [UInt8] {
    var buffer = FileBuffer(largest: 1 << 20)
    guard case .filled(let count) = buffer.fill(path) else { return [] }
    return buffer.withBytes(count) { Array($0) }
  }
}

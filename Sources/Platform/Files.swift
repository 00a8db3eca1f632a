import Facts
import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why a file cannot be used, in words for the person who named it.
public struct FileProblem: Error, CustomStringConvertible, Sendable {
  public let description: String

  public init(_ path: String, _ rule: String, hint: String) {
    description = "\(rule): \(path.bounded). hint: \(hint)"
  }
}

extension String {
  fileprivate var bounded: String {
    String(unicodeScalars.prefix(300).map { $0.value < 32 ? "?" : Character($0) })
  }
}

/// Reading and writing files; the only place that does.
public enum Files {
  /// Largest file read whole, in bytes.
  public static let largest = 256 * 1024 * 1024

  public static func read(_ path: String) throws -> [UInt8] {
    var isFolder = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw FileProblem(
        path, "the file does not exist", hint: "check the path; it is relative to the current folder")
    }
    guard !isFolder else {
      throw FileProblem(path, "a file was expected, this is a folder", hint: "name a file in it")
    }
    if let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int, size > largest {
      throw FileProblem(path, "a file has at most \(largest) bytes", hint: "split it")
    }
    do {
      return Array(try Data(contentsOf: URL(filePath: path)))
    } catch {
      throw FileProblem(path, "the file cannot be read", hint: "check its permissions")
    }
  }

  /// Writes beside the target and moves it into place, so that a reader never sees half a file.
  public static func write(_ bytes: [UInt8], to path: String) throws {
    do {
      let folder = (path as String).split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
        separator: "/")
      if !folder.isEmpty {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      }
      try Data(bytes).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw FileProblem(path, "the file cannot be written", hint: "check the folder and its permissions")
    }
  }

  /// Every file below a folder whose name ends so, by path, relative to the folder.
  public static func list(_ folder: String, ending: String) throws -> [String] {
    guard let names = try? FileManager.default.subpathsOfDirectory(atPath: folder) else {
      throw FileProblem(folder, "the folder cannot be read", hint: "check the path")
    }
    return names.filter { $0.hasSuffix(ending) }.sorted()
  }

  /// Every file below a folder but hidden ones, by path, relative to the folder.
  public static func list(_ folder: String) throws -> [String] {
    try list(folder, ending: "").filter { name in
      var isFolder = false
      return !name.split(separator: "/").contains { $0.hasPrefix(".") }
        && FileManager.default.fileExists(atPath: folder + "/" + name, isDirectory: &isFolder)
        && !isFolder
    }
  }

  /// A new empty folder that nobody else can enter.
  public static func temporaryFolder() throws -> String {
    let parent = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp"
    var path = Array("\(parent)/llmref-XXXXXX".utf8CString)
    guard mkdtemp(&path) != nil else {
      throw FileProblem(parent, "no temporary folder can be made", hint: "set TMPDIR")
    }
    return String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The day, in UTC, on which a file last changed; nil for what cannot be read.
  public static func day(_ path: String) -> CalendarDate? {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
      let changed = attributes[.modificationDate] as? Date
    else { return nil }
    return try? CalendarDate(dayNumber: Int((changed.timeIntervalSince1970 / 86_400).rounded(.down)))
  }

  /// Size and time of the last change; empty for what cannot be read.
  static func stamp(_ path: String) -> String {
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: path) else { return "" }
    let size = attributes[.size].map { "\($0)" } ?? ""
    let changed = (attributes[.modificationDate] as? Date).map { "\($0.timeIntervalSince1970)" } ?? ""
    return size + " " + changed
  }

  /// Removes a file if it is there.
  public static func remove(_ path: String) { try? FileManager.default.removeItem(atPath: path) }

  public static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}

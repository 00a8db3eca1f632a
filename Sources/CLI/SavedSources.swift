import Documents
import Facts
import Platform
import Rendering
import TextFormats

/// A folder of sources that one machine fetched for another: their files, and a list of their days and digests.
struct SavedSources {
  static let schema = "llmref/saved-sources/1"
  static let name = "llmref-sources.json"

  struct Entry {
    let address: String
    let version: String
    let day: CalendarDate
    let basis: String
    /// SHA-256 of the package or the answer.
    let digest: String
    /// SHA-256 of the file in the folder.
    let fileDigest: String
  }

  let entries: [SourceID: Entry]

  /// The list of a folder; empty where it has none.
  /// - Throws: for a file of that name that is no such list.
  init(_ folder: String) throws {
    let path = folder + "/" + Self.name
    guard Files.exists(path) else {
      entries = [:]
      return
    }
    let value = try JSONReader.read(try Files.read(path), file: path)
    guard value["schema"]?.string == Self.schema, let list = value["sources"]?.array else {
      throw CommandProblem(
        "\(path.bounded) is no list of saved sources", hint: "save the folder again with llmref sync --save")
    }
    var entries: [SourceID: Entry] = [:]
    for (place, item) in list.enumerated() {
      func text(_ key: String) throws -> String {
        guard let text = item[key]?.string else {
          throw CommandProblem(
            "sources[\(place)] of \(path.bounded) has no \(key)",
            hint: "save the folder again with llmref sync --save")
        }
        return text
      }
      entries[SourceID(try text("id"))] = Entry(
        address: try text("address"), version: try text("version"),
        day: try CalendarDate(parsing: try text("day")), basis: try text("basis"),
        digest: try text("sha256"), fileDigest: try text("file_sha256"))
    }
    self.entries = entries
  }

  /// Writes what was taken, the list last.
  static func write(_ taken: [TakenSource], to folder: String) throws {
    for item in taken { try Files.write(item.bytes, to: folder + "/" + item.source.file) }
    let list = taken.map { item -> DataValue in
      .map([
        ("id", .text(item.source.id.rawValue)), ("file", .text(item.source.file)),
        ("address", .text(item.address)), ("version", .text(item.version)), ("day", .text(item.day.text)),
        ("basis", .text(item.basis)), ("sha256", .text(item.digest)),
        ("file_sha256", .text(Digest.sha256(item.bytes))),
      ])
    }
    try Files.write(
      JSONText.write(.map([("schema", .text(schema)), ("sources", .list(list))])), to: folder + "/" + name)
  }
}

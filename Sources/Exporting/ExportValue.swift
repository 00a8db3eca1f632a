import Documents
import Rendering

/// A JSON value whose numbers keep every digit.
enum ExportValue {
  case text(String)
  /// A number as it is written: `0.0000025`.
  case number(String)
  case flag(Bool)
  case list([ExportValue])
  case members([Member])

  struct Member {
    let name: String
    let value: ExportValue
  }

  /// In the order given.
  static func object(_ members: [(String, ExportValue)]) -> ExportValue {
    .members(members.map { Member(name: $0.0, value: $0.1) })
  }

  /// RFC 8259 JSON, one space an indent.
  func json() -> [UInt8] {
    var bytes: [UInt8] = []
    write(indent: 0, into: &bytes)
    bytes.append(0x0A)
    return bytes
  }

  private func write(indent: Int, into bytes: inout [UInt8]) {
    func line(_ depth: Int) {
      bytes.append(0x0A)
      bytes += [UInt8](repeating: 0x20, count: depth)
    }
    switch self {
    case .text(let text): bytes += JSONText.compact(.text(text))
    case .number(let text): bytes += text.utf8
    case .flag(let flag): bytes += (flag ? "true" : "false").utf8
    case .list(let items):
      bytes += "[".utf8
      for (place, item) in items.enumerated() {
        if place > 0 { bytes += ",".utf8 }
        line(indent + 1)
        item.write(indent: indent + 1, into: &bytes)
      }
      if !items.isEmpty { line(indent) }
      bytes += "]".utf8
    case .members(let members):
      bytes += "{".utf8
      for (place, member) in members.enumerated() {
        if place > 0 { bytes += ",".utf8 }
        line(indent + 1)
        bytes += JSONText.compact(.text(member.name))
        bytes += ": ".utf8
        member.value.write(indent: indent + 1, into: &bytes)
      }
      if !members.isEmpty { line(indent) }
      bytes += "}".utf8
    }
  }

  /// A text as YAML takes it, whatever it holds: JSON's quoted form is YAML (https://yaml.org/spec/1.2.2/#12-overview-of-yaml).
  static func quoted(_ text: String) -> [UInt8] { JSONText.compact(.text(text)) }
}

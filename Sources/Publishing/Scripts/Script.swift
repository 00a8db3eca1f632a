/// Scripts as they are sent: without the indents and comments that are for readers of the source.
enum Script {
  /// Each line without its indent, lines of comment alone left out; no text of a script runs over several lines.
  static func compact(_ source: String) -> String {
    var result = ""
    for line in source.split(separator: "\n") {
      let text = line.drop { $0 == " " }
      if text.isEmpty || text.hasPrefix("//") { continue }
      result += text
      result += "\n"
    }
    return result
  }

  static func imports(_ names: [String], from path: String) -> String {
    "import { \(names.joined(separator: ", ")) } from \"\(path)\";\n"
  }
}

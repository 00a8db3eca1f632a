import Facts

/// What is wrong in a file that a person wrote for an evaluation: nothing is sent while there is one.
package struct InputProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file as the person named it.
  package let file: String
  /// From 1; nil where the format has no lines of its own.
  package let line: Int?
  /// Where in the line or document: `messages[0].role`; empty for the whole.
  package let path: String
  /// What holds of every right file, with the value that broke it.
  package let rule: String
  package let hint: String

  package init(file: String, line: Int? = nil, path: String = "", rule: String, hint: String) {
    self.file = file
    self.line = line
    self.path = path
    self.rule = rule
    self.hint = hint
  }

  /// `prompts.jsonl line 3, messages[0].role: …`.
  package var place: String {
    let line = self.line.map { " line \($0)" } ?? ""
    return file.bounded + line + (path.isEmpty ? "" : (line.isEmpty ? " " : ", ") + path.bounded)
  }

  package var description: String { "\(place): \(rule). hint: \(hint)" }
}

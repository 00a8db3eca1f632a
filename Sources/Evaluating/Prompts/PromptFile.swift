import Facts
import TextFormats

/// A prompts file: one JSON object a line, as `Schemas/evaluation-prompt-1.schema.json` says. Empty lines and lines that begin
/// with `#` are passed over.
package struct PromptFile: Sendable {
  /// The prompts of right lines, in order.
  package let prompts: [EvaluationPrompt]
  /// In the order of the lines; nothing may be sent unless it is empty.
  package let problems: [InputProblem]

  /// Bytes of a line.
  package static let longestLine = 4 * 1024 * 1024
  /// Prompts of a file.
  package static let most = 1_000_000
  /// Problems that are kept; the rest of a file that is wrong throughout says nothing new.
  static let mostProblems = 200

  /// Reads the bytes of a file.
  /// - Parameter file: its name, for the problems.
  package init(_ bytes: [UInt8], file: String) {
    var prompts: [EvaluationPrompt] = []
    var problems: [InputProblem] = []
    var lines: [String: Int] = [:]
    var number = 0
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      guard problems.count < Self.mostProblems else { break }
      let line = number == 1 ? line.withoutByteOrderMark : line
      guard let first = line.first(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }),
        first != UInt8(ascii: "#")
      else { continue }
      let (prompt, found) = PromptReader.read(Array(line), file: file, line: number)
      problems += found
      guard let prompt else { continue }
      if let other = lines[prompt.id] {
        problems.append(
          InputProblem(
            file: file, line: number, path: "id",
            rule: "an id stands once in a file; \"\(prompt.id.bounded)\" stands in line \(other) already",
            hint: "give one of the two another id"))
        continue
      }
      guard prompts.count < Self.most else {
        problems.append(
          InputProblem(
            file: file, line: number, rule: "a file has at most \(Self.most) prompts", hint: "split the file")
        )
        break
      }
      lines[prompt.id] = number
      prompts.append(prompt)
    }
    if prompts.isEmpty, problems.isEmpty {
      problems.append(
        InputProblem(
          file: file, rule: "a prompts file has a prompt; this one has none",
          hint: "write one with: llmref eval init"))
    }
    self.prompts = prompts
    self.problems = problems
  }
}

extension PromptCodec {
  /// Reads what ``line(_:)`` wrote.
  /// - Throws: the first `InputProblem` of a line that is no prompt.
  package static func read(_ line: [UInt8]) throws(InputProblem) -> EvaluationPrompt {
    let (prompt, problems) = PromptReader.read(line, file: "stored prompt", line: nil)
    guard let prompt, problems.isEmpty else {
      throw problems.first
        ?? InputProblem(file: "stored prompt", rule: "the line is a prompt", hint: "the store is damaged")
    }
    return prompt
  }
}

import Facts
import TextFormats

/// Samples of OpenAI's evals: one object a line with `input` and `ideal`.
///
/// The format is that of https://github.com/openai/evals/blob/main/docs/build-eval.md; that an answer of the basic template Match
/// begins with one of the ideals, of https://github.com/openai/evals/blob/main/docs/eval-templates.md
package enum OpenAIEvals {
  package static func read(_ bytes: [UInt8], file: String) -> ImportedPrompts {
    var imported = ImportedPrompts(file: file)
    var number = 0
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      guard line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { continue }
      guard line.count <= PromptFile.longestLine, String(validating: line, as: UTF8.self) != nil,
        let value = try? JSONReader.read(Array(line)), let sample = value.object
      else {
        imported.report(
          line: number, "a line is one JSON object in UTF-8", #"write {"input": …, "ideal": …}"#)
        continue
      }
      read(sample, line: number, into: &imported)
    }
    if imported.prompts.isEmpty, imported.problems.isEmpty {
      imported.report("a file of samples has a sample; this one has none", "name another file")
    }
    return imported
  }

  private static func read(_ sample: JSONObject, line: Int, into imported: inout ImportedPrompts) {
    let messages: [PromptMessage]
    switch sample["input"] {
    case .string(let text): messages = [PromptMessage(.user, text)]
    case .array(let values):
      guard let read = imported.messages(values, line: line, path: "input") else { return }
      messages = read
    default:
      imported.report(
        line: line, path: "input", "a sample has an input: a text or messages",
        "files of other templates are brought into the form of input and ideal first")
      return
    }
    var ideals: [String] = []
    switch sample["ideal"] {
    case .string(let text): ideals = [text]
    case .number(let digits): ideals = [digits]
    case .array(let values): ideals = values.compactMap(\.numberText)
    case nil, .null:
      imported.report(
        line: line, path: "ideal", "a sample has an ideal; this one is imported without a check",
        "add a check")
    default: imported.report(line: line, path: "ideal", "an ideal is a text or a list of texts", "change it")
    }
    ideals.removeAll { $0.isEmpty }
    var checks: [PromptCheck] = []
    if !ideals.isEmpty {
      let pattern = #"^\s*(?:"# + ideals.map(LinearPattern.quoting).joined(separator: "|") + ")"
      checks = [PromptCheck(name: "ideal", kind: .matches(pattern, ignoresCase: false))]
    }
    let known: Set<String> = ["input", "ideal", "id"]
    for key in sample.members.map(\.key) where !known.contains(key) {
      imported.report(
        line: line, path: key.bounded, "only input and ideal are imported", "the rest is left out")
    }
    imported.add(id: sample["id"]?.numberText ?? "sample-\(line)", messages: messages, checks: checks)
  }
}

extension LinearPattern {
  /// A pattern that matches a text as it stands.
  package static func quoting(_ text: String) -> String {
    let special = #"\^$.|?*+()[]{}/-"#
    return text.map { special.contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}

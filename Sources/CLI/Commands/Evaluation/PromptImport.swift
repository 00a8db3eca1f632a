import ArgumentParser
import Evaluating
import Facts
import Importing
import Platform
import TextFormats

/// Reads prompts that were written for another tool.
enum PromptImport {
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case promptfoo
    case openAIEvals = "openai-evals"
    case csv
  }

  static func read(_ path: String, format: Format?) throws -> ImportedPrompts {
    let bytes = try Files.read(path)
    switch try format ?? told(path) {
    case .csv: return CSVPrompts.read(bytes, file: path)
    case .openAIEvals: return OpenAIEvals.read(bytes, file: path)
    case .promptfoo:
      do {
        return Promptfoo.read(try YAMLReader.read(bytes, file: path), file: path)
      } catch let ImportError.malformed(_, place, rule, hint) {
        throw CommandProblem("\(rule); at \(place) of \(path.bounded)", hint: hint)
      }
    }
  }

  private static func told(_ path: String) throws -> Format {
    switch path.split(separator: ".").last?.lowercased() {
    case "yaml", "yml": return .promptfoo
    case "jsonl", "ndjson": return .openAIEvals
    case "csv": return .csv
    default:
      throw CommandProblem(
        "the format of \(path.bounded) cannot be told by its ending",
        hint: "say --from-format promptfoo, openai-evals or csv")
    }
  }
}

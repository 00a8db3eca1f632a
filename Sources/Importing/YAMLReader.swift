import Facts
import TextFormats
import Yams

/// Reads YAML through Yams into the same tree as JSON, every scalar with the text it was written with.
///
/// Yams itself would turn `2.00` into a Double; curated files and prices keep their digits. Aliases and tags are
/// refused, which also stops documents that grow when expanded.
public enum YAMLReader {
  /// Bytes of a file.
  public static let largestFile = 8 * 1024 * 1024

  /// What the rule of an error begins with where the text as a whole is not YAML; what is wrong follows.
  public static let notYAML = "the file is not YAML: "

  /// - Throws: `ImportError.malformed` with line and column.
  public static func read(_ bytes: [UInt8], file: String) throws(ImportError) -> JSONValue {
    guard bytes.count <= largestFile else {
      throw .malformed(
        file: file, place: "byte \(largestFile)", rule: "a YAML file has at most \(largestFile) bytes",
        hint: "split the file")
    }
    do {
      // Tags are not read, so that nothing looks for them in every scalar.
      guard let node = try Yams.compose(yaml: String(decoding: bytes, as: UTF8.self), .basic) else {
        return .null
      }
      return try value(of: node, file: file, depth: 0)
    } catch let error as ImportError {
      throw error
    } catch {
      throw .malformed(
        file: file, place: Self.place(of: error), rule: notYAML + Self.problem(of: error),
        hint: "look at the indentation, quotes and colons there and on the line before")
    }
  }

  private static func place(of error: any Error) -> String {
    switch error as? YamlError {
    case .scanner(_, _, let mark, _)?, .parser(_, _, let mark, _)?, .composer(_, _, let mark, _)?:
      "line \(mark.line), column \(mark.column)"
    case .duplicatedKeysInMapping(_, let context)?:
      "line \(context.mark.line), column \(context.mark.column)"
    case .reader(_, let offset?, _, let yaml)?:
      "line \(yaml.prefix(offset).count { $0.isNewline } + 1)"
    default: "an unknown line"
    }
  }

  /// What is wrong, on one line and without the text around it.
  private static func problem(of error: any Error) -> String {
    switch error as? YamlError {
    case .scanner(let context, let problem, _, _)?, .parser(let context, let problem, _, _)?,
      .composer(let context, let problem, _, _)?:
      (context.map { $0.text + ", " } ?? "") + problem
    case .reader(let problem, _, _, _)?: problem
    case .duplicatedKeysInMapping(let duplicates, _)?:
      "a map has the key \(duplicates.sorted().first.map(\.bounded) ?? "") twice"
    default: "it cannot be read"
    }
  }

  private static func value(of node: Node, file: String, depth: Int) throws(ImportError) -> JSONValue {
    guard depth < 32 else {
      throw .malformed(
        file: file, place: place(of: node), rule: "lists and maps nest at most 32 deep",
        hint: "flatten the file")
    }
    switch node {
    case .scalar(let scalar): return plain(scalar)
    case .sequence(let sequence):
      var values: [JSONValue] = []
      for item in sequence { values.append(try value(of: item, file: file, depth: depth + 1)) }
      return .array(values)
    case .mapping(let mapping):
      var object = JSONObject()
      var merged: [JSONValue] = []
      for (key, item) in mapping {
        // `<<: *anchor` takes over what the map does not say itself.
        if key.scalar?.string == "<<" {
          merged.append(try value(of: item, file: file, depth: depth + 1))
          continue
        }
        guard let name = key.scalar?.string,
          object.insert(name, try value(of: item, file: file, depth: depth + 1))
        else {
          throw .malformed(
            file: file, place: place(of: key), rule: "a key stands once and is a text",
            hint: "remove one of the two")
        }
      }
      for (name, item) in merged.flatMap({ $0.object?.members ?? [] }) where object[name] == nil {
        _ = object.insert(name, item)
      }
      return .object(object)
    case .alias:
      throw .malformed(
        file: file, place: place(of: node), rule: "aliases are not read", hint: "write the value out")
    }
  }

  private static func plain(_ scalar: Node.Scalar) -> JSONValue {
    guard scalar.style == .plain || scalar.style == .any else { return .string(scalar.string) }
    switch scalar.string {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null", "~", "": return .null
    default:
      return (try? ExactDecimal(parsing: scalar.string)) == nil
        ? .string(scalar.string) : .number(scalar.string)
    }
  }

  private static func place(of node: Node) -> String {
    guard let mark = node.mark else { return "an unknown line" }
    return "line \(mark.line), column \(mark.column)"
  }
}

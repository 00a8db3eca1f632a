import Facts
import TextFormats

/// A configuration of promptfoo: every prompt with the variables of every test.
///
/// The form is that of https://www.promptfoo.dev/docs/configuration/reference/ and its pages on prompts and test cases. Prompts
/// and tests in other files, programs, and template expressions beyond `{{name}}` are not followed; each is a problem.
package enum Promptfoo {
  package static func read(_ document: JSONValue, file: String) -> ImportedPrompts {
    var imported = ImportedPrompts(file: file)
    guard document.object != nil else {
      imported.report(
        "a configuration is a map with prompts and tests; found \(document.kind)", "name another file")
      return imported
    }
    let templates = Self.templates(document["prompts"], &imported)
    let defaults = document["defaultTest"]
    let defaultVariables = defaults?["vars"]?.object?.members ?? []
    let defaultAssertions = defaults?["assert"]?.array ?? []
    var tests = document["tests"]?.array ?? []
    if document["tests"] == nil {
      tests = [.object(JSONObject())]
    } else if document["tests"]?.array == nil {
      imported.report(
        path: "tests", "tests of other files are not followed",
        "import the CSV file itself, or list the tests")
    }
    for (place, test) in tests.enumerated() {
      let path = "tests[\(place)]"
      guard test.object != nil else {
        imported.report(path: path, "a test of another file is not followed", "list it in the configuration")
        continue
      }
      var variables = test["vars"]?.object?.members ?? []
      if let vars = test["vars"], vars.object == nil {
        imported.report(path: path + ".vars", "vars are a map", "list the variables")
        continue
      }
      for (key, value) in defaultVariables where !variables.contains(where: { $0.key == key }) {
        variables.append((key, value))
      }
      let checks =
        Self.checks(defaultAssertions, "defaultTest", &imported)
        + Self.checks(test["assert"]?.array ?? [], path, &imported)
      let settings = combinations(variables)
      guard settings.count <= 10_000 else {
        imported.report(path: path, "lists of variables give at most 10,000 combinations", "split the test")
        continue
      }
      let name = test["description"]?.string ?? "test-\(place + 1)"
      for (number, template) in templates.enumerated() {
        for values in settings {
          guard let messages = Self.messages(template, values, path, &imported) else { continue }
          imported.add(
            id: templates.count > 1 ? "\(name)-\(number + 1)" : name, messages: messages,
            checks: checks.map { filled($0, values) },
            cluster: templates.count > 1 || settings.count > 1 ? name : nil)
        }
      }
    }
    return imported
  }

  private static func templates(_ value: JSONValue?, _ imported: inout ImportedPrompts) -> [JSONValue] {
    let values = value?.array ?? value.map { [$0] } ?? []
    var templates: [JSONValue] = []
    for (place, value) in values.enumerated() {
      let text = value.string ?? value["raw"]?.string
      guard let text, !text.hasPrefix("file://"), !text.hasPrefix("exec:") else {
        imported.report(
          path: "prompts[\(place)]", "a prompt in another file or program is not followed",
          "write the prompt into the configuration")
        continue
      }
      templates.append(.string(text))
    }
    if templates.isEmpty, imported.problems.isEmpty {
      imported.report(path: "prompts", "a configuration has prompts", "list at least one")
    }
    return templates
  }

  private static func checks(
    _ assertions: [JSONValue], _ path: String, _ imported: inout ImportedPrompts
  ) -> [PromptCheck] {
    var checks: [PromptCheck] = []
    for (place, assertion) in assertions.enumerated() {
      let here = "\(path).assert[\(place)]"
      guard let type = assertion["type"]?.string else {
        imported.report(path: here, "an assertion has a type", "add one")
        continue
      }
      switch PromptfooAssertion.read(type: type, value: assertion["value"], name: assertion["metric"]?.string)
      {
      case .checks(let more): checks += more
      case .problem(let rule, let hint): imported.report(path: here, rule, hint)
      }
    }
    return checks
  }

  /// A variable that is a list stands for each of its values in turn.
  private static func combinations(_ variables: [(key: String, value: JSONValue)]) -> [[String: String]] {
    var all: [[String: String]] = [[:]]
    for (key, value) in variables {
      let values = (value.array ?? [value]).map { $0.numberText ?? $0.text }
      guard all.count * max(1, values.count) <= 10_001 else { return Array(repeating: [:], count: 10_001) }
      all = all.flatMap { setting in
        values.map { value in setting.merging([key: value]) { $1 } }
      }
    }
    return all
  }

  private static func messages(
    _ template: JSONValue, _ values: [String: String], _ path: String, _ imported: inout ImportedPrompts
  ) -> [PromptMessage]? {
    guard let text = template.string else { return nil }
    // A prompt that is a JSON list holds the messages of a conversation; it is read before it is filled in, so that a
    // variable with quotes cannot break it.
    if let list = (try? JSONReader.read(Array(text.utf8)))?.array,
      let messages = imported.messages(list, line: nil, path: "prompts")
    {
      var whole: [PromptMessage] = []
      for message in messages {
        var parts: [PromptPart] = []
        for case .text(let part) in message.parts {
          guard let filled = fill(part, values, path, &imported) else { return nil }
          parts.append(.text(filled))
        }
        whole.append(PromptMessage(role: message.role, parts: parts))
      }
      return whole
    }
    return fill(text, values, path, &imported).map { [PromptMessage(.user, $0)] }
  }

  /// Puts values in place of `{{name}}`; nil, with a problem, for any other expression and for names without a value.
  private static func fill(
    _ template: String, _ values: [String: String], _ path: String, _ imported: inout ImportedPrompts
  ) -> String? {
    if template.contains("{%") || template.contains("{#") {
      imported.report(path: path, "only {{name}} is filled in; the prompt has {% or {#", "write it out")
      return nil
    }
    var result = ""
    var rest = template[...]
    while let open = rest.firstRange(of: "{{") {
      result += rest[..<open.lowerBound]
      rest = rest[open.upperBound...]
      guard let close = rest.firstRange(of: "}}") else {
        imported.report(path: path, "{{ is closed by }}", "close it")
        return nil
      }
      let name = String(rest[..<close.lowerBound].filter { $0 != " " })
      guard let value = values[name] else {
        imported.report(
          path: path, "only {{name}} of a variable is filled in; found {{\(name.bounded)}}",
          "give the test such a variable")
        return nil
      }
      result += value
      rest = rest[close.upperBound...]
    }
    return result + rest
  }

  /// The check with variables in its texts put in place; a text with another expression stays as it is.
  private static func filled(_ check: PromptCheck, _ values: [String: String]) -> PromptCheck {
    func fill(_ text: String) -> String {
      values.reduce(text) { text, pair in
        text.replacing("{{\(pair.key)}}", with: pair.value).replacing("{{ \(pair.key) }}", with: pair.value)
      }
    }
    switch check.kind {
    case .exact(let text, let ignoresCase):
      return PromptCheck(name: check.name, kind: .exact(fill(text), ignoresCase: ignoresCase))
    case .contains(let text, let ignoresCase):
      return PromptCheck(name: check.name, kind: .contains(fill(text), ignoresCase: ignoresCase))
    case .lacks(let text, let ignoresCase):
      return PromptCheck(name: check.name, kind: .lacks(fill(text), ignoresCase: ignoresCase))
    default: return check
    }
  }
}

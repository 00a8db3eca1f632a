import Facts
import TextFormats

/// Reads one route of a routes file.
enum RouteReader {
  static func read(_ reader: inout ObjectReader) -> EvaluationRoute? {
    let name = reader.requiredText("name", most: 100, hint: "give the route a name of its own")
    if let name, !name.unicodeScalars.allSatisfy(\.isHarmless) {
      reader.report("name", "a name has no control characters", "write plain characters")
    }
    let url = reader.requiredText(
      "base_url", most: 2048, hint: "write what stands before /chat/completions, /responses or /messages")
    let baseURL = url.flatMap { address($0, &reader) }
    if reader.value("api") == nil {
      reader.report("api", "api is missing", "write chat, responses or messages")
    }
    let api = reader.choice("api", APIKind.self)
    let model = reader.requiredText("model", most: 300, hint: "write the id that the server knows")
    let variable = reader.text("key_variable", most: 300)
    if let variable { check(variable: variable, "key_variable", &reader) }
    let headers = texts("headers", &reader)
    let headerVariables = texts("header_variables", &reader)
    for (header, value) in headers.sorted(by: { $0.key < $1.key }) {
      check(header: header, "headers.\(header)", &reader)
      if KeyShapes.isKeyHeader(header) || KeyShapes.looksLikeKey(value) {
        reader.report(
          "headers.\(header)", "a key never stands in the routes file",
          "name the environment variable that holds it: key_variable, or header_variables for another header")
      } else if !value.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value < 0x7F }) {
        reader.report("headers.\(header)", "a header's value is printable ASCII", "remove other characters")
      }
    }
    for (header, variable) in headerVariables.sorted(by: { $0.key < $1.key }) {
      check(header: header, "header_variables.\(header)", &reader)
      check(variable: variable, "header_variables.\(header)", &reader)
    }
    let body = reader.object("body") ?? JSONObject()
    for (key, value) in body.members {
      if KeyShapes.isKeyName(key) || KeyShapes.holdsKey(value) {
        reader.report(
          "body.\(key.bounded)", "a key never stands in the routes file",
          "name the environment variable that holds it: key_variable or header_variables")
      } else if reserved.contains(key) {
        reader.report(
          "body.\(key)", "the program writes \(key) itself", "set it in the prompts file or leave it out")
      }
    }
    let use = reader.value("use") == nil ? .candidate : reader.choice("use", EvaluationRoute.Use.self)
    let streams = reader.flag("stream") ?? true
    let route = EvaluationRoute(
      name: name ?? "", use: use ?? .candidate, baseURL: baseURL ?? "", api: api ?? .chat, model: model ?? "",
      providerPin: reader.texts("provider", most: 20) ?? [], region: reader.text("region", most: 100),
      keyVariable: variable, requestsPerMinute: reader.count("rpm", 1...10_000_000),
      tokensPerMinute: reader.count("tpm", 1...1_000_000_000_000),
      concurrency: Int(reader.count("concurrency", 1...1024) ?? 4),
      catalogueRoute: catalogueRoute(&reader), headers: headers, headerVariables: headerVariables, body: body,
      streams: streams, timeoutSeconds: reader.count("timeout_seconds", 1...86_400) ?? 300,
      maxErrors: reader.count("max_errors", 1...1_000_000_000))
    return reader.problems.isEmpty ? route : nil
  }

  /// Members of a body that carry what a cell asks; an extra that replaced them would make the cell's key a lie.
  private static let reserved: Set<String> = [
    "messages", "input", "model", "stream", "tools", "instructions", "system",
  ]

  private static func address(_ text: String, _ reader: inout ObjectReader) -> String? {
    let hint = "write it like https://api.openai.com/v1"
    let lower = text.lowercased()
    guard let scheme = ["https://", "http://"].first(where: { lower.hasPrefix($0) }) else {
      reader.report("base_url", "base_url begins with https:// or http://; found \"\(shown(text))\"", hint)
      return nil
    }
    let rest = text.dropFirst(scheme.utf8.count)
    let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard !host.contains("@"), !text.contains("?"), !text.contains("#") else {
      reader.report(
        "base_url", "base_url has no user, key, question mark or fragment",
        "name the environment variable that holds the key: key_variable")
      return nil
    }
    guard !host.isEmpty, host != ":",
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "\"") })
    else {
      reader.report("base_url", "base_url is an address; found \"\(shown(text))\"", hint)
      return nil
    }
    var address = text
    while address.hasSuffix("/") { address.removeLast() }
    return address
  }

  /// An address in an error, without what may be a key.
  private static func shown(_ text: String) -> String {
    KeyShapes.looksLikeKey(text) || text.contains("@") ? "…" : text.bounded
  }

  private static func catalogueRoute(_ reader: inout ObjectReader) -> String? {
    guard let text = reader.text("catalogue_route", most: 300) else { return nil }
    guard let slash = text.firstIndex(of: "/"), slash != text.startIndex,
      text.index(after: slash) != text.endIndex
    else {
      reader.report(
        "catalogue_route", "catalogue_route is PROVIDER/ID; found \"\(text.bounded)\"",
        "write it like openai/gpt-5.4 or openrouter/openai/gpt-5.4")
      return nil
    }
    return text
  }

  private static func texts(_ key: String, _ reader: inout ObjectReader) -> [String: String] {
    var texts: [String: String] = [:]
    for (name, value) in reader.object(key)?.members ?? [] {
      guard let text = value.numberText ?? value.bool.map({ $0 ? "true" : "false" }) else {
        reader.report(
          "\(key).\(name.bounded)", "a value is a text; found \(value.kind)", "write it in double quotes")
        continue
      }
      texts[name.lowercased()] = text
    }
    return texts
  }

  private static func check(header: String, _ place: String, _ reader: inout ObjectReader) {
    let isToken =
      !header.isEmpty && header.utf8.count <= 200
      && header.utf8.allSatisfy { PromptReader.isNameByte($0) || $0 == UInt8(ascii: ".") }
    guard isToken else {
      reader.report(place, "a header's name has letters, digits, - and _ only", "rename it")
      return
    }
    if ["host", "content-length", "transfer-encoding", "content-type", "connection"].contains(header) {
      reader.report(place, "the program writes \(header) itself", "leave it out")
    }
  }

  /// The value is not shown: somebody may have pasted the key itself.
  private static func check(variable: String, _ place: String, _ reader: inout ObjectReader) {
    let bytes = Array(variable.utf8)
    let isName =
      (1...100).contains(bytes.count) && !KeyShapes.looksLikeKey(variable) && !(48...57).contains(bytes[0])
      && bytes.allSatisfy { PromptReader.isNameByte($0) && $0 != UInt8(ascii: "-") }
    if !isName {
      reader.report(
        place, "this is the NAME of an environment variable: letters, digits and _",
        "write the name, such as OPENAI_API_KEY; never the key itself")
    }
  }
}

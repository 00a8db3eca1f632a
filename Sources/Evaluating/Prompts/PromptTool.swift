import TextFormats

/// A function that the model may call.
package struct PromptTool: Hashable, Sendable {
  package let name: String
  package let description: String?
  /// A JSON Schema of its arguments.
  package let parameters: JSONValue
  /// Whether the server must hold the arguments to the schema; nil leaves it to the server.
  package let isStrict: Bool?

  package init(name: String, description: String? = nil, parameters: JSONValue, isStrict: Bool? = nil) {
    self.name = name
    self.description = description
    self.parameters = parameters
    self.isStrict = isStrict
  }
}

/// Whether the model calls a tool.
package enum ToolChoice: Hashable, Sendable {
  case auto
  case none
  /// Any tool, but one.
  case required
  /// The tool of that name.
  case named(String)
}

/// The form that the answer must have.
package enum ResponseFormat: Hashable, Sendable {
  case text
  /// Any JSON object.
  case jsonObject
  /// JSON that fits a schema.
  case jsonSchema(name: String, schema: JSONValue, isStrict: Bool?)
}

import TextFormats

/// Structured data beside the words, in a fixed order of keys. Whole numbers, texts and flags alone: exact values are texts.
public typealias DataValue = JSONValue

extension JSONValue {
  public static func text(_ text: String) -> JSONValue { .string(text) }
  public static func integer(_ number: Int) -> JSONValue { .number(String(number)) }
  public static func flag(_ flag: Bool) -> JSONValue { .bool(flag) }
  public static func list(_ items: [JSONValue]) -> JSONValue { .array(items) }
}

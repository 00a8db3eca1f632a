import Facts
import Pricing
import TextFormats

/// Writes rows as the canonical lines of `Schemas/usage-row-1.schema.json`: one flat JSON object a line, the same bytes for the
/// same row.
public enum CanonicalRow {
  /// The row without its place, and without a line end.
  public static func line(_ row: UsageRow) -> [UInt8] {
    var text: [UInt8] = [UInt8(ascii: "{")]
    func key(_ name: String) {
      if text.count > 1 { text.append(UInt8(ascii: ",")) }
      string(name, into: &text)
      text.append(UInt8(ascii: ":"))
    }
    func add(_ name: String, _ value: String?) {
      guard let value else { return }
      key(name)
      string(value, into: &text)
    }
    func add(_ name: String, _ value: Int64) {
      key(name)
      text.append(contentsOf: String(value).utf8)
    }
    add("time", row.time?.text)
    add("provider", row.provider)
    add("model", row.model)
    for unit in row.usage.units where unit != .request { add(unit.usageKey, row.usage[unit]) }
    if row.requests != 1 { add(BillableUnit.request.usageKey, row.requests) }
    add("mode", row.mode?.rawValue)
    add("charged_usd", row.charged?.text)
    add("key", row.key)
    add("id", row.requestID)
    if !row.tags.isEmpty {
      key("tags")
      text.append(UInt8(ascii: "{"))
      for (place, tag) in row.tags.sorted(by: { $0.key < $1.key }).enumerated() {
        if place > 0 { text.append(UInt8(ascii: ",")) }
        string(tag.key, into: &text)
        text.append(UInt8(ascii: ":"))
        string(tag.value, into: &text)
      }
      text.append(UInt8(ascii: "}"))
    }
    text.append(UInt8(ascii: "}"))
    return text
  }

  private static func string(_ value: String, into text: inout [UInt8]) {
    JSONText.string(value, escapes: .numberedControls, into: &text)
  }
}

import TextFormats

/// The records of a JSON document; of one that is cut off, those before the cut.
struct DocumentRecords {
  private(set) var records: [JSONValue]
  /// Why the document is none; nil for a whole one.
  private(set) var error: JSONError?

  init(_ bytes: [UInt8]) {
    do {
      records = LogSample.records(of: try JSONReader.read(bytes, limits: UsageLogReader.documentLimits))
    } catch {
      records = Self.salvaged(bytes)
      self.error = error
    }
  }

  /// The objects that stand whole in the outermost list.
  private static func salvaged(_ bytes: [UInt8]) -> [JSONValue] {
    var found: [JSONValue] = []
    var depth = 0
    var listDepth: Int?
    var start: Int?
    var isText = false
    var isEscaped = false
    for (place, byte) in bytes.enumerated() {
      if isText {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isText = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isText = true
      case UInt8(ascii: "["):
        depth += 1
        if listDepth == nil { listDepth = depth }
      case UInt8(ascii: "{"):
        if depth == listDepth { start = place }
        depth += 1
      case UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: "}"):
        depth -= 1
        guard depth == listDepth, let begin = start else { continue }
        start = nil
        if let value = try? JSONReader.read(Array(bytes[begin...place]), limits: UsageLogReader.lineLimits) {
          found.append(value)
        }
      default: break
      }
    }
    return found
  }
}

import Facts

/// The paths of a site's pages. `Publishing` answers them; links of documents lead to them.
public enum Paths {
  public static func model(_ id: ModelID) -> String { "/model/" + encoded(id.rawValue) }
  public static func route(_ id: ModelID, _ provider: ProviderID) -> String {
    model(id) + "/" + segment(provider.rawValue)
  }
  public static func provider(_ id: ProviderID) -> String { "/provider/" + segment(id.rawValue) }
  public static func lab(_ id: LabID) -> String { "/lab/" + segment(id.rawValue) }
  public static func family(_ name: String) -> String { "/family/" + segment(name) }
  public static func benchmark(_ id: BenchmarkID) -> String { "/benchmark/" + encoded(id.rawValue) }
  public static func compare(_ ids: [ModelID]) -> String {
    "/compare" + ids.map { "/" + encoded($0.rawValue) }.joined()
  }
  public static func explain(_ id: ModelID, _ field: Field) -> String {
    "/explain/" + encoded(id.rawValue) + "/" + segment(field.rawValue)
  }

  /// Several segments: slashes stay.
  private static func encoded(_ text: String) -> String { encoded(text, slashes: true) }

  /// One segment of a path, RFC 3986: all but unreserved characters in percents.
  public static func segment(_ text: String) -> String { encoded(text, slashes: false) }

  private static func encoded(_ text: String, slashes: Bool) -> String {
    var plain = text
    let isPlain = plain.withUTF8 { bytes in
      bytes.allSatisfy { isUnreserved($0) || slashes && $0 == UInt8(ascii: "/") }
    }
    if isPlain { return text }
    var result = ""
    for byte in text.utf8 {
      if isUnreserved(byte) || slashes && byte == UInt8(ascii: "/") {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += (byte < 16 ? "%0" : "%") + digits
      }
    }
    return result
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      true
    default: false
    }
  }
}

import Facts
import TextFormats

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
  private static func encoded(_ text: String) -> String {
    PercentEncoding.encoded(text, keepingSlashes: true)
  }

  /// One segment of a path.
  public static func segment(_ text: String) -> String { PercentEncoding.encoded(text) }
}

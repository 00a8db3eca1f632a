import Cataloguing
import Facts
import Pages
import Rendering
import TextFormats

/// The files under `/data` that the scripts read where no server answers queries.
struct DataFiles {
  let site: Site

  init(_ site: Site) { self.site = site }

  static let models = "/data/models.json"

  /// `/data/prices/openai/gpt-5.json`
  static func prices(_ id: ModelID) -> String {
    "/data/prices" + Paths.model(id).dropFirst("/model".count) + ".json"
  }

  var paths: [String] { [Self.models] + site.directory.sheets.map { Self.prices($0.model.id) } }

  /// nil for what is no such file.
  func answer(_ address: SiteAddress) throws(CatalogueError) -> SiteAnswer? {
    guard address.segments.first == "data", address.form == .json else { return nil }
    let rest = address.segments.dropFirst()
    if rest == ["models"] {
      return SiteAnswer(.json, JSONText.line(try BrowserData.models(site.directory)))
    }
    guard rest.first == "prices",
      let sheet = try site.shelf.sheet(ModelID(rest.dropFirst().joined(separator: "/")))
    else { return nil }
    return SiteAnswer(.json, JSONText.line(BrowserData.prices(sheet)))
  }
}

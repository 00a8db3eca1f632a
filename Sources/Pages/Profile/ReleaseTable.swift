import Cataloguing
import Documents
import Facts

/// The releases of a model, each with the price, limit and end that its own routes state.
enum ReleaseTable {
  /// nil for a model that is served in one release.
  /// - Throws: `CatalogueError` when the catalogue is broken.
  static func section(_ model: Model, on shelf: Shelf) throws(CatalogueError) -> Section? {
    guard !model.releases.isEmpty else { return nil }
    var rows: [Table.Row] = []
    for name in model.releases {
      let id = ModelID(model.id, release: name)
      guard let release = try shelf.model(id) else { continue }
      let own = release.routes.first(where: \.isFirstParty)
      rows.append(
        Table.Row(
          Display.harmless(id.rawValue), note: own == nil ? "the lab lists no route of it" : nil,
          cells: [
            [.cell(own.map { Cells.price($0.prices.base(.input), .input) } ?? .unknown)],
            [.cell(own.map { Cells.price($0.prices.base(.output), .output) } ?? .unknown)],
            [.cell(Cells.cell(release[.maxOutput], .maxOutput))],
            [.cell(own.map { Cells.cell($0[.retirement], .retirement) } ?? .unknown)],
            [.cell(.plain(Display.counted(release.routes.count, "route")))],
          ]))
    }
    guard !rows.isEmpty else { return nil }
    return Section(
      id: "releases", title: "Releases",
      blocks: [
        .paragraph([.text("Each release can be asked for and compared by its own id.")]),
        .table(
          Table(
            caption:
              "Releases of \(Display.harmless(model.name)): the lab's price in US dollars per 1M tokens",
            head: ["Release", "Input", "Output", "Max output", "Ends at the lab", "Routes"], rows: rows)),
      ])
  }
}

import Deciding
import Documents
import Facts

/// Models as rows, the same wherever a page lists models.
enum ModelTable {
  /// - Parameter saysLife: whether a model that ends soon or is served by nobody says so in place of its routes. The scripts of a host
  ///   without a server make the rows of a search from data that has no lives.
  static func table(_ sheets: some Sequence<ModelSheet>, caption: String, saysLife: Bool = false) -> Table {
    Table(
      caption: caption,
      head: ["Model", "Released", "Context", "Monthly cost", "Cheapest output", "Routes"],
      rows: sheets.map { row($0, saysLife: saysLife) })
  }

  private static func row(_ sheet: ModelSheet, saysLife: Bool) -> Table.Row {
    let estimate = sheet.assessment.estimate
    let decimals = Display.decimals(for: [estimate.cheapest?.cost].compactMap(\.self))
    return Table.Row(
      sheet.name, note: sheet.model.id.rawValue, path: Paths.model(sheet.model.id),
      cells: [
        [.cell(sheet.cell(.released))], [.cell(sheet.cell(.contextWindow))],
        [.cell(sheet.costCell(estimate, decimals: decimals))]
          + ChannelFees.beside(estimate.cheapest?.route.fee), sheet.cheapestOutput,
        [.cell(served(sheet, saysLife: saysLife))],
      ])
  }
}

extension ModelTable {
  /// How many routes are tracked; of a model that ends soon or is served by nobody, that.
  fileprivate static func served(_ sheet: ModelSheet, saysLife: Bool) -> Cell {
    let life = sheet.model.life
    if saysLife, life.notableEnd != nil || sheet.model.availableRoutes.isEmpty { return LifeLines.cell(life) }
    return .plain("\(sheet.assessment.trackedRoutes.count) tracked")
  }
}

extension Section {
  /// The closing section of every page that quotes facts.
  package static func sources(_ stamp: CatalogueStamp, reviewed: CalendarDate?) -> Section {
    Section(
      id: "sources", title: "Sources",
      blocks: [.paragraph(SourceWords.stamp(stamp, reviewed: reviewed)), .sources])
  }
}

extension Document {
  /// A page that quotes the sheets of several models and numbers its citations itself.
  package static func page(
    _ kind: String, _ title: String, _ stamp: CatalogueStamp, opening: [Block], _ sections: [Section],
    data: @autoclosure @escaping @Sendable () -> DataValue
  ) -> Document {
    Document(
      kind: kind, title: title, stamp: stamp,
      sections: [
        Section(
          id: "introduction", title: title,
          blocks: opening + stamp.notices.map { .notice([.text($0)]) })
      ] + sections, data: data())
  }
}

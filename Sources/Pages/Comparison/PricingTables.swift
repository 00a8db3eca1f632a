import Documents

extension Comparison {
  static let pricing: @Sendable (Comparison) -> Section = { page in
    var blocks: [Block] = []
    for (sheet, name) in zip(page.sheets, page.names) {
      if let table = sheet.routeTable {
        blocks.append(.table(name == sheet.name ? table : table.captioned(RouteTable.caption(name))))
      } else {
        blocks.append(.paragraph([.text("No provider route is tracked for \(name).")]))
      }
    }
    return Section(id: "pricing", title: "Pricing and availability", blocks: blocks)
  }
}

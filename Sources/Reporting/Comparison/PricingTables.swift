import Documents

extension Comparison {
  static let pricing: @Sendable (Comparison) -> Section = { page in
    var blocks: [Block] = []
    for index in page.models.indices {
      if page.models[index].routes.isEmpty {
        blocks.append(.paragraph([.text("No provider route is tracked for \(page.names[index]).")]))
      } else {
        blocks.append(.table(RouteTable.table(page.models[index], name: page.names[index])))
      }
    }
    return Section(id: "pricing", title: "Pricing and availability", blocks: blocks)
  }
}

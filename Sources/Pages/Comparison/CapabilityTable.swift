import Documents
import Facts

extension Comparison {
  static let capabilities: @Sendable (Comparison) -> Section = { page in
    let rows = Capability.allCases.map { capability in
      Table.Row(
        capability.title, note: capability.definition,
        cells: page.sheets.map { $0.capabilityRuns[capability.place] })
    }
    return Section(
      id: "capabilities", title: "Capabilities",
      blocks: [
        .table(
          Table(
            caption: "Capabilities", head: ["Capability"] + page.names, headPaths: page.headPaths, rows: rows)
        )
      ])
  }
}

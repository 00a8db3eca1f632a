import Documents
import Facts

extension Comparison {
  static let specFields: [Field] = [
    .released, .contextWindow, .maxOutput, .parameters, .activeParameters, .architecture, .license,
    .osiApproved, .openness,
    .commercialUse, .knowledgeCutoff, .retirement,
  ]

  static let specs: @Sendable (Comparison) -> Section = { page in
    let rows = specRows.enumerated().map { place, row in
      Table.Row(
        row.field.title, note: row.note,
        cells: page.models.indices.map {
          row.field == .contextWindow ? [.cell(page.contextCell($0))] : page.sheets[$0].specs[place]
        })
    }
    return Section(
      id: "specs", title: "Specs",
      blocks: [
        .table(
          Table(
            caption: "Specifications", head: ["Specification"] + page.names, headPaths: page.headPaths,
            rows: rows))
      ])
  }

  private static let specRows = specFields.map { (field: $0, note: notes[$0]) }

  static let notes: [Field: String] = [
    .contextWindow: "Prompt and answer together, in tokens.", .maxOutput: "Largest answer, in tokens.",
    .parameters: "Weights of all experts.", .activeParameters: "Weights used for a token.",
    .license: "SPDX identifier where there is one.", .osiApproved: "Approved by the Open Source Initiative.",
    .openness: "Whether the weights can be had.", .retirement: "The day the lab stops serving it.",
  ]
}

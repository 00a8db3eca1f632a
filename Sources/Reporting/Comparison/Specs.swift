import Documents
import Facts

extension Comparison {
  static let specFields: [Field] = [
    .released, .contextWindow, .maxOutput, .parameters, .activeParameters, .architecture, .license,
    .osiApproved, .openness,
    .commercialUse, .knowledgeCutoff, .retirement,
  ]

  static let specs: @Sendable (Comparison) -> Section = { page in
    let rows = specFields.map { field in
      Table.Row(
        field.title, note: notes[field],
        cells: page.models.indices.map {
          [.cell(field == .contextWindow ? page.contextCell($0) : page.sheets[$0].cell(field))]
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

  static let notes: [Field: String] = [
    .contextWindow: "Prompt and answer together, in tokens.", .maxOutput: "Largest answer, in tokens.",
    .parameters: "Weights of all experts.", .activeParameters: "Weights used for a token.",
    .license: "SPDX identifier where there is one.", .osiApproved: "Approved by the Open Source Initiative.",
    .openness: "Whether the weights can be had.", .retirement: "The day the lab stops serving it.",
  ]
}

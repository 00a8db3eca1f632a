import Cataloguing
import Deciding
import Documents
import Facts

/// Phrases about one model that comparisons quote as they stand, where they call it by its own name.
final class SheetQuotes: Sendable {
  /// `GPT-5 (2025) by OpenAI`.
  let opening: Phrase
  /// `GPT-5: openness proprietary, license …`.
  let licence: Phrase
  /// `GPT-5 runs at OpenAI and Azure.`
  let providers: Phrase
  /// Links to comparisons with the nearest models, nearest first.
  let links: [(id: ModelID, link: Link)]
  /// `vision (Yes)`, in the order of `Capability.allCases`; nil for what no source says.
  let phrased: [Phrase?]
  /// `GPT-5 (Yes)`, in the same order.
  let named: [Phrase?]
  /// `for GPT-5, models.dev says Yes, LiteLLM says No (…)`, for disputed capabilities.
  let contested: [Capability: Phrase]

  init(_ sheet: ModelSheet) {
    let list = sheet.list
    opening = Phrase(Self.opening(sheet, name: sheet.name), in: list)
    licence = Phrase(Self.licence(sheet, name: sheet.name), in: list)
    providers = Phrase(Self.providers(sheet, name: sheet.name), in: list)
    links = sheet.alternatives.map {
      ($0.id, $0.link(from: sheet.model.id, named: sheet.name).kept(in: list))
    }
    let stated = Capability.allCases.map { sheet.cell($0).state == .unknown ? nil : $0 }
    phrased = stated.map { $0.map { Phrase(Self.phrased($0, sheet), in: list) } }
    named = stated.map { $0.map { Phrase(Self.named($0, sheet, name: sheet.name), in: list) } }
    var contested: [Capability: Phrase] = [:]
    for capability in Capability.allCases where sheet.cell(capability).isDisputed {
      contested[capability] = Phrase(Self.contested(capability, sheet, name: sheet.name), in: list)
    }
    self.contested = contested
  }

  static func opening(_ sheet: ModelSheet, name: String) -> [Run] {
    var runs: [Run] = [.text(name)]
    if let year = sheet.year { runs += [.text(" ("), .cell(year), .text(")")] }
    return runs + [.text(" by \(Display.harmless(sheet.model.labName))")]
  }

  static func phrased(_ capability: Capability, _ sheet: ModelSheet) -> [Run] {
    [.text(capability.phrase + " ("), .cell(sheet.cell(capability)), .text(")")]
  }

  static func named(_ capability: Capability, _ sheet: ModelSheet, name: String) -> [Run] {
    [.text(name + " ("), .cell(sheet.cell(capability)), .text(")")]
  }

  static func licence(_ sheet: ModelSheet, name: String) -> [Run] {
    [
      .text("\(name): openness "), .cell(sheet.cell(.openness)), .text(", license "),
      .cell(sheet.cell(.license)), .text(", OSI-approved "), .cell(sheet.cell(.osiApproved)),
      .text(", commercial use "), .cell(sheet.cell(.commercialUse)), .text("."),
    ]
  }

  static func providers(_ sheet: ModelSheet, name: String) -> [Run] {
    let providers = sheet.providers
    guard !providers.isEmpty else { return [.text("No tracked provider serves \(name).")] }
    let shown = providers.prefix(8).map { [Run.cell($0.cell)] }
    let opening: [Run] = [.text("\(name) runs at ")]
    guard providers.count > 8 else { return opening + Wording.joined(shown) + [.text(".")] }
    var runs = opening
    for (place, provider) in shown.enumerated() { runs += (place > 0 ? [.text(", ")] : []) + provider }
    return runs + [.text(" and \(Display.counted(providers.count - 8, "more provider")).")]
  }

  static func contested(_ capability: Capability, _ sheet: ModelSheet, name: String) -> [Run] {
    let cell = sheet.cell(capability)
    var runs: [Run] = [
      .text("for \(name), \(sources(cell.citations)) \(verb(cell.citations)) "), .cell(cell),
    ]
    for dissent in cell.dissents where !dissent.isVariation {
      let other = Cell(
        dissent.display, state: .known, exact: dissent.display.lowercased(), citations: dissent.citations,
        rule: dissent.cause.rawValue)
      runs += [
        .text(", \(sources(dissent.citations)) \(verb(dissent.citations)) "), .cell(other),
        .text(" (\(dissent.cause.rawValue))"),
      ]
    }
    return runs
  }

  private static func sources(_ citations: [Citation]) -> String { Display.listed(names(citations)) }
  private static func verb(_ citations: [Citation]) -> String { names(citations).count == 1 ? "says" : "say" }

  /// The titles of the sources, each once, in order.
  private static func names(_ citations: [Citation]) -> [String] {
    var seen: Set<String> = []
    return citations.map { Display.harmless($0.source.title) }.filter { seen.insert($0).inserted }
  }
}

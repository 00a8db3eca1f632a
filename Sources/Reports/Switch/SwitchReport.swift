import Cataloguing
import Deciding
import Documents
import Facts
import Pages

/// A migration plan as a page: one table a topic, each line with its sources.
public struct SwitchReport: Sendable {
  public let plan: SwitchPlan
  public let stamp: CatalogueStamp
  /// What is said first of the ends of both sides.
  private let notices: [Block]

  public init(_ plan: SwitchPlan, catalogue: Catalogue, asOf: CalendarDate) {
    self.plan = plan
    stamp = CatalogueStamp(catalogue, asOf: asOf)
    notices = [plan.from, plan.to].compactMap { side in
      let succession = (try? catalogue.succession(of: side.route)).flatMap(\.self)
      return LifeLines.line(side.route, name: Display.harmless(side.model.name), then: succession)
        .map { .notice($0) }
    }
  }

  public var document: Document {
    var sections = [Section(id: "introduction", title: "Switch", blocks: introduction)]
    for (id, title, topics) in Self.parts {
      let lines = plan.lines.filter { topics.contains($0.topic) }
      guard !lines.isEmpty else { continue }
      var rows = lines.map { line in
        Table.Row(
          Self.label(line),
          cells: [[.cell(Self.cell(line))], [.cell(.plain(line.share.map(Self.words) ?? "–"))]])
      }
      if topics.contains(.cost) { rows.insert(fees, at: 1) }
      sections.append(
        Section(
          id: id, title: title,
          blocks: [
            .table(Table(caption: title, head: ["Topic", "What to do", "Calls of the log"], rows: rows))
          ]))
    }
    sections.append(Section(id: "sources", title: "Sources", blocks: [.sources]))
    return Document(
      kind: "switch", title: "\(plan.from.title) to \(plan.to.title)", stamp: stamp, sections: sections,
      data: data)
  }

  private static let parts: [(String, String, Set<SwitchLine.Topic>)] = [
    ("calling", "How it is called", [.model, .endpoint, .sdk, .key, .dialect]),
    ("parameters", "Parameters", [.parameter]), ("messages", "Messages and tools", [.message, .tools]),
    ("model", "What the model changes", [.limit, .capability, .tokenizer]),
    ("terms", "Cost and terms", [.cost, .policy, .retirement]),
  ]

  private var introduction: [Block] {
    var blocks = notices
    blocks += [
      .paragraph([
        .text(
          "From \(plan.from.title) (\(plan.from.route.apiID)) to \(plan.to.title) (\(plan.to.route.apiID)).")
      ])
    ]
    if let log = plan.log {
      var text = "The log holds \(Display.counted(log.total, "call")) to the first model"
      if plan.otherCalls > 0 {
        text += ", \(Display.counted(plan.otherCalls, "call")) to others, which are left out"
      }
      if log.unread > 0 { text += ", and \(Display.counted(log.unread, "line")) without a request" }
      blocks.append(.paragraph([.text(text + ".")]))
    }
    return blocks
  }

  /// What the two channels add to their prices, behind the line of the cost.
  private var fees: Table.Row {
    let (old, new) = (plan.from.route, plan.to.route)
    func at(_ route: Route) -> [Run] {
      [.text("\(Display.harmless(route.providerName)): ")] + ChannelFees.runs(route.fee)
    }
    return Table.Row(
      "Fee of the channel",
      cells: [
        at(new) + (old.provider == new.provider ? [] : [.text(". Before, ")] + at(old)),
        [.cell(.plain("–"))],
      ])
  }

  private static func label(_ line: SwitchLine) -> String { "\(title(line.action)): \(line.topic.title)" }

  private static func title(_ action: SwitchLine.Action) -> String {
    switch action {
    case .change: "Change"
    case .remove: "Refused"
    case .loss: "Loss"
    case .gain: "Gain"
    case .keep: "Stays"
    case .unknown: "Ask"
    }
  }

  private static func cell(_ line: SwitchLine) -> Cell {
    line.citations.isEmpty
      ? Cell(line.text, state: .unknown)
      : Cell(
        line.text, state: .derived, citations: line.citations,
        rule: "a rule of Data/switch, or a fact of the catalogue")
  }

  private static func words(_ share: SwitchLine.Share) -> String {
    "\(share.text) (\(share.calls) of \(share.of))"
  }

  /// JSON of the form `llmref/switch/1`.
  private var data: DataValue {
    var members: [(String, DataValue)] = [
      ("schema", .text("llmref/switch/1")), ("from", Self.side(plan.from)), ("to", Self.side(plan.to)),
      ("as_of", .text(stamp.asOf.text)),
    ]
    if let log = plan.log {
      members.append(
        (
          "log",
          .map([
            ("calls", .integer(log.total)), ("other_calls", .integer(plan.otherCalls)),
            ("unread", .integer(log.unread)),
          ])
        ))
    }
    members.append(("lines", .list(plan.lines.map(Self.line))))
    return .map(members)
  }

  private static func side(_ side: SwitchSide) -> DataValue {
    var members: [(String, DataValue)] = [
      ("model", .text(side.model.id.rawValue)), ("provider", .text(side.route.provider.rawValue)),
      ("api_id", .text(side.route.apiID)),
    ]
    if let api = side.api { members.append(("api", .text(api.id))) }
    members.append(("fee", ChannelFees.data(side.route.fee)))
    return .map(members)
  }

  private static func line(_ line: SwitchLine) -> DataValue {
    var members: [(String, DataValue)] = [
      ("topic", .text(line.topic.title)), ("action", .text(line.action.rawValue)),
      ("text", .text(line.text)),
    ]
    if let share = line.share {
      members.append(
        (
          "share",
          .map([("calls", .integer(share.calls)), ("of", .integer(share.of)), ("percent", .text(share.text))])
        ))
    }
    members.append(
      (
        "sources",
        .list(
          line.citations.map { citation in
            .map([
              ("source", .text(citation.source.id.rawValue)), ("version", .text(citation.source.version)),
              ("record", .text(citation.recordKey)), ("observed", .text(citation.observed.text)),
            ])
          })
      ))
    return .map(members)
  }
}

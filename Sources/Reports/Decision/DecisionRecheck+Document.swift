import Documents
import Facts
import Pages

extension DecisionRecheck {
  public var document: Document {
    .page(
      "decision-recheck", "Recheck: \(record.models.map(\.name).joined(separator: " or "))", current.stamp,
      opening: [.paragraph([.text(summary)])],
      [editedSection, conclusionSection, claimSection, .sources(current.stamp, reviewed: nil)].compactMap(
        \.self),
      data: data)
  }

  private var summary: String {
    let moved = conclusions.count { !$0.stands }
    return
      "Recorded as of \(record.stamp.asOf.text), checked as of \(current.stamp.asOf.text): \(Display.counted(claims.count, "claim")) changed of \(Display.grouped(String(record.claims.count))), \(Display.counted(moved, "conclusion")) moved of \(Display.grouped(String(record.conclusions.count)))."
  }

  private var editedSection: Section? {
    guard !edited.isEmpty else { return nil }
    return Section(
      id: "edited", title: "Edited by hand",
      blocks: [
        .paragraph([.text("These lines of the record are not what the program wrote.")]),
        .list(edited.map { [.text("\($0.id): \($0.problem)")] }),
      ])
  }

  private var conclusionSection: Section {
    let rows = conclusions.filter { !$0.stands || $0.rests }.map { check in
      Table.Row(
        check.id ?? "new",
        cells: [
          [.text(check.before?.statement ?? "not in the record")],
          [.text(check.stands ? "still stands" : "no longer stands")],
          [.text(check.now?.statement ?? "nothing is concluded")],
        ])
    }
    let resting = conclusions.count { $0.stands && !$0.rests }
    var blocks: [Block] = []
    if !rows.isEmpty {
      blocks.append(
        .table(
          Table(
            caption: "Conclusions that rest on a changed claim",
            head: ["Number", "Recorded", "Standing", "Now"], rows: rows)))
    }
    blocks.append(
      .paragraph([
        .text(
          "\(Display.capitalised(Display.counted(resting, "conclusion"))) \(resting == 1 ? "rests" : "rest") on unchanged claims and \(resting == 1 ? "stands" : "stand")."
        )
      ]))
    return Section(id: "conclusions", title: "Conclusions", blocks: blocks)
  }

  private var claimSection: Section {
    guard !claims.isEmpty else {
      return Section(
        id: "claims", title: "Claims", blocks: [.paragraph([.text("Every claim says what it said.")])])
    }
    let rows = claims.map { id, change -> Table.Row in
      switch change {
      case .changed(let before, let now):
        Table.Row(
          id ?? "new", note: now.title,
          cells: [[.text(Self.words(before))], [.cell(Self.cell(now))], [.text(Self.disputes(now))]])
      case .gone(let before):
        Table.Row(
          id ?? "new", note: before.title,
          cells: [[.text(Self.words(before))], [.cell(.unknown)], [.text("none")]])
      case .added(let now):
        Table.Row(
          id ?? "new", note: now.title,
          cells: [[.text("not in the record")], [.cell(Self.cell(now))], [.text(Self.disputes(now))]])
      }
    }
    return Section(
      id: "claims", title: "Claims",
      blocks: [
        .table(
          Table(
            caption: "Changed claims", head: ["Claim", "Recorded", "Now", "Claimed otherwise now"], rows: rows
          ))
      ])
  }

  private static func words(_ claim: DecisionRecord.Claim) -> String {
    claim.disputes.isEmpty ? claim.display : "\(claim.display); claimed otherwise: \(disputes(claim))"
  }

  private static func disputes(_ claim: DecisionRecord.Claim) -> String {
    claim.disputes.isEmpty ? "none" : Display.listed(claim.disputes)
  }

  private static func cell(_ claim: DecisionRecord.Claim) -> Cell {
    claim.state == .unknown
      ? .unknown
      : Cell(claim.display, state: claim.state, exact: claim.value, citations: claim.citations)
  }

  private var data: DataValue {
    .map([
      ("recorded_as_of", .text(record.stamp.asOf.text)),
      ("edited", .list(edited.map { .map([("id", .text($0.id)), ("problem", .text($0.problem))]) })),
      (
        "claims",
        .list(
          claims.map { id, change in
            let (before, now): (DecisionRecord.Claim?, DecisionRecord.Claim?) =
              switch change {
              case .changed(let before, let now): (before, now)
              case .gone(let before): (before, nil)
              case .added(let now): (nil, now)
              }
            return .map([
              ("id", .text(id ?? "new")), ("key", .text(before?.key ?? now?.key ?? "")),
              ("before", .text(before?.value ?? Display.unknown)),
              ("now", .text(now?.value ?? Display.unknown)),
            ])
          })
      ),
      (
        "conclusions",
        .list(
          conclusions.map { check in
            .map([
              ("id", .text(check.id ?? "new")), ("key", .text(check.before?.key ?? check.now?.key ?? "")),
              ("stands", .flag(check.stands)), ("rests_on_a_changed_claim", .flag(check.rests)),
              ("before", .text(check.before?.outcome ?? Display.unknown)),
              ("now", .text(check.now?.outcome ?? Display.unknown)),
            ])
          })
      ),
    ])
  }
}

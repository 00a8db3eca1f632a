import Cataloguing
import Documents
import Facts
import Pricing

extension CostStatement {
  static func data(_ component: Component) -> DataValue {
    let line = component.line
    var share: [(String, DataValue)] = []
    if component.weight.own != component.weight.all {
      share = [
        ("mode", .text(component.mode.rawValue)), ("weight", .text(String(component.weight.own))),
        ("of", .text(String(component.weight.all))),
      ]
      if let hours = component.hours { share.append(("hours", .text(hours))) }
    }
    return .map(
      [
        ("unit", .text(line.unit.rawValue)), ("quantity", .text(String(line.quantity))),
        ("price_usd", .text(line.price.money.text)), ("per", .text(String(line.unit.piecesPerPrice))),
        ("amount_usd", .text(component.amount.text)), ("line", .text(line.price.term.text)),
        ("is_standard_price", .flag(line.isStandardPrice)),
        ("rule", .text(line.price.evidence.rule.rawValue)),
        ("is_disputed", .flag(line.price.evidence.isDisputed)),
        ("citations", .list(line.price.evidence.agreeing.map(Self.data))),
        (
          "dissents",
          .list(
            line.price.evidence.dissenting.map { dissent in
              .map([
                ("price_usd", .text(dissent.value.text)), ("cause", .text(dissent.cause.rawValue)),
                ("citations", .list(dissent.citations.map(Self.data))),
              ])
            })
        ),
      ] + (share.isEmpty ? [] : [("share", .map(share))]))
  }

  private static func data(_ citation: Citation) -> DataValue {
    var members: [(String, DataValue)] = [
      ("source", .text(citation.source.id.rawValue)), ("version", .text(citation.source.version)),
      ("record", .text(Display.harmless(citation.recordKey))),
      ("as_written", .text(Display.harmless(citation.asWritten))),
      ("observed", .text(citation.observed.text)), ("sha256", .text(citation.source.digest)),
    ]
    if let path = citation.path { members.append(("path", .text(path))) }
    if let url = citation.url { members.append(("url", .text(url))) }
    if let from = citation.validFrom { members.append(("valid_from", .text(from.text))) }
    if let until = citation.validUntil { members.append(("valid_until", .text(until.text))) }
    return .map(members)
  }
}

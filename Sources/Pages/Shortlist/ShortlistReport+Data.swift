import Deciding
import Documents
import Facts

extension ShortlistReport {
  /// The shortlist for programs. Lists longer than the extent are cut; the counts are always whole.
  var data: DataValue {
    let question = shortlist.question
    let frame = shelf.catalogue.frame
    let requirements = question.requirements.map { requirement -> DataValue in
      .map([("requirement", .text(requirement.text)), ("words", .text(requirement.words(frame)))])
    }
    let preferences = question.preferences.map { preference -> DataValue in
      .map([
        ("criterion", .text(preference.criterion.text)), ("weight", .text(preference.weight.text)),
      ])
    }
    let counts = question.requirements.compactMap { requirement -> DataValue? in
      let own = shortlist.excluded.filter { $0.requirement == requirement }
      guard !own.isEmpty else { return nil }
      let fails = own.count { $0.outcome == .fails }
      return .map([
        ("requirement", .text(requirement.text)), ("fails", .integer(fails)),
        ("unknown", .integer(own.count - fails)),
      ])
    }
    return .map([
      ("traffic", .text(traffic)), ("requirements", .list(requirements)),
      ("preferences", .list(preferences)), ("unknown", .text(question.unknown.rawValue)),
      ("front_criteria", .texts(shortlist.frontCriteria.map(\.text))),
      ("models", .integer(shortlist.modelCount)), ("ranked_count", .integer(shortlist.ranked.count)),
      ("ranked", .list(shortlist.ranked.prefix(extent.listed).map(data))),
      ("to_ask_count", .integer(shortlist.toAsk.count)),
      ("to_ask", .list(shortlist.toAsk.prefix(extent.listed).map(data))), ("fees", fees),
      ("excluded_count", .integer(shortlist.excluded.count)), ("excluded_by", .list(counts)),
      ("excluded", .list(shortlist.excluded.prefix(extent.listed).map(data))),
    ])
  }

  /// Once for each provider of a listed route for which a source states a fee; of the others it is unknown.
  private var fees: DataValue {
    let listed = shortlist.ranked.prefix(extent.listed) + shortlist.toAsk.prefix(extent.listed)
    let providers = Set(listed.map(\.candidate.route.provider))
    return .map(
      shelf.catalogue.frame.fees.sorted { $0.key < $1.key }.filter { providers.contains($0.key) }.map {
        ($0.key.rawValue, ChannelFees.data($0.value))
      })
  }

  private func data(_ listed: ShortlistedRoute) -> DataValue {
    let candidate = listed.candidate
    var members: [(String, DataValue)] = [
      ("model", .text(candidate.model.id.rawValue)), ("provider", .text(candidate.route.provider.rawValue)),
      ("api_id", .text(candidate.route.apiID)),
    ]
    if let region = candidate.route.region { members.append(("region", .text(region))) }
    members += [
      ("monthly_cost_usd", .text(candidate.cost?.text ?? Display.unknown)),
      (
        "front", .text(listed.isOnFront.map { $0 ? "yes" : "no" } ?? Display.unknown)
      ),
    ]
    if let points = listed.points { members.append(("points", .text(points.text))) }
    if !listed.unknown.isEmpty { members.append(("unknown", .texts(listed.unknown.map(\.text)))) }
    return .map(members)
  }

  private func data(_ left: ExcludedModel) -> DataValue {
    .map([
      ("model", .text(left.model.id.rawValue)), ("requirement", .text(left.requirement.text)),
      ("outcome", .text(left.outcome == .unknown ? Display.unknown : "fails")),
      ("values", .texts(left.values)),
    ])
  }
}

import Facts

/// Records as the catalogue keeps them.
extension Grouping {
  /// The record with its licence under the id of the licence table, and a route of a plan called one.
  /// - Parameters:
  ///   - provider: whose route it describes; nil for a record about a model.
  ///   - apiID: under which id.
  static func normalised(
    _ record: SourceRecord, provider: ProviderID?, apiID: String?, _ frame: CatalogueFrame
  ) -> SourceRecord {
    var result = record
    result.claims = record.claims.map { normalised($0, frame.licences) }
    if record.canonicalID == nil, let provider, let apiID,
      let mark = frame.identity.planMark(apiID, at: provider),
      // What a source says itself of the plan stays.
      !record.claims.contains(where: Self.statesPlan)
    {
      result.claims.removeAll { $0.field == .routeKind }
      result.claims.append(
        Claim(
          .routeKind, .text(RouteKind.plan.rawValue), asWritten: apiID, basis: .derived,
          note: "\(mark) says that the route belongs to a plan"))
    }
    return result
  }

  private static func statesPlan(_ claim: Claim) -> Bool {
    claim.field == .routeKind && claim.value == .text(RouteKind.plan.rawValue) && claim.path != nil
      && claim.note != nil && claim.url != nil
  }

  /// The claim with its licence under the id that the licence table gives it.
  static func normalised(_ claim: Claim, _ licences: LicenceTable) -> Claim {
    guard claim.field == .license, case .text(let text) = claim.value else { return claim }
    return Claim(
      .license, .text(licences.id(of: text).rawValue), asWritten: claim.asWritten,
      unit: claim.unitAsWritten,
      basis: claim.basis, note: claim.note, validFrom: claim.validFrom, validUntil: claim.validUntil,
      url: claim.url,
      path: claim.path)
  }
}

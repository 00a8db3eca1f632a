/// What a licence allows, from the curated licence table.
public struct LicenceTerms: Hashable, Sendable {
  public let id: LicenceID
  public let title: String
  public let isSPDX: Bool
  /// Whether the Open Source Initiative approved it.
  public let osiApproved: Knowledge<Bool>
  public let commercialUse: Knowledge<CommercialUse>

  public init(
    id: LicenceID, title: String, isSPDX: Bool, osiApproved: Knowledge<Bool>,
    commercialUse: Knowledge<CommercialUse>
  ) {
    self.id = id
    self.title = title
    self.isSPDX = isSPDX
    self.osiApproved = osiApproved
    self.commercialUse = commercialUse
  }
}

public enum CommercialUse: String, CaseIterable, Hashable, Sendable {
  case permitted
  /// Allowed up to a size, for some uses, or under the provider's terms.
  case conditional
  case notPermitted = "not permitted"
}

/// How much of a model one can have.
public enum Openness: String, CaseIterable, Hashable, Sendable {
  /// Weights under a licence that the Open Source Initiative approved.
  case openSource = "open source"
  /// Weights can be downloaded, under any licence.
  case openWeights = "open weights"
  case proprietary
}

/// How a route is paid for. Only metered routes have a price that a workload can be multiplied by.
public enum RouteKind: String, CaseIterable, Hashable, Sendable {
  case metered
  case plan
  case free
  case selfHost = "self-host"
}

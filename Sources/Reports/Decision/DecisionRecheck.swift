import Documents
import Facts
import Pages
import Pricing

/// What has changed since a record was made: claim by claim, and whether each conclusion still stands.
public struct DecisionRecheck: Sendable {
  public enum ClaimChange: Sendable {
    /// Another value, or other claims against it.
    case changed(from: DecisionRecord.Claim, to: DecisionRecord.Claim)
    /// The catalogue no longer says anything of it.
    case gone(DecisionRecord.Claim)
    /// The record does not have it.
    case added(DecisionRecord.Claim)
  }

  public struct ConclusionCheck: Sendable {
    /// `K3`; nil for one that the record does not have.
    public let id: String?
    public let before: DecisionRecord.Conclusion?
    public let now: DecisionRecord.Conclusion?
    /// Whether a claim that it rests on has changed.
    public let rests: Bool

    public var stands: Bool { before?.outcome == now?.outcome }
  }

  public let record: DecisionRecord
  public let current: DecisionRecord
  /// In the order of the record, then what is new.
  public let claims: [(id: String?, change: ClaimChange)]
  public let conclusions: [ConclusionCheck]
  /// Lines of the record that were changed by hand: their ids and what is wrong.
  public let edited: [(id: String, problem: String)]

  /// - Parameters:
  ///   - edited: what a reader of the record found.
  ///   - current: a record of the same models and traffic made now.
  public init(
    _ record: DecisionRecord, edited: [(id: String, problem: String)], against current: DecisionRecord
  ) {
    self.record = record
    self.current = current
    self.edited = edited
    let now = Dictionary(current.claims.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    var claims: [(id: String?, change: ClaimChange)] = []
    var moved: Set<String> = []
    for (place, claim) in record.claims.enumerated() {
      if let other = now[claim.key] {
        guard !claim.saysTheSame(as: other) else { continue }
        claims.append((DecisionRecord.claimID(place), .changed(from: claim, to: other)))
      } else if claim.state != .unknown {
        claims.append((DecisionRecord.claimID(place), .gone(claim)))
      } else {
        continue
      }
      moved.insert(claim.key)
    }
    let known = Set(record.claims.map(\.key))
    for claim in current.claims where !known.contains(claim.key) && claim.state != .unknown {
      claims.append((nil, .added(claim)))
      moved.insert(claim.key)
    }
    self.claims = claims
    let concluded = Dictionary(
      current.conclusions.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    var checks = record.conclusions.enumerated().map { place, conclusion in
      let other = concluded[conclusion.key]
      return ConclusionCheck(
        id: DecisionRecord.conclusionID(place), before: conclusion, now: other,
        rests: (conclusion.restsOn + (other?.restsOn ?? [])).contains(where: moved.contains))
    }
    let before = Set(record.conclusions.map(\.key))
    for conclusion in current.conclusions where !before.contains(conclusion.key) {
      checks.append(ConclusionCheck(id: nil, before: nil, now: conclusion, rests: true))
    }
    conclusions = checks
  }

  /// Whether anything was edited, changed or moved.
  public var hasFindings: Bool { !edited.isEmpty || !claims.isEmpty || conclusions.contains { !$0.stands } }
}

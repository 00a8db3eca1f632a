import Cataloguing
import Documents
import Facts
import Pages
import Pricing

/// Why one of two models was chosen, as known on a day: every claim with its citations, and the conclusions that rest on them.
/// It is whole by itself: what it says can be read, shown and checked without the catalogue it was made from.
public struct DecisionRecord: Sendable {
  /// What is known of one field of a model or of one of its routes.
  public struct Claim: Sendable {
    /// Names the subject and the field: `openai/gpt-5 context_window`, `openai/gpt-5 @ azure/gpt-5 price.input`.
    public let key: String
    /// The subject and the field for people.
    public let title: String
    public let state: Cell.State
    /// Canonical text; the word unknown where no source says.
    public let value: String
    public let display: String
    /// What sources claim instead, with the likely cause: `1.5 (stale date)`.
    public let disputes: [String]
    public let citations: [Citation]

    public init(
      key: String, title: String, state: Cell.State, value: String, display: String, disputes: [String],
      citations: [Citation]
    ) {
      self.key = key
      self.title = title
      self.state = state
      self.value = value
      self.display = display
      self.disputes = disputes
      self.citations = citations
    }

    /// Whether two claims say the same, whoever says it.
    func saysTheSame(as other: Claim) -> Bool {
      state == other.state && value == other.value && disputes == other.disputes
    }
  }

  public struct Conclusion: Sendable {
    /// `cheaper`, `cost openai/gpt-5`, `capability vision`.
    public let key: String
    public let statement: String
    /// What was concluded in canonical text: an id, `tie`, `unknown`.
    public let outcome: String
    /// Keys of claims.
    public let restsOn: [String]

    public init(key: String, statement: String, outcome: String, restsOn: [String]) {
      self.key = key
      self.statement = statement
      self.outcome = outcome
      self.restsOn = restsOn
    }
  }

  /// The two models: their ids and names.
  public let models: [(id: ModelID, name: String)]
  /// The month behind the cost of each; one month twice where both products count the same.
  public let months: [Workload]
  public let stamp: CatalogueStamp
  public let claims: [Claim]
  public let conclusions: [Conclusion]

  public init(
    models: [(id: ModelID, name: String)], months: [Workload], stamp: CatalogueStamp, claims: [Claim],
    conclusions: [Conclusion]
  ) {
    self.models = models
    self.months = months
    self.stamp = stamp
    self.claims = claims
    self.conclusions = conclusions
  }

  /// `C1` for the first claim.
  static func claimID(_ place: Int) -> String { "C\(place + 1)" }
  /// `K1` for the first conclusion.
  static func conclusionID(_ place: Int) -> String { "K\(place + 1)" }
}

import Cataloguing
import Facts

/// What a line of a migration checklist says, as values. `Reports` has the words.
public enum SwitchStatement: Sendable {
  public enum Limit: Sendable { case contextWindow, maxOutput }
  public enum Form: Sendable { case systemPrompt, images, toolSchemas, toolCalls }

  /// The id to send; both are equal where it stays.
  case modelID(before: String, after: String)
  /// An address, SDK or variable of the second route; nil where it was not known of the first.
  case setting(before: String?, after: String)
  /// That setting of the provider of the second route is not known.
  case unknownSetting(provider: String)
  /// Titles of APIs; nil where the first is not known.
  case dialect(before: String?, after: String)
  case unknownDialect(provider: String)
  /// How one part of a request is written in each API.
  case form(Form, before: String, after: String)

  case unknownParameters
  case noCounterpart(parameter: String, api: String)
  case sameParameter(String)
  case renamedParameter(String, to: String, concept: String?)
  /// What a rule says; the one value that is taken all the same; calls that set the parameter, and of those the refused.
  case refusedParameter(String, rule: String, taken: String?, calls: (setting: Int, refused: Int)?)
  case noSamplingTemperature(parameter: String)
  /// Names by which the first API sets it; calls that lack it, nil without a log.
  case requiredParameter(String, before: [String], missing: Int?)
  /// What a rule says of the form of an answer.
  case refusedForm(rule: String)

  case limit(Limit, before: TokenCount, after: TokenCount?)
  /// Near models that have the capability.
  case lostCapability(Capability, model: String, others: [ModelID])
  case unknownCapability(Capability, model: String)
  case unknownTokenizer
  case incomparableCosts
  /// Titles of the sides that have no price for the month.
  case unpricedCosts([String])
  case costs(before: Money, after: Money)
  /// What providers do with data: the text of each side's rule, nil where no rule is known.
  case samePolicy(String?)
  case policy(before: (provider: String, text: String)?, after: (provider: String, text: String?))
  case retirement(side: String, day: CalendarDate, isPast: Bool)
  case unknownRetirement(side: String)
}

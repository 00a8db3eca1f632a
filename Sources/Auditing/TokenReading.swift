import Facts

/// What a token can mean, wherever it stands.
struct TokenReading: Sendable {
  /// How much the token says by itself, strongest first.
  enum Strength: Sendable {
    /// A listed id with a number and a separator, or with the provider's path: no word of prose looks like it.
    case clear
    /// A listed id of words, or one that begins with an everyday word: `command-r`, `step-3`.
    case wordy
    /// A listed id of one part: `o1`, `sonar`.
    case bare
    /// No listed id, but another spelling of one.
    case spelling
    /// A name made as ids are, of a family's word, a version and known endings, that no model has: `gemini-3.1-flash-8b`.
    case shape
    /// Holds a family's word and a number, or lies under a path that nobody is known by.
    case hint
  }

  let strength: Strength
  let meaning: MentionMeaning
  /// The id as written; a part of the token where the rest is the path of an address or a method.
  let id: String
  /// Where the id begins in the token, in bytes.
  let shift: Int
  /// Holds capital letters without the path of a repository: `GPT-4o`, which is a name for people as often as an id.
  let isCapital: Bool
  let hasNumber: Bool
  /// Has the prefix of a provider, lab or gateway.
  let hasPrefix: Bool
  /// Begins with the word of a lab's family that is no everyday word: `mistral-large`.
  let hasFamily: Bool
  /// Names a size, as repositories do: `70b`, `8x22b`.
  let hasSize: Bool
  /// Followed by a method that is no part of the id.
  let hasMethod: Bool
  /// Begins with a lab and a point, as ids of Bedrock and Oracle do: `cohere.command-r-16k`.
  let hasVendor: Bool
  /// Ends in a word that makes another key of an id: `gpt-5-cached`.
  let isDerived: Bool

  /// Whether the catalogue knows what the id stands for.
  var isKnown: Bool { meaning != .unknown }

  /// Whether it is an id of that provider's.
  func names(_ provider: ProviderID) -> Bool {
    switch meaning {
    case .model(_, let own, _): own == provider
    case .pointer(let own, _): own == provider
    case .unknown: false
    }
  }
}

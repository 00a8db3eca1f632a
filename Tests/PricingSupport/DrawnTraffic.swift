import Facts

/// A month of traffic, drawn at random and often at the very limit of a tier.
public struct DrawnTraffic: Hashable, Sendable {
  public enum Hours: Hashable, Sendable {
    case spread, peak, offPeak
    case window(PriceHours)
  }

  public var input: Int64
  public var output: Int64
  public var cached: Int64
  public var requests: Int64
  /// Hundredths of a percent of the requests that are sent in batches.
  public var batch: Int64 = 0
  public var hours: Hours = .spread
  public var conditions: Set<PriceCondition> = []
  /// Pieces of other units, nested as `BillableUnit.wider` says.
  public var others: [BillableUnit: Int64] = [:]

  public init(input: Int64, output: Int64, requests: Int64, cached: Int64 = 0) {
    self.input = input
    self.output = output
    self.requests = requests
    self.cached = cached
  }

  public init(_ dice: inout Dice, for lists: [DrawnList], shape: DrawnList.Shape = .chat) {
    requests = dice.pick([1, 2, 3, 7, 40, 1000, 3200, 999_983, 1_000_000])
    let prompt: Int64 = dice.pick([0, 1, 600, 800, 1000, 2000, 250_000])
    let answer: Int64 = dice.pick([0, 1, 250, 1000, 5000])
    input = prompt * requests
    output = answer * requests
    let tiers = lists.flatMap(\.lines).compactMap(\.term.tier)
    if !tiers.isEmpty, dice.chance(70) {
      let tier = dice.pick(tiers)
      let whole = max(0, tier.limit.tokens * requests + dice.pick([-1, 0, 1, requests / 2]))
      input = tier.counting == .prompt ? whole : whole / 10 * dice.below(11)
      if tier.counting == .promptAndAnswer { output = whole - input }
    } else if dice.chance(30) {
      input += dice.below(requests)
      output += dice.below(requests)
    }
    if dice.chance(10) {
      // Half of the last decimal that a cost has, where a price has all of them.
      input = 500_000 * (1 + 2 * dice.below(1000))
      output = 1_000_000 * dice.below(2)
    }
    cached = 0
    if dice.chance(50) { cached = input / 10_000 * dice.pick([1, 1250, 3333, 10_000]) }
    if dice.chance(40) { batch = dice.pick([1, 1000, 3333, 9999, 10_000]) }
    switch dice.below(8) {
    case 0: hours = .peak
    case 1: hours = .offPeak
    case 2, 3: hours = .window(dice.pick(DrawnHours.pool))
    default: break
    }
    if dice.chance(30) { conditions = [dice.pick(DrawnList.conditions)] }
    if shape == .chat {
      drawParts(&dice)
    } else {
      input = shape == .embedding || shape == .rerank ? input : 0
      (output, cached) = (0, 0)
      others = Self.pieces(of: shape, requests, &dice)
    }
  }

  /// Writes to caches, sound and thinking among the tokens, searches beside them.
  private mutating func drawParts(_ dice: inout Dice) {
    func part(of whole: Int64) -> Int64 { whole / 10 * dice.below(4) }
    if dice.chance(25) {
      let room = input - cached
      others[.cacheWrite] = part(of: room)
      if dice.chance(50) { others[.cacheWriteHour] = part(of: others[.cacheWrite, default: 0]) }
      if dice.chance(50) {
        // Sound that was read from the cache is part of both.
        let read = part(of: cached)
        others[.cacheReadAudio] = read
        others[.audioInput] = read + part(of: room)
      }
    }
    if dice.chance(25) { others[.reasoning] = part(of: output) }
    if dice.chance(25) { others[.webSearch] = dice.below(3 * requests) }
    if dice.chance(10) { others[.codeSession] = dice.below(requests) }
    others = others.filter { $0.value > 0 }
  }

  private static func pieces(of shape: DrawnList.Shape, _ requests: Int64, _ dice: inout Dice)
    -> [BillableUnit: Int64]
  {
    let count = 1 + dice.below(5000 * requests)
    return switch shape {
    case .chat, .embedding: [:]
    case .rerank: [.rerankSearch: requests]
    case .transcription: [.audioSecond: count, .audioInputSecond: dice.below(count)].filter { $0.value > 0 }
    case .speech: [.inputCharacter: count]
    case .image: [.image: requests]
    case .video: [.videoSecond: count]
    case .pages: [.documentPage: count, .annotatedPage: dice.below(count)].filter { $0.value > 0 }
    }
  }

  /// Everything that was used, by unit.
  public var counts: [BillableUnit: Int64] {
    var counts = others
    counts[.input] = input
    counts[.output] = output
    counts[.cacheRead] = cached
    counts[.request] = requests
    return counts.filter { $0.value > 0 }
  }

  /// The same tokens in sum, so many of them output; the cached share of the input stays, rounded down.
  public func mixed(output: Int64) -> DrawnTraffic {
    var mixed = self
    mixed.input = input + self.output - output
    mixed.output = output
    mixed.cached = input == 0 ? 0 : Int64(Int128(mixed.input) * Int128(cached) / Int128(input))
    return mixed
  }

  /// The same with a share of the input from a cache, in hundredths of a percent, rounded down.
  public func cached(share: Int64) -> DrawnTraffic {
    var changed = self
    changed.cached = Int64(Int128(input) * Int128(share) / 10_000)
    return changed
  }

  public func batched(share: Int64) -> DrawnTraffic {
    var changed = self
    changed.batch = share
    return changed
  }
}

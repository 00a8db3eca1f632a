import Facts
import Pages
import Reports
import Statistics
import TextFormats

/// One line of `llmref eval statistics`: data, and what to work out of them.
struct StatisticsQuestion {
  let test: String
  let id: JSONValue?
  private let object: JSONObject

  /// The most values of a list, and resamples.
  private static let most = 1_000_000

  init(_ line: [UInt8]) throws {
    guard let object = try JSONReader.read(line).object else {
      throw CommandProblem(
        "a question is an object", hint: #"{"test": "wilson", "successes": 17, "tries": 20}"#)
    }
    self.object = object
    id = object["id"]
    guard let test = object["test"]?.string, Self.methods[test] != nil else {
      throw CommandProblem(
        "`test` names a statistic", hint: "one of \(Self.methods.keys.sorted().joined(separator: ", "))")
    }
    self.test = test
  }

  /// What the numbers are, with its source; as reports print it.
  static let methods = [
    "wilson": "Wilson score interval (Wilson 1927)",
    "mcnemar": "exact McNemar, mid-p (Fagerland 2013); Tango's score interval and tests (Tango 1998)",
    "holm": "Holm's step-down (Holm 1979)",
    "sample_size": "n = (z(1−α/2) √ψ + z(power) √(ψ − δ²))² / δ² (Connor 1987)",
    "percentile": "nearest rank, failures as infinity", "normal": "normal quantile",
    "student": "Student quantile", "tost": "two one-sided paired t tests; Student's interval",
    "bootstrap":
      "paired bootstrap over clusters: BCa of means (Efron 1987), percentiles for p50 and p95; SplitMix64",
    "sign_flip": "sign-flip test; SplitMix64",
  ]

  var method: String { Self.methods[test] ?? test }

  func values() throws -> JSONValue {
    switch test {
    case "wilson":
      let proportion = Proportion(try count("successes"), of: try count("tries"))
      guard proportion.successes <= proportion.tries else {
        throw CommandProblem("successes are at most tries")
      }
      return members(proportion.wilson(confidence: try confidence()), rate: proportion.rate)
    case "mcnemar": return try mcnemar()
    case "holm": return .members(["p": list(Holm.adjusted(try numbers("p")))])
    case "sample_size":
      let found = SampleSize.pairedRates(
        discordance: try number("discordance"), difference: try number("difference"),
        power: try number("power", 0.8), confidence: try confidence())
      return .members(["n": found.map { .number($0) } ?? .string(Self.unknown)])
    case "percentile":
      let found = Percentile.nearestRank(
        try number("share"), ofSorted: try numbers("values").sorted(), failures: try count("failures", 0))
      return .members(["value": text(found)])
    case "normal": return .members(["value": text(NormalDistribution.quantile(try number("share")))])
    case "student":
      return .members([
        "value": text(
          StudentDistribution.quantile(
            try number("share"), degreesOfFreedom: try number("degrees_of_freedom")))
      ])
    case "tost": return try tost()
    case "sign_flip":
      return .members([
        "p": text(
          SignFlipTest.p(
            try numbers("values"), throwsMade: try count("throws", 9_999), seed: UInt64(try count("seed", 1)))
        )
      ])
    default: return try bootstrap()
    }
  }

  private static let unknown = "unknown"

  // MARK: Tests of several numbers

  private func mcnemar() throws -> JSONValue {
    let outcomes = PairedOutcomes(
      pairs: try count("pairs"), onlyFirst: try count("only_first"), onlySecond: try count("only_second"))
    guard outcomes.discordant <= outcomes.pairs else {
      throw CommandProblem("no more pairs differ than there are")
    }
    let margin = try number("margin", 0.02)
    let interval = outcomes.interval(confidence: try confidence())
    return .members([
      "p": text(outcomes.exactP), "mid_p": text(outcomes.midP), "difference": text(outcomes.difference),
      "low": text(interval.low), "high": text(interval.high),
      "not_worse_p": text(outcomes.notWorseP(margin: margin)),
      "equivalence_p": text(outcomes.equivalenceP(margin: margin)),
    ])
  }

  private func tost() throws -> JSONValue {
    let (first, second) = try sides()
    guard let means = PairedMeans(zip(first, second).map { $1 - $0 }) else {
      throw CommandProblem("two one-sided tests need two pairs")
    }
    let interval = means.interval(confidence: try confidence())
    return .members([
      "p": text(means.equivalenceP(low: try number("low"), high: try number("high"))),
      "difference": text(means.mean),
      "low": text(interval.low), "high": text(interval.high),
    ])
  }

  private func bootstrap() throws -> JSONValue {
    let (first, second) = try sides()
    let named = try object["cluster"] == nil ? first.indices.map(Double.init) : numbers("cluster")
    guard named.count == first.count else { throw CommandProblem("`cluster` has a number for each pair") }
    var numbers: [Double: Int] = [:]
    var clusters: [Int] = []
    for name in named {
      let number = numbers[name] ?? numbers.count
      numbers[name] = number
      clusters.append(number)
    }
    let asked = try count("resamples", ClusterBootstrap.usualResamples(clusters: numbers.count))
    guard asked > 0, asked <= 100_000, asked * max(1, numbers.count) <= 2_000_000_000 else {
      throw CommandProblem("resamples times clusters are at most 2,000,000,000, and resamples 100,000")
    }
    let bootstrap = ClusterBootstrap(
      clusters: numbers.count, resamples: asked, seed: UInt64(try count("seed", 1)))
    var sums = [Double](repeating: 0, count: numbers.count)
    var (bases, sizes) = (sums, sums)
    for (place, cluster) in clusters.enumerated() {
      sums[cluster] += second[place] - first[place]
      bases[cluster] += first[place]
      sizes[cluster] += 1
    }
    let ratios = bootstrap.distributions(of: [
      .init(above: sums, below: sizes), .init(above: sums, below: bases),
    ])
    let shares = [0.5, 0.95]
    let percentiles = bootstrap.percentileDifferences(
      of: .init(first: first, second: second, cluster: clusters), shares: shares)
    let confidence = try confidence()
    func members(_ value: Double, _ interval: ConfidenceInterval?) -> JSONValue {
      .members(["value": text(value), "low": text(interval?.low), "high": text(interval?.high)])
    }
    return .members([
      "resamples": .number(asked),
      "mean_difference": members(ratios[0].observed, ratios[0].bcaInterval(confidence: confidence)),
      "relative_change": members(ratios[1].observed, ratios[1].bcaInterval(confidence: confidence)),
      "p50_difference": members(
        percentiles[0].observed, percentiles[0].percentileInterval(confidence: confidence)),
      "p95_difference": members(
        percentiles[1].observed, percentiles[1].percentileInterval(confidence: confidence)),
    ])
  }

  // MARK: Reading and writing

  private func members(_ interval: ConfidenceInterval, rate: Double?) -> JSONValue {
    .members(["rate": text(rate), "low": text(interval.low), "high": text(interval.high)])
  }

  private func text(_ value: Double?) -> JSONValue { .string(value.map(NumberText.number) ?? Self.unknown) }
  private func list(_ values: [Double]) -> JSONValue { .array(values.map(text)) }

  private func sides() throws -> ([Double], [Double]) {
    let (first, second) = (try numbers("first"), try numbers("second"))
    guard first.count == second.count, !first.isEmpty else {
      throw CommandProblem("`first` and `second` hold as many numbers, and at least one")
    }
    return (first, second)
  }

  private func confidence() throws -> Double {
    let value = try number("confidence", ConfidenceInterval.usualConfidence)
    guard value > 0, value < 1 else { throw CommandProblem("`confidence` lies between 0 and 1") }
    return value
  }

  private func number(_ key: String, _ usual: Double? = nil) throws -> Double {
    guard let value = object[key] else {
      guard let usual else { throw CommandProblem("`\(key)` is missing") }
      return usual
    }
    guard let text = value.numberText, let number = Double(text), number.isFinite else {
      throw CommandProblem("`\(key)` is a number")
    }
    return number
  }

  private func count(_ key: String, _ usual: Int? = nil) throws -> Int {
    guard let value = object[key] else {
      guard let usual else { throw CommandProblem("`\(key)` is missing") }
      return usual
    }
    guard let number = value.integer, number >= 0, number <= 1_000_000_000 else {
      throw CommandProblem("`\(key)` is a whole number from 0 to 1,000,000,000")
    }
    return Int(number)
  }

  private func numbers(_ key: String) throws -> [Double] {
    guard let values = object[key]?.array, values.count <= Self.most else {
      throw CommandProblem("`\(key)` is a list of at most \(Self.most) numbers")
    }
    return try values.map { value in
      guard let text = value.numberText, let number = Double(text), number.isFinite else {
        throw CommandProblem("`\(key)` holds numbers")
      }
      return number
    }
  }
}

import Documents
import Evaluating
import Facts
import Statistics
import TextFormats

/// A plan in words and as data.
struct EvaluationPlanStatement {
  /// One route of the plan.
  struct OfRoute {
    let name: String
    let cells: Int
    /// nil where no price is known.
    let ceiling: ExactDecimal?
    let reason: String?
  }

  private let loaded: LoadedEvaluation
  private let routes: [OfRoute]
  private let most: Picodollars?
  private let difference: Int
  private let discordance: Int
  private let needed: Int?
  private let clusters: Int
  /// Environment variables that are not set.
  private let missing: [String]
  /// Pairs of prompts that ask the same: a repeat that a cache may answer is no repeat.
  private let repeated: Int

  init(
    _ loaded: LoadedEvaluation, ceiling: CostCeiling, most: Picodollars?, difference: Int, discordance: Int,
    environment: [String: String] = Environment.current
  ) {
    self.loaded = loaded
    self.most = most
    self.difference = difference
    self.discordance = discordance
    needed = SampleSize.pairedRates(
      discordance: Double(discordance) / 100, difference: Double(difference) / 100)
    clusters = Set(loaded.prompts.map { $0.cluster.map { "c" + $0 } ?? "p" + $0.id }).count
    let reasons = Dictionary(ceiling.unpriced.map { ($0.route, $0.reason) }) { first, _ in first }
    routes = loaded.file.candidates.map { route in
      var sum: ExactDecimal? = .zero
      for prompt in loaded.prompts {
        sum = sum.flatMap { sum in ceiling.dollars(prompt, through: route).flatMap { sum.adding($0) } }
      }
      let trials = ExactDecimal(Int64(loaded.file.trials))
      return OfRoute(
        name: route.name, cells: loaded.prompts.count * loaded.file.trials,
        ceiling: sum.flatMap { $0.multiplied(by: trials) }, reason: reasons[route.name])
    }
    missing = Self.missing(loaded.file, environment)
    if let first = loaded.file.candidates.first {
      let keys = Set(
        loaded.prompts.map {
          CellKeyParts($0, through: first, trial: 1, maxTokens: loaded.file.maxTokens).key
        })
      repeated = loaded.prompts.count - keys.count
    } else {
      repeated = 0
    }
  }

  /// Names of the variables that a run would miss, each once.
  static func missing(_ file: RouteFile, _ environment: [String: String]) -> [String] {
    var seen: Set<String> = []
    return file.routes.flatMap(\.variables).filter { name in
      (environment[name] ?? "").isEmpty && seen.insert(name).inserted
    }
  }

  /// US dollars; nil where a price is unknown.
  private var total: ExactDecimal? {
    routes.reduce(ExactDecimal.zero) { sum, route in
      sum.flatMap { sum in route.ceiling.flatMap { sum.adding($0) } }
    }
  }

  var passesMost: Bool {
    guard let most, let total else { return false }
    return Picodollars(covering: total) > most
  }

  private static func shown(_ dollars: ExactDecimal) -> String {
    // Rounded up, so that a ceiling stays one.
    let scaled = Picodollars(covering: dollars).count
    let (unit, places): (Int64, Int) = scaled >= 100_000_000_000 ? (10_000_000_000, -2) : (100_000_000, -4)
    let whole = scaled / unit + (scaled % unit == 0 ? 0 : 1)
    return Display.dollars(ExactDecimal(reducing: Int128(whole), exponent: places))
  }

  var lines: [String] {
    let file = loaded.file
    let cells = routes.reduce(0) { $0 + $1.cells }
    var lines = [
      "\(Display.counted(loaded.prompts.count, "prompt")) × \(Display.counted(routes.count, "route")) × \(Display.counted(file.trials, "trial")) = \(Display.counted(cells, "cell"))",
      "",
    ]
    for route in routes {
      let cost =
        route.ceiling.map { "at most \(Self.shown($0))" }
        ?? "cost unknown: \(route.reason ?? "a judge has no price")"
      lines.append("  \(Display.harmless(route.name)): \(Display.counted(route.cells, "cell")), \(cost)")
    }
    lines.append("")
    lines.append(
      total.map { "Cost ceiling, without retries: \(Self.shown($0))" }
        ?? "Cost ceiling: unknown, because a price is")
    if let most {
      let verdict = passesMost ? "passes" : total == nil ? "cannot be compared with" : "is within"
      lines.append("The ceiling \(verdict) --max-cost \(Self.shown(most.dollars)).")
    }
    lines.append("")
    lines += sample
    if repeated > 0 {
      lines.append(
        "\(Display.counted(repeated, "prompt")) \(repeated == 1 ? "asks" : "ask") what another prompt asks; a cache may answer the second."
      )
    }
    if !missing.isEmpty {
      lines.append("Not set in the environment: \(missing.joined(separator: ", ")). A run would not start.")
    }
    return lines
  }

  private var sample: [String] {
    guard routes.count > 1, let needed else { return [] }
    let units = clusters == loaded.prompts.count ? "prompts" : "prompts in clusters of their own"
    let verdict = clusters >= needed ? "This file has enough." : "This file has \(clusters)."
    return [
      "To see a difference of \(Display.counted(difference, "point")) in pass rates with 80% power, where two routes differ on \(discordance)% of the prompts, \(Display.grouped("\(needed)")) \(units) are needed. \(verdict)"
    ]
  }

  var data: JSONValue {
    .members([
      "schema": .string("llmref/evaluation-plan/1"), "prompts": .number(loaded.prompts.count),
      "clusters": .number(clusters), "trials": .number(loaded.file.trials),
      "cells": .number(routes.reduce(0) { $0 + $1.cells }),
      "routes": .array(
        routes.map { route in
          .members([
            "name": .string(route.name), "cells": .number(route.cells),
            "cost_ceiling": Self.amount(route.ceiling, reason: route.reason ?? "a judge has no price"),
          ])
        }),
      "cost_ceiling": Self.amount(total, reason: "a route has no price"),
      "max_cost_usd": most.map { .string($0.dollars.text) },
      "passes_max_cost": most.map { _ in .bool(passesMost) },
      "sample": .members([
        "difference_points": .number(difference), "discordance_percent": .number(discordance),
        "power_percent": .number(80), "prompts_needed": needed.map { .number($0) },
      ]),
      "repeated_prompts": .number(repeated), "missing_variables": .array(missing.map { .string($0) }),
      "prompts_sha256": .string(loaded.promptsDigest),
    ])
  }

  private static func amount(_ dollars: ExactDecimal?, reason: String) -> JSONValue {
    guard let dollars else { return .members(["state": .string("unknown"), "reason": .string(reason)]) }
    return .members(["state": .string("known"), "usd": .string(dollars.text)])
  }
}

import Documents
import Evaluating
import EvaluationRunner
import EvaluationStore
import Facts
import TextFormats

/// What a worker did and how far its run is, in words and as data.
struct EvaluationRunStatement {
  let run: String
  let place: StorePlace
  let counts: RunCounts
  let snapshot: RunProgress.Snapshot
  let reaped: Reaped
  let reason: StopSignal.Reason?
  let elapsed: Duration

  private var left: Int64 { counts.all.total - counts.all.done }
  private var failures: Int { snapshot.failed.values.reduce(0, +) }

  /// Whether the run has every result and this worker had no failure.
  var isWhole: Bool { left == 0 && failures == 0 }

  private static func words(_ failures: [FailureClass: Int]) -> String {
    failures.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
      .map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", ")
  }

  private static func dollars(_ amount: Picodollars) -> String { Display.dollars(amount.dollars) }

  private var stopWords: String? {
    switch reason {
    case nil: nil
    case .user?: "stopped by you"
    case .deadline?: "stopped at the deadline"
    case .budget?: "stopped, because the next request could pass the most cost"
    case .store(let words)?: "stopped, because \(words)"
    }
  }

  var lines: [String] {
    var lines = [
      "Run \(run): \(Display.grouped("\(counts.all.done)")) of \(Display.counted(Int(counts.all.total), "cell")) done."
    ]
    let failed = failures > 0 ? "; without an answer \(failures): \(Self.words(snapshot.failed))" : ""
    lines.append(
      "This worker: \(snapshot.answered) answered, \(Display.counted(snapshot.attempts, "request")) sent\(failed)."
    )
    var cost = "Spent by the catalogue's prices: \(Self.dollars(counts.spent))"
    if let most = counts.mostCost { cost += " of at most \(Self.dollars(most))" }
    lines.append(cost + ".")
    if reaped.inFlight > 0 {
      lines.append(
        "\(Display.counted(reaped.inFlight, "request")) of a worker that is gone may have been billed: sent again, at most \(Self.dollars(reaped.possibleCost)) spent twice\(reaped.unpriced > 0 ? "; \(reaped.unpriced) without a known price" : "")."
      )
    }
    lines.append(checkWords)
    for (route, errors) in snapshot.givenUp.sorted(by: { $0.key < $1.key }) {
      lines.append(
        "Route \(Display.harmless(route)) was given up after \(Display.counted(errors, "failure")).")
    }
    if left > 0 {
      lines.append(
        "\(stopWords.map { $0 + "; " } ?? "")\(Display.counted(Int(left), "cell")) left. Go on with: llmref eval resume \(run)"
      )
    }
    return lines
  }

  private var checkWords: String {
    let check = snapshot.check
    let limit = SelfCheck.milliseconds(SelfCheck.limit)
    guard let median = check.medianLag, let most = check.mostLag else {
      return "Self-check: the event loop did not run long enough to be judged."
    }
    return
      "Self-check: the event loop was late by \(SelfCheck.milliseconds(median)) ms (median) and \(SelfCheck.milliseconds(most)) ms (99 of 100); limit \(limit) ms a cell. Latencies of \(check.withheld) of \(Display.counted(check.measured, "answer")) are withheld."
  }

  /// `120 of 600 cells, $0.12 of at most $5.00, 14 a second; waiting: cheap 12 s`
  static func progress(counts: RunCounts, snapshot: RunProgress.Snapshot, elapsed: Duration) -> String {
    let milliseconds = max(
      1, elapsed.components.seconds * 1000 + elapsed.components.attoseconds / 1_000_000_000_000_000)
    let tenths = Int64(snapshot.ended) * 10_000 / milliseconds
    var line = "\(counts.all.done) of \(counts.all.total) cells, \(dollars(counts.spent))"
    if let most = counts.mostCost { line += " of at most \(dollars(most))" }
    line += ", \(tenths / 10).\(tenths % 10) a second, \(snapshot.underWay) under way"
    let waiting = snapshot.waiting.filter { $0.value >= 1000 }.sorted { $0.key < $1.key }
    if !waiting.isEmpty {
      line +=
        "; waiting: "
        + waiting.map { "\(Display.harmless($0.key)) \($0.value / 1000) s" }.joined(separator: ", ")
    }
    return line
  }

  var data: JSONValue {
    let check = snapshot.check
    return .members([
      "schema": .string("llmref/evaluation-run/1"), "run": .string(run), "store": .string(place.description),
      "cells": .members([
        "total": .number(counts.all.total), "done": .number(counts.all.done),
        "open": .number(counts.all.open),
        "held": .number(counts.all.claimed + counts.all.sent),
      ]),
      "worker": .members([
        "answered": .number(snapshot.answered), "requests": .number(snapshot.attempts),
        "failed": .object(
          JSONObject(
            pairs: snapshot.failed.sorted { $0.key.rawValue < $1.key.rawValue }.map {
              ($0.key.rawValue, .number($0.value))
            })),
        "given_up": .array(snapshot.givenUp.keys.sorted().map { .string($0) }),
      ]),
      "spent_usd": .string(counts.spent.dollars.text),
      "max_cost_usd": counts.mostCost.map { .string($0.dollars.text) },
      "taken_over": .members([
        "cells": .number(reaped.cells), "requests_sent_again": .number(reaped.inFlight),
        "possible_double_spend_usd": .string(reaped.possibleCost.dollars.text),
        "unpriced": .number(reaped.unpriced),
      ]),
      "self_check": .members([
        "limit_ms": .number(SelfCheck.limit / 1_000_000),
        "loop_late_median_ms": check.medianLag.map { .string(SelfCheck.milliseconds($0)) },
        "loop_late_99_percent_ms": check.mostLag.map { .string(SelfCheck.milliseconds($0)) },
        "measured": .number(check.measured), "withheld": .number(check.withheld),
      ]),
      "stopped": stopWords.map { .string($0) },
    ])
  }
}

extension JSONObject {
  fileprivate init(pairs: [(String, JSONValue)]) {
    self.init()
    for (key, value) in pairs { _ = insert(key, value) }
  }
}

import Facts
import TextFormats

/// The one JSON form of a record, with a version; reading is bounded and refuses what this program would not write.
package enum RecordCodec {
  package static let version = 1
  /// Bytes of a stored record; a full answer is the largest part.
  package static let largest = 16 * 1024 * 1024

  package static func bytes(_ record: CellRecord) -> [UInt8] { value(record).bytes }

  package static func value(_ record: CellRecord) -> JSONValue {
    .members([
      "version": .number(version),
      "cell": .members([
        "key": .string(record.cell.key.digest), "run": .string(record.cell.run),
        "prompt": .string(record.cell.prompt), "route": .string(record.cell.route),
        "trial": .number(record.cell.trial),
      ]),
      "attempts": .array(record.attempts.map(attempt)),
      "failure": record.failure.map { .string($0.rawValue) },
      "stamps_ns": record.stamps.map(stamps),
      "wall_ns": .number(record.wall),
      "usage": record.usage.map(usage),
      "finish_reason": record.finishReason.map { .string($0) },
      "served_model": record.served.model.map { .string($0) },
      "served_provider": record.served.provider.map { .string($0) },
      "fingerprint": record.served.fingerprint.map { .string($0) },
      "answer": answer(record.answer),
      "checks": record.checks.isEmpty ? nil : .array(record.checks.map(check)),
      "cost_by_catalogue": cost(record.costByCatalogue),
      "cost_by_provider_usd": record.costByProvider.map { .string($0.text) },
      "withheld_latency": record.withheldLatency.map { .string($0) },
      "timings": record.timings,
      "ended_at": .string(record.endedAt.text),
    ])
  }

  fileprivate static func attempt(_ attempt: Attempt) -> JSONValue {
    .members([
      "number": .number(attempt.number), "status": attempt.status.map { .number($0) },
      "failure": attempt.failure.map { .string($0.rawValue) }, "note": attempt.note.map { .string($0) },
      "started_at": .string(attempt.startedAt.text), "duration_ns": .number(attempt.duration),
      "request_id": attempt.requestID.map { .string($0) }, "limit_headers": texts(attempt.limitHeaders),
      "retry_after_ms": attempt.retryAfter.map { .number($0) },
      "possible_cost_usd": attempt.possibleCost.map { .string($0.text) },
    ])
  }

  private static func stamps(_ stamps: Stamps) -> JSONValue {
    let gaps = stamps.gaps
    return .members([
      "dispatched": stamps.dispatched.map { .number($0) }, "connected": stamps.connected.map { .number($0) },
      "headers": stamps.headers.map { .number($0) }, "first_delta": stamps.firstDelta.map { .number($0) },
      "first_answer_delta": stamps.firstAnswerDelta.map { .number($0) },
      "last_content": stamps.lastContent.map { .number($0) },
      "stream_end": stamps.streamEnd.map { .number($0) },
      "gaps": gaps.counts.isEmpty
        ? nil
        : .array(
          gaps.counts.sorted { $0.key < $1.key }.map { .array([.number($0.key), .number($0.value)]) }),
      "largest_gap": gaps.counts.isEmpty ? nil : .number(gaps.largest),
      "total_gaps": gaps.counts.isEmpty ? nil : .number(gaps.total),
      "first_chunk_tokens": stamps.firstChunkTokens.map { .number($0) },
    ])
  }

  private static func usage(_ usage: TokenUsage) -> JSONValue {
    .members([
      "fresh": usage.fresh.map { .number($0) }, "cache_read": usage.cacheRead.map { .number($0) },
      "cache_write": usage.cacheWrite.map { .number($0) }, "output": usage.output.map { .number($0) },
      "reasoning": usage.reasoning.map { .number($0) }, "verbatim": usage.verbatim,
    ])
  }

  private static func answer(_ answer: StoredAnswer) -> JSONValue? {
    switch answer {
    case .none: nil
    case .hash(let sha256, let characters):
      .members(["sha256": .string(sha256), "characters": .number(characters)])
    case .full(let text, let calls):
      .members([
        "text": .string(text),
        "tool_calls": calls.isEmpty
          ? nil
          : .array(
            calls.map { .members(["name": .string($0.name), "arguments": .string($0.arguments)]) }),
      ])
    }
  }

  private static func check(_ check: CheckResult) -> JSONValue {
    .members([
      "name": .string(check.name), "kind": .string(check.kind), "passed": check.passed.map { .bool($0) },
      "score": check.score.map { .string($0.text) }, "note": check.note.map { .string($0) },
    ])
  }

  private static func cost(_ cost: CatalogueCost) -> JSONValue {
    switch cost {
    case .known(let dollars, let date):
      .members([
        "state": .string("known"), "usd": .string(dollars.text), "price_date": .string(date.text),
      ])
    case .unknown(let reason, let part):
      .members([
        "state": .string("unknown"), "reason": .string(reason),
        "known_part_usd": part.map { .string($0.text) },
      ])
    }
  }

  private static func texts(_ values: [String: String]) -> JSONValue? {
    guard !values.isEmpty else { return nil }
    var object = JSONObject()
    for (key, value) in values.sorted(by: { $0.key < $1.key }) { _ = object.insert(key, .string(value)) }
    return .object(object)
  }
}

extension RecordCodec {
  /// Attempts that ended without a result, as they are kept beside a cell that goes on.
  package static func value(_ attempts: [Attempt]) -> JSONValue { .array(attempts.map(attempt)) }
}

import Facts
import TextFormats

extension RecordCodec {
  /// Reads what ``bytes(_:)`` wrote.
  ///
  /// - Throws: `RecordError` for bytes that are no record of this version.
  package static func read(_ bytes: [UInt8]) throws(RecordError) -> CellRecord {
    var limits = JSONReader.Limits()
    limits.size = largest
    limits.stringLength = largest
    let value: JSONValue
    do { value = try JSONReader.read(bytes, limits: limits) } catch {
      throw RecordError("the record", "is no JSON: \(error)")
    }
    return try read(value)
  }

  package static func read(_ value: JSONValue) throws(RecordError) -> CellRecord {
    let members = try RecordMembers(value, "the record")
    let version = try members.integer("version")
    guard version == Self.version else {
      throw RecordError("version", "\(version) is not \(Self.version)")
    }
    return CellRecord(
      cell: try cell(members["cell"]), attempts: try each(members, "attempts", attempt),
      failure: try failure(members), stamps: try members["stamps_ns"].map(stamps),
      wall: try members.integer("wall_ns"), usage: try members["usage"].map(usage),
      finishReason: try members.optionalText("finish_reason"),
      served: CellRecord.Served(
        model: try members.optionalText("served_model"),
        provider: try members.optionalText("served_provider"),
        fingerprint: try members.optionalText("fingerprint")),
      answer: try answer(members["answer"]), checks: try each(members, "checks", check),
      costByCatalogue: try cost(members["cost_by_catalogue"]),
      costByProvider: try members.optionalDecimal("cost_by_provider_usd"),
      withheldLatency: try members.optionalText("withheld_latency"), timings: members["timings"],
      endedAt: try time(members, "ended_at"))
  }

  /// Reads what `value(_:)` wrote of attempts.
  package static func attempts(_ bytes: [UInt8]) throws(RecordError) -> [Attempt] {
    guard let values = try? JSONReader.read(bytes).array else { throw RecordError("earlier", "is no list") }
    var attempts: [Attempt] = []
    for value in values { attempts.append(try attempt(value)) }
    return attempts
  }

  private static func each<Item>(
    _ members: RecordMembers, _ key: String, _ read: (JSONValue) throws(RecordError) -> Item
  ) throws(RecordError) -> [Item] {
    var items: [Item] = []
    for value in try members.array(key) { items.append(try read(value)) }
    return items
  }

  private static func failure(_ members: RecordMembers) throws(RecordError) -> FailureClass? {
    members["failure"] == nil ? nil : try members.choice("failure", FailureClass.self)
  }

  private static func time(_ members: RecordMembers, _ key: String) throws(RecordError) -> Timestamp {
    guard let time = try? Timestamp(parsing: try members.text(key)) else {
      throw RecordError(key, "is no time")
    }
    return time
  }

  private static func cell(_ value: JSONValue?) throws(RecordError) -> Cell {
    let members = try RecordMembers(value, "cell")
    guard let key = CellKey(digest: try members.text("key")) else { throw RecordError("key", "is no digest") }
    return Cell(
      key: key, run: try members.text("run"), prompt: try members.text("prompt"),
      route: try members.text("route"), trial: try members.count("trial"))
  }

  private static func attempt(_ value: JSONValue) throws(RecordError) -> Attempt {
    let members = try RecordMembers(value, "attempts")
    return Attempt(
      number: try members.count("number"),
      status: members["status"] == nil ? nil : try members.count("status"),
      failure: try failure(members), note: try members.optionalText("note"),
      startedAt: try time(members, "started_at"), duration: try members.integer("duration_ns"),
      requestID: try members.optionalText("request_id"), limitHeaders: try texts(members, "limit_headers"),
      retryAfter: try members.optionalInteger("retry_after_ms"),
      possibleCost: try members.optionalDecimal("possible_cost_usd"))
  }

  private static func stamps(_ value: JSONValue) throws(RecordError) -> Stamps {
    let members = try RecordMembers(value, "stamps_ns")
    var counts: [Int: Int64] = [:]
    for pair in try members.array("gaps") {
      guard let pair = pair.array, pair.count == 2, let place = pair[0].integer.flatMap({ Int(exactly: $0) }),
        let count = pair[1].integer, counts[place] == nil
      else { throw RecordError("gaps", "are no pairs of class and count") }
      counts[place] = count
    }
    let largest = try members.optionalInteger("largest_gap")
    let total = try members.optionalInteger("total_gaps")
    var gaps = ChunkGaps()
    if !counts.isEmpty {
      guard let largest, let total, let read = ChunkGaps(counts: counts, largest: largest, total: total)
      else {
        throw RecordError("gaps", "are no gaps that can be")
      }
      gaps = read
    }
    return Stamps(
      dispatched: try members.optionalInteger("dispatched"),
      connected: try members.optionalInteger("connected"),
      headers: try members.optionalInteger("headers"), firstDelta: try members.optionalInteger("first_delta"),
      firstAnswerDelta: try members.optionalInteger("first_answer_delta"),
      lastContent: try members.optionalInteger("last_content"),
      streamEnd: try members.optionalInteger("stream_end"), gaps: gaps,
      firstChunkTokens: try members.optionalInteger("first_chunk_tokens"))
  }

  private static func usage(_ value: JSONValue) throws(RecordError) -> TokenUsage {
    let members = try RecordMembers(value, "usage")
    guard let verbatim = members["verbatim"] else { throw RecordError("verbatim", "is missing") }
    return TokenUsage(
      fresh: try members.optionalInteger("fresh"), cacheRead: try members.optionalInteger("cache_read"),
      cacheWrite: try members.optionalInteger("cache_write"), output: try members.optionalInteger("output"),
      reasoning: try members.optionalInteger("reasoning"), verbatim: verbatim)
  }

  private static func answer(_ value: JSONValue?) throws(RecordError) -> StoredAnswer {
    guard let value else { return .none }
    let members = try RecordMembers(value, "answer")
    if let sha256 = try members.optionalText("sha256") {
      return .hash(sha256: sha256, characters: try members.integer("characters"))
    }
    return .full(
      text: try members.text("text"),
      toolCalls: try each(members, "tool_calls") { value throws(RecordError) in
        let call = try RecordMembers(value, "tool_calls")
        return StoredAnswer.ToolCall(name: try call.text("name"), arguments: try call.text("arguments"))
      })
  }

  private static func check(_ value: JSONValue) throws(RecordError) -> CheckResult {
    let members = try RecordMembers(value, "checks")
    return CheckResult(
      name: try members.text("name"), kind: try members.text("kind"),
      passed: try members.optionalFlag("passed"),
      score: try members.optionalDecimal("score"), note: try members.optionalText("note"))
  }

  private static func cost(_ value: JSONValue?) throws(RecordError) -> CatalogueCost {
    let members = try RecordMembers(value, "cost_by_catalogue")
    guard try members.text("state") == "known" else {
      return .unknown(
        reason: try members.text("reason"), knownPart: try members.optionalDecimal("known_part_usd"))
    }
    guard let dollars = try members.optionalDecimal("usd"),
      let date = try? CalendarDate(parsing: try members.text("price_date"))
    else { throw RecordError("cost_by_catalogue", "has no amount or day") }
    return .known(dollars, priceDate: date)
  }

  private static func texts(_ members: RecordMembers, _ key: String) throws(RecordError) -> [String: String] {
    guard let value = members[key] else { return [:] }
    let inner = try RecordMembers(value, key)
    var texts: [String: String] = [:]
    for (name, _) in inner.object.members { texts[name] = try inner.text(name) }
    return texts
  }
}

import Facts

/// Products that keep usage logs in a database, with a ready map of their columns.
public enum LogStore: String, CaseIterable, Hashable, Sendable {
  /// Table `observations` of Langfuse 3, packages/shared/clickhouse/migrations/unclustered/0002_observations.up.sql of
  /// https://github.com/langfuse/langfuse; the keys of `usage_details` do not overlap, see
  /// https://langfuse.com/docs/observability/features/token-and-cost-tracking.
  case langfuse
  /// Table `request_response_rmt`, clickhouse/migrations of https://github.com/Helicone/helicone; its counts do not overlap,
  /// and costs are billionths of a dollar, see packages/cost/costCalc.ts.
  case helicone
  /// Table `LiteLLM_SpendLogs`, litellm/proxy/schema.prisma of https://pypi.org/project/litellm/; what `metadata` holds is in
  /// litellm/proxy/spend_tracking/spend_tracking_utils.py. Prompt tokens count cached ones.
  case litellm

  /// The database that the product uses.
  public var dialect: SQLDialect {
    switch self {
    case .langfuse, .helicone: .clickhouse
    case .litellm: .postgres
    }
  }

  /// The product's log.
  ///
  /// - Parameter table: the table's name where it is not the usual one.
  public func log(in table: LogTable.Place?) -> LogTable {
    switch self {
    case .langfuse: langfuse(table)
    case .helicone: helicone(table)
    case .litellm: litellm(table)
    }
  }

  private func langfuse(_ table: LogTable.Place?) -> LogTable {
    // Usage types are the sender's own words, in buckets that do not overlap.
    let isAnswer = "match(lower(name), 'output|completion|reasoning|candidates|thought')"
    let isCached = "NOT \(isAnswer) AND position(lower(name), 'cach') > 0"
    func sum(_ test: String) -> LogTable.Reading {
      .expression("arraySum(mapValues(mapFilter((name, pieces) -> \(test), source.usage_details)))")
    }
    return LogTable(
      place: table ?? .table(["observations"]),
      columns: [
        .time: .column("start_time"), .model: .column("provided_model_name"), .key: .column("project_id"),
        .mode: .expression("JSONExtractString(ifNull(source.model_parameters, ''), 'service_tier')"),
        .charged: .column("total_cost"),
        .count(.input): sum("NOT \(isAnswer) AND match(lower(name), 'cach|input|prompt')"),
        .count(.output): sum(isAnswer),
        .count(.cacheRead): sum("\(isCached) AND NOT match(lower(name), 'creation|write')"),
        .count(.cacheWrite): sum("\(isCached) AND match(lower(name), 'creation|write')"),
        .count(.cacheWriteHour): sum(
          "\(isCached) AND match(lower(name), 'creation|write') AND position(lower(name), '1h') > 0"),
        .count(.reasoning): sum("match(lower(name), 'reasoning|thought')"),
        .count(.audioInput): sum(
          "NOT \(isAnswer) AND NOT (\(isCached)) AND position(lower(name), 'audio') > 0"),
        .count(.audioOutput): sum(
          "\(isAnswer) AND NOT match(lower(name), 'reasoning|thought') AND position(lower(name), 'audio') > 0"
        ),
      ], timeKind: .timestamp, excludesCache: false, suffix: " FINAL",
      condition: "source.type IN ('GENERATION', 'EMBEDDING') AND source.is_deleted = 0")
  }

  private func helicone(_ table: LogTable.Place?) -> LogTable {
    // What Helicone's own cache answers is not billed by anybody.
    func sum(_ columns: [String]) -> LogTable.Reading {
      let pieces = columns.map { "ifNull(source.\($0), 0)" }.joined(separator: " + ")
      return .expression(
        "if(source.cache_reference_id = toUUID('00000000-0000-0000-0000-000000000000'), \(pieces), 0)")
    }
    let (read, write) = ("prompt_cache_read_tokens", "prompt_cache_write_tokens")
    let (heard, spoken) = ("prompt_audio_tokens", "completion_audio_tokens")
    return LogTable(
      place: table ?? .table(["request_response_rmt"]),
      columns: [
        .time: .column("request_created_at"), .model: .column("model"), .key: .column("user_id"),
        .provider: .expression("if(source.provider = 'CUSTOM', '', source.provider)"),
        .charged: .expression("toDecimal128(source.cost, 9) / toDecimal128(1000000000, 0)"),
        .count(.input): sum(["prompt_tokens", read, write, heard]),
        .count(.output): sum(["completion_tokens", spoken]),
        .count(.cacheRead): sum([read]), .count(.cacheWrite): sum([write]),
        .count(.audioInput): sum([heard]), .count(.audioOutput): sum([spoken]),
        .count(.request): .expression(
          "if(source.cache_reference_id = toUUID('00000000-0000-0000-0000-000000000000'), 1, 0)"),
      ], timeKind: .timestamp, excludesCache: false, suffix: " FINAL")
  }

  private func litellm(_ table: LogTable.Place?) -> LogTable {
    let usage = "source.metadata -> 'usage_object'"
    let more = "source.metadata -> 'additional_usage_values'"
    // What LiteLLM's own cache answers is not billed by anybody.
    func billed(_ count: String) -> LogTable.Reading {
      .expression("CASE WHEN lower(source.cache_hit) = 'true' THEN 0 ELSE \(count) END")
    }
    func first(_ paths: [String]) -> LogTable.Reading {
      billed("CAST(COALESCE(\(paths.joined(separator: ", "))) AS BIGINT)")
    }
    func details(_ group: String, _ names: String) -> [String] {
      [usage, more].map { "\($0) -> '\(group)' \(names)" }
    }
    return LogTable(
      place: table ?? .table(["LiteLLM_SpendLogs"]),
      columns: [
        .time: .column("startTime"), .provider: .column("custom_llm_provider"), .model: .column("model"),
        .key: .expression("COALESCE(source.metadata ->> 'user_api_key_alias', source.api_key)"),
        .mode: .expression("COALESCE(\(usage) ->> 'service_tier', \(more) ->> 'service_tier')"),
        .charged: .column("spend"),
        .count(.input): billed("source.prompt_tokens"), .count(.output): billed("source.completion_tokens"),
        .count(.cacheRead): first(
          ["\(usage) ->> 'cache_read_input_tokens'", "\(more) ->> 'cache_read_input_tokens'"]
            + details("prompt_tokens_details", "->> 'cached_tokens'")),
        .count(.cacheWrite): first(
          ["\(usage) ->> 'cache_creation_input_tokens'", "\(more) ->> 'cache_creation_input_tokens'"]
            + details("prompt_tokens_details", "->> 'cache_creation_tokens'")),
        .count(.cacheWriteHour): first(
          details(
            "prompt_tokens_details", "-> 'cache_creation_token_details' ->> 'ephemeral_1h_input_tokens'")),
        .count(.reasoning): first(details("completion_tokens_details", "->> 'reasoning_tokens'")),
        .count(.audioInput): first(details("prompt_tokens_details", "->> 'audio_tokens'")),
        .count(.audioOutput): first(details("completion_tokens_details", "->> 'audio_tokens'")),
        .count(.request): billed("1"),
      ], timeKind: .timestamp, excludesCache: false)
  }
}

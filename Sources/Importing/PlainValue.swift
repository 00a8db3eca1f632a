import Facts

/// Values as people write them in curated files and plain facts, normalised by the field they stand for.
enum PlainValue {
  /// Adds the claim, or the problem. `none` is a stated absence.
  static func add(
    _ field: Field, written: String, path: String, url: String? = nil, to draft: inout RecordDraft
  ) {
    if written.lowercased() == "none" {
      draft.add(Claim(field, .none, asWritten: written, url: url, path: path))
      return
    }
    guard let value = value(of: field, written: written) else {
      draft.problem(
        "bad-value",
        "\(path) \(written.bounded) is no \(expectation(of: field)). hint: write \(example(of: field))")
      return
    }
    draft.add(Claim(field, value, asWritten: written, url: url, path: path))
  }

  static func value(of field: Field, written: String) -> FactValue? {
    switch field {
    case .capability, .osiApproved, .temperature:
      switch written.lowercased() {
      case "yes", "true": .flag(true)
      case "no", "false": .flag(false)
      default: nil
      }
    case .contextWindow, .maxInput, .maxOutput, .minCacheTokens, .tokensPerMinute:
      (try? TokenCount(parsing: written)).flatMap {
        (1...1_000_000_000).contains($0.tokens) ? .tokens($0) : nil
      }
    case .parameters, .activeParameters:
      (try? ParameterCount(parsing: written)).flatMap { $0.parameters > 0 ? .parameters($0) : nil }
    case .released, .knowledgeCutoff, .retirement:
      (try? CalendarDate(parsing: written)).map(FactValue.date)
    case .requestsPerMinute:
      (try? Count.parse(written)).flatMap { $0 > 0 ? .count($0) : nil }
    case .commercialUse: CommercialUse(rawValue: written.lowercased()).map { .text($0.rawValue) }
    case .openness: Openness(rawValue: written.lowercased()).map { .text($0.rawValue) }
    case .routeKind: RouteKind(rawValue: written.lowercased()).map { .text($0.rawValue) }
    case .price: nil
    case .name, .lab, .family, .productType, .architecture, .license, .region, .quantisation, .dialect,
      .status, .endpoints, .accepts, .refuses, .effortLevels, .defaultEffort, .thinking, .tokenizer,
      .successor:
      written.isEmpty || written.unicodeScalars.count > 400 ? nil : .text(written)
    }
  }

  static func expectation(of field: Field) -> String {
    switch field {
    case .capability, .osiApproved, .temperature: "yes or no"
    case .contextWindow, .maxInput, .maxOutput, .minCacheTokens, .tokensPerMinute:
      "whole number of tokens up to 1,000,000,000"
    case .requestsPerMinute: "whole number of requests"
    case .parameters, .activeParameters: "whole number of parameters"
    case .released, .knowledgeCutoff, .retirement: "date"
    case .commercialUse: "known kind of commercial use"
    case .openness: "known openness"
    case .routeKind: "known kind of route"
    case .price: "price"
    default: "text of at most 400 characters"
    }
  }

  private static func example(of field: Field) -> String {
    switch field {
    case .capability, .osiApproved, .temperature: #"true, false or "unknown""#
    case .contextWindow, .maxInput, .maxOutput, .minCacheTokens, .tokensPerMinute: "262144"
    case .requestsPerMinute: "300"
    case .parameters, .activeParameters: #""1T" or "235B""#
    case .released, .knowledgeCutoff, .retirement: #""2026-02-12""#
    case .commercialUse: CommercialUse.allCases.map(\.rawValue).joined(separator: " | ")
    case .openness: Openness.allCases.map(\.rawValue).joined(separator: " | ")
    case .routeKind: RouteKind.allCases.map(\.rawValue).joined(separator: " | ")
    case .price: #""0.075""#
    default: "a short text"
    }
  }
}

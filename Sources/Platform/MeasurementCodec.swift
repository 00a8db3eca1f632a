import Cataloguing
import Facts
import TextFormats

/// The JSON form of measurements, with a version. Numbers that were measured are texts, so that no reader rounds them.
enum MeasurementCodec {
  static let schema = "llmref/measured/1"
  private static let most = 100_000

  static func value(_ measurements: [Measurement]) -> JSONValue {
    .members(["schema": .string(schema), "measurements": .array(measurements.map(entry))])
  }

  private static func entry(_ measurement: Measurement) -> JSONValue {
    .members([
      "run": .string(measurement.run), "name": .string(measurement.name),
      "model": .string(measurement.model.rawValue), "provider": .string(measurement.provider.rawValue),
      "api_id": .string(measurement.apiID), "date": .string(measurement.date.text),
      "valid_until": .string(measurement.validUntil.text), "cells": .number(measurement.cells),
      "passed": .number(measurement.passed), "unusable": .number(measurement.unusable),
      "has_checks": .bool(measurement.hasChecks), "rate_low": .string(measurement.rateLow.text),
      "rate_high": .string(measurement.rateHigh.text),
      "cost_per_thousand_usd": measurement.costPerThousand.map { .string($0.text) },
      "first_token_ms": measurement.firstToken.map(percentiles),
      "last_token_ms": measurement.lastToken.map(percentiles),
      "per_token_ms": measurement.perToken.map(percentiles),
      "prices": .array(
        measurement.prices.sorted { $0.key < $1.key }.map {
          .members(["term": .string($0.key), "usd": .string($0.value)])
        }),
      "served": .array(
        measurement.served.sorted {
          ($0.model ?? "", $0.fingerprint ?? "") < ($1.model ?? "", $1.fingerprint ?? "")
        }
        .map {
          .members(["model": $0.model.map { .string($0) }, "fingerprint": $0.fingerprint.map { .string($0) }])
        }),
      "comparison": measurement.comparison.map(comparison),
    ])
  }

  private static func percentiles(_ value: Measurement.Percentiles) -> JSONValue {
    .members(["median": .string(value.median.text), "p95": .string(value.p95.text)])
  }

  private static func comparison(_ value: MeasuredComparison) -> JSONValue {
    .members([
      "baseline": .string(value.baseline), "pairs": .number(value.pairs),
      "quality": .string(value.quality.rawValue),
      "difference": .string(value.difference.text), "low": .string(value.low.text),
      "high": .string(value.high.text),
      "cost": .string(value.cost.rawValue),
    ])
  }

  // MARK: Reading

  /// What does not read.
  struct Problem: Error, CustomStringConvertible {
    let description: String
  }

  static func read(_ value: JSONValue) throws -> [Measurement] {
    guard value["schema"]?.string == schema else { throw Problem(description: "the schema is not \(schema)") }
    guard let entries = value["measurements"]?.array, entries.count <= most else {
      throw Problem(description: "measurements is no list of at most \(most)")
    }
    return try entries.map(measurement)
  }

  private static func measurement(_ value: JSONValue) throws -> Measurement {
    let cells = try count(value, "cells")
    let (passed, unusable) = (try count(value, "passed"), try count(value, "unusable"))
    guard cells > 0, passed <= cells, unusable <= cells - passed else {
      throw Problem(description: "passed and unusable are together at most the cells")
    }
    guard let hasChecks = value["has_checks"]?.bool else {
      throw Problem(description: "has_checks is true or false")
    }
    var prices: [String: String] = [:]
    for price in value["prices"]?.array ?? [] { prices[try text(price, "term")] = try text(price, "usd") }
    return Measurement(
      run: try text(value, "run"), name: try text(value, "name"), model: ModelID(try text(value, "model")),
      provider: ProviderID(try text(value, "provider")), apiID: try text(value, "api_id"),
      date: try day(value, "date"),
      validUntil: try day(value, "valid_until"), cells: cells, passed: passed, unusable: unusable,
      hasChecks: hasChecks, rateLow: try decimal(value, "rate_low"),
      rateHigh: try decimal(value, "rate_high"),
      costPerThousand: try optional(value, "cost_per_thousand_usd", decimal),
      firstToken: try optional(value, "first_token_ms", percentiles),
      lastToken: try optional(value, "last_token_ms", percentiles),
      perToken: try optional(value, "per_token_ms", percentiles), prices: prices,
      served: Set(
        (value["served"]?.array ?? []).map {
          Measurement.Served(model: $0["model"]?.string, fingerprint: $0["fingerprint"]?.string)
        }), comparison: try optional(value, "comparison", comparison))
  }

  private static func optional<Value>(
    _ value: JSONValue, _ key: String, _ read: (JSONValue, String) throws -> Value
  ) throws -> Value? {
    value[key] == nil ? nil : try read(value, key)
  }

  private static func text(_ value: JSONValue, _ key: String) throws -> String {
    guard let text = value[key]?.string, !text.isEmpty, text.utf8.count <= 1000 else {
      throw Problem(description: "\(key) is a text of 1 to 1000 bytes")
    }
    return text
  }

  private static func count(_ value: JSONValue, _ key: String) throws -> Int {
    guard case .number(let digits)? = value[key], let count = Int(digits), count >= 0 else {
      throw Problem(description: "\(key) is a whole number")
    }
    return count
  }

  private static func decimal(_ value: JSONValue, _ key: String) throws -> ExactDecimal {
    guard let text = value[key]?.string, let number = try? ExactDecimal(parsing: text) else {
      throw Problem(description: "\(key) is a decimal as text")
    }
    return number
  }

  private static func day(_ value: JSONValue, _ key: String) throws -> CalendarDate {
    guard let text = value[key]?.string, let date = try? CalendarDate(parsing: text), date.day != nil else {
      throw Problem(description: "\(key) is a day like 2026-06-15")
    }
    return date
  }

  private static func percentiles(_ value: JSONValue, _ key: String) throws -> Measurement.Percentiles {
    guard let object = value[key] else { throw Problem(description: "\(key) is missing") }
    return Measurement.Percentiles(median: try decimal(object, "median"), p95: try decimal(object, "p95"))
  }

  private static func comparison(_ value: JSONValue, _ key: String) throws -> MeasuredComparison {
    guard let object = value[key],
      let quality = MeasuredComparison.Quality(rawValue: try text(object, "quality")),
      let cost = MeasuredComparison.Cost(rawValue: try text(object, "cost"))
    else { throw Problem(description: "\(key) has no known verdict") }
    return MeasuredComparison(
      baseline: try text(object, "baseline"), pairs: try count(object, "pairs"), quality: quality,
      difference: try decimal(object, "difference"), low: try decimal(object, "low"),
      high: try decimal(object, "high"),
      cost: cost)
  }
}

import Cataloguing
import Facts
import Foundation
import Metering
import Pricing

/// Reading samples in tests.
enum SampleLog {
  struct Reading {
    var rows: [UsageRow] = []
    var problems: [RowProblem] = []
    var notes = LogNotes()
    var format: String?
  }

  static func bytes(_ fixture: String) throws -> [UInt8] {
    let url = try required(Bundle.module.url(forResource: "Fixtures/" + fixture, withExtension: nil))
    return Array(try Data(contentsOf: url))
  }

  /// - Parameter piece: how many bytes come at a time.
  static func read(
    _ bytes: [UInt8], file: String = "log", piece: Int = 7, _ options: UsageLogReader.Options = .init(),
    seen: DuplicateFilter = DuplicateFilter()
  ) throws -> Reading {
    var reader = UsageLogReader(file: file, options: options, seen: seen)
    var reading = Reading()
    func take(_ batch: RowBatch) {
      reading.rows += batch.rows
      reading.problems += batch.problems
    }
    for start in stride(from: 0, to: bytes.count, by: piece) {
      take(try reader.feed(Array(bytes[start..<min(bytes.count, start + piece)])))
    }
    take(try reader.finish())
    (reading.notes, reading.format) = (reader.notes, reader.formatName)
    return reading
  }

  static func read(_ text: String, _ options: UsageLogReader.Options = .init()) throws -> Reading {
    try read(Array(text.utf8), options)
  }

  static func fixture(_ name: String, _ options: UsageLogReader.Options = .init()) throws -> Reading {
    try read(bytes(name), file: name, options)
  }

  private struct Missing: Error {}
  private static func required<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw Missing() }
    return value
  }
}

extension UsageRow {
  /// `input=1000 cache_read=400 output=200`, in the order of units.
  var counts: String {
    usage.units.map { "\($0.usageKey)=\(usage[$0])" }.joined(separator: " ")
  }
}

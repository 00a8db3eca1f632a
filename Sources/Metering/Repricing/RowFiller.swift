import Facts
import Pricing

/// Turns the row of a format's reader into one as a scanner reads it.
struct RowFiller: ~Copyable {
  private var memory: UnsafeMutablePointer<UInt8>
  private var capacity = 4096

  init() { memory = .allocate(capacity: capacity) }

  deinit { memory.deallocate() }

  /// - Returns: the row's whole usage where it has units that a scanner does not read.
  mutating func fill(_ row: inout ScannedRow, from usageRow: UsageRow, labels: [String]) -> Usage? {
    row.clear()
    row.present = 0
    var texts: [(RowField, String)] = [(.model, usageRow.model)]
    if let provider = usageRow.provider { texts.append((.provider, provider)) }
    if let key = usageRow.key { texts.append((.key, key)) }
    if let id = usageRow.requestID { texts.append((.id, id)) }
    for (place, label) in labels.enumerated() {
      guard let field = RowField(rawValue: RowField.label0.rawValue + UInt8(place)),
        let text = usageRow.tags[label]
      else { continue }
      texts.append((field, text))
    }
    write(texts, into: &row)
    if let time = usageRow.time {
      row.seconds = time.seconds
      row.present |= RowField.time.bit
    }
    if let mode = usageRow.mode, let place = PriceMode.allCases.firstIndex(of: mode) {
      row.mode = UInt8(place)
      row.present |= RowField.mode.bit
    }
    if let charged = usageRow.charged {
      row.charged = charged.attodollars
      row.present |= RowField.charged.bit
    }
    var known: Set<BillableUnit> = [.request]
    for (field, unit) in RowField.units where unit != .request {
      known.insert(unit)
      row[field] = usageRow.usage[unit]
      if row[field] > 0 { row.present |= field.bit }
    }
    if usageRow.requests != 1 {
      row[.requests] = usageRow.requests
      row.present |= RowField.requests.bit
    }
    return usageRow.usage.units.allSatisfy(known.contains) ? nil : usageRow.usage
  }

  private mutating func write(_ texts: [(RowField, String)], into row: inout ScannedRow) {
    let size = texts.reduce(0) { $0 + $1.1.utf8.count + 8 }
    if size > capacity {
      memory.deallocate()
      capacity = size * 2
      memory = .allocate(capacity: capacity)
    }
    var place = 0
    for (field, text) in texts {
      guard let slot = field.textPlace else { continue }
      let start = memory + place
      var count = 0
      for byte in text.utf8 {
        start[count] = byte
        count += 1
      }
      for gap in 0..<8 { start[count + gap] = 0 }
      row.texts[slot] = TextSpan(start: UnsafePointer(start), count: count)
      row.present |= field.bit
      place += count + 8
    }
  }
}

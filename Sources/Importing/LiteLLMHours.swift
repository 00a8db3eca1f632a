import Facts
import TextFormats

/// LiteLLM's `off_peak_pricing`: prices that replace the row's own inside windows of UTC hours, on some weekdays.
///
/// The row's own price is the dearer one and holds at all other hours. A weekday is that of `weekday_timezone` at the moment of
/// the request, UTC where none is named.
enum LiteLLMHours {
  /// Minutes ahead of UTC of the time zones that the source names; none of them has summer time.
  private static let offsets = ["UTC": 0, "Asia/Shanghai": 480]

  static func prices(_ row: JSONValue, mode: String, into draft: inout RecordDraft) {
    let path = "off_peak_pricing"
    guard let block = row[path], block != .null else { return }
    guard let hours = hours(of: block) else {
      draft.problem("unread-hours", "\(path) has windows that no hours of a price stand for")
      return
    }
    for (name, value) in block.object?.members ?? [] {
      guard case .read(let reading) = LiteLLMPrices.decision(name, mode: mode) else { continue }
      draft.price(
        PriceTerm(reading.term.unit, hours: hours), value, factor: reading.factor, unit: reading.written,
        path: path + "." + name)
    }
  }

  /// The hours of the block: on some weekdays the windows, on the others none or all.
  static func hours(of block: JSONValue) -> PriceHours? {
    guard let offset = offsets[block["weekday_timezone"]?.string ?? "UTC"] else { return nil }
    var days = [[Bool]](repeating: [Bool](repeating: false, count: 1440), count: 7)
    var rules = (block["windows"]?.array ?? []).map { ($0["hours_utc"], $0["weekdays"]) }
    if let flat = block["hours_utc"] { rules.append((flat, nil)) }
    for (windows, weekdays) in rules {
      guard let spans = spans(windows), let on = self.weekdays(weekdays) else { return nil }
      for minute in 0..<1440 where spans.contains(where: { $0.contains(minute) }) {
        for day in on { days[day][(minute + offset) % 1440] = true }
      }
    }
    let partial = days.indices.filter { Set(days[$0]).count > 1 }
    guard let first = partial.first, partial.allSatisfy({ days[$0] == days[first] }) else { return nil }
    let others = Set(days.indices.filter { !partial.contains($0) }.map { days[$0][0] })
    guard others.count <= 1 else { return nil }
    // Days that are off-peak throughout: the complement of the peak on the rest.
    let isComplement = others.first ?? false
    return PriceHours(
      runs(of: !isComplement, in: days[first]), weekdays: Set(partial), offset: offset,
      isComplement: isComplement)
  }

  private static func runs(of wanted: Bool, in day: [Bool]) -> [PriceHours.Span] {
    var spans: [PriceHours.Span] = []
    var start: Int?
    for minute in 0...1440 {
      let isWanted = minute < 1440 && day[minute] == wanted
      if isWanted, start == nil { start = minute }
      if !isWanted, let from = start {
        spans.append(PriceHours.Span(start: from, end: minute))
        start = nil
      }
    }
    return spans
  }

  /// Minutes of the day; a window that ends where it starts is the whole day, one that ends before it runs past midnight.
  private static func spans(_ value: JSONValue?) -> [Window]? {
    let texts = value?.string.map { [$0] } ?? value?.array?.compactMap(\.string)
    guard let texts, !texts.isEmpty else { return nil }
    var windows: [Window] = []
    for text in texts {
      let ends = text.split(separator: "-").map { minute(String($0)) }
      guard ends.count == 2, let start = ends[0], let end = ends[1] else { return nil }
      windows.append(Window(start: start, end: end))
    }
    return windows
  }

  private struct Window {
    let start: Int
    let end: Int

    func contains(_ minute: Int) -> Bool {
      start < end ? start <= minute && minute < end : minute >= start || minute < end
    }
  }

  private static func minute(_ text: String) -> Int? {
    let parts = text.split(separator: ":").map { Int($0) }
    guard parts.count == 2, let hours = parts[0], let minutes = parts[1], (0..<24).contains(hours),
      (0..<60).contains(minutes)
    else { return nil }
    return hours * 60 + minutes
  }

  /// 1 is Monday at the source.
  private static func weekdays(_ value: JSONValue?) -> [Int]? {
    guard let value, value != .null else { return Array(0..<7) }
    let days = (value.array ?? []).compactMap { $0.numberText.flatMap(Int.init) }
    guard !days.isEmpty, days.count == value.array?.count, days.allSatisfy({ (1...7).contains($0) }) else {
      return nil
    }
    return days.map { $0 - 1 }
  }
}

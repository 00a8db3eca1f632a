import Cataloguing
import Facts
import Foundation
import Testing

@testable import Metering

/// Logs damaged at random. A scanner reads memory as it stands, so these run under the address sanitizer now and then:
/// `swift test --sanitize=address --filter ScannerFuzz`, more of them with `LLMREF_SCALE=1000`.
@Suite struct ScannerFuzz {
  private static let seeds: Range<UInt64> = {
    let scale = ProcessInfo.processInfo.environment["LLMREF_SCALE"].flatMap(UInt64.init) ?? 100
    return 0..<min(max(scale, 10), 100_000)
  }()

  private enum Kind: CaseIterable { case rows, responses, table }

  // MARK: Logs

  private static func log(_ kind: Kind, _ dice: inout Dice) -> [UInt8] {
    let count = 1 + dice.below(40)
    let end = dice.pick(["\n", "\n", "\r\n"])
    var lines: [String]
    switch kind {
    case .rows: lines = (0..<count).map { _ in RepriceLaws.line(&dice) }
    case .responses: lines = (0..<count).map { _ in response(&dice) }
    case .table: lines = table(&dice, rows: count)
    }
    let repeats = (0..<dice.below(4)).map { _ in dice.pick(lines) }
    if kind != .table || dice.chance(50) { lines += repeats }
    return Array((lines.joined(separator: end) + dice.pick(["", end, "\n\n"])).utf8)
  }

  private static func response(_ dice: inout Dice) -> String {
    let (input, output) = (dice.below(3000), dice.below(900))
    let (read, thought) = (dice.below(input + 1), dice.below(output + 1))
    let id = dice.chance(70) ? #""id":"r\#(dice.below(50))","# : ""
    let choices = dice.pick(["", #""choices":[{"message":{"content":"a \"b\" é\n"}}],"#, #""choices":null,"#])
    let details =
      dice.chance(50)
      ? #","prompt_tokens_details":{"cached_tokens":\#(read)},"completion_tokens_details":{"reasoning_tokens":\#(thought)}"#
      : dice.pick(["", #","prompt_tokens_details":null"#, #","cost":0.25"#])
    return
      #"{\#(id)"object":"chat.completion","created":\#(1_772_323_200 + dice.below(2_000_000)),"model":"\#(dice.pick(["alpha", "beta", "omega"]))",\#(choices)"usage":{"prompt_tokens":\#(input),"completion_tokens":\#(output),"total_tokens":\#(input + output)\#(details)},"provider":"east"}"#
  }

  private static func table(_ dice: inout Dice, rows: Int) -> [String] {
    let separator = dice.pick([",", ",", ";", "\t"])
    var columns = ["time", "provider", "model", "input", "output", "key", "note", "charged_usd", "mode"]
    columns.shuffle(using: &dice)
    func field(_ text: String) -> String {
      guard dice.chance(15) || text.contains(where: { "\"\n".contains($0) || String($0) == separator }) else {
        return text
      }
      return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
    func value(_ column: String) -> String {
      switch column {
      case "time": "2026-03-0\(1 + dice.below(9))T0\(dice.below(10)):00:00Z"
      case "provider": dice.pick(["east", "west", ""])
      case "model": dice.pick(["alpha", "beta", "gamma", " gamma "])
      case "input", "output": dice.pick(["\(dice.below(5000))", "1e3", "7.0", ""])
      case "charged_usd": dice.pick(["", "0.25", "1e-7"])
      case "mode": dice.pick(["", "batch", "standard"])
      default: dice.pick(["", "k1", "日本", "a,b;c\td", "two\nlines", "a \"b\"", "\""])
      }
    }
    return [columns.joined(separator: separator)]
      + (0..<rows).map { _ in columns.map { field(value($0)) }.joined(separator: separator) }
  }

  // MARK: Damage

  private static let pieces: [[UInt8]] = [
    [0x22], [0x5C], [0x0A], [0x0D], [0x2C], [0x7B], [0x7D], [0], [0xFF], [0xEF, 0xBB, 0xBF], [0xC3],
    [0xED, 0xA0, 0x80], Array("\\ud800".utf8), Array("\\u00".utf8), Array("1e".utf8), Array("null".utf8),
    Array("99999999999999999999".utf8), Array(repeating: 0x5B, count: 70), Array("\"\"".utf8),
    Array(repeating: 0x20, count: 80),
  ]

  private static func damage(_ log: [UInt8], _ dice: inout Dice) -> [UInt8] {
    var log = log
    for _ in 0..<dice.below(6) where !log.isEmpty {
      let place = dice.below(log.count)
      switch dice.below(8) {
      case 0: log.removeSubrange(place..<min(log.count, place + dice.below(30)))
      case 1: log[place] ^= 1 << UInt8(dice.below(8))
      case 2: log.insert(contentsOf: log[place..<min(log.count, place + dice.below(200))], at: place)
      case 3: log.insert(contentsOf: Self.pieces[0], at: place)
      case 4 where dice.chance(20): log.removeSubrange(place...)
      case 5 where dice.chance(20): log.insert(contentsOf: [0xEF, 0xBB, 0xBF], at: 0)
      default: log.insert(contentsOf: dice.pick(Self.pieces), at: place)
      }
    }
    return log
  }

  // MARK: Laws

  /// What was read, in words; the error of a log that does not read as a whole.
  private static func answer(
    _ log: [UInt8], _ catalogue: Catalogue, threads: Int = 1, piece: Int = .max, chunk: Int? = nil,
    scans: Bool = true
  ) async throws -> [String] {
    do {
      let answer = try await RepriceLog.reprice(
        [log], catalogue, threads: threads, piece: piece, chunk: chunk, scans: scans
      ) {
        $0.tables = [[.model, .key], [.day, .mode]]
        $0.reading.keepsDuplicates = true
      }
      return answer.summary.filter { !$0.contains("log0") } + answer.placedProblems.sorted()
    } catch let error as UsageLogError {
      return ["\(error)"]
    }
  }

  /// Whatever stands in a log, and however it comes, the scanner says what the reader of its format says.
  @Test(arguments: seeds) func damagedLogsAreReadAsTheirFormatReadsThem(seed: UInt64) async throws {
    var dice = Dice(50_000 + seed)
    let catalogue = try RepriceLaws.catalogue(&dice)
    let kind = dice.pick(Kind.allCases)
    let log = Self.damage(Self.log(kind, &dice), &dice)
    let slow = try await Self.answer(log, catalogue, scans: false)
    let piece = dice.pick([1, 3, 7, 61, 500, .max])
    let chunk = dice.pick([64, 100, 1000, 10_000])
    let fast = try await Self.answer(log, catalogue, threads: 1 + dice.below(3), piece: piece, chunk: chunk)
    let lost = slow.filter { !fast.contains($0) }
    let added = fast.filter { !slow.contains($0) }
    #expect(lost == [], "a log of \(kind), pieces of \(piece), chunks of \(chunk)")
    #expect(added == [])
  }
}

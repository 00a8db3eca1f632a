import Testing
import TextFormats

@Suite struct CSVReading {
  private func rows(_ text: String, _ change: (inout CSVReader.Dialect) -> Void = { _ in }) throws
    -> [[String]]
  {
    var dialect = CSVReader.Dialect()
    change(&dialect)
    return try CSVText.read(Array(text.utf8), dialect).map { $0.fields.map(\.text) }
  }

  /// The examples of RFC 4180, section 2, numbers 1 to 7.
  @Test(arguments: [
    ("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n", [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]]),
    ("aaa,bbb,ccc\r\nzzz,yyy,xxx", [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]]),
    ("\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx", [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]]),
    ("\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx", [["aaa", "b\r\nbb", "ccc"], ["zzz", "yyy", "xxx"]]),
    ("\"aaa\",\"b\"\"bb\",\"ccc\"", [["aaa", "b\"bb", "ccc"]]),
  ])
  func recordsAreThoseOfTheStandardsExamples(text: String, expected: [[String]]) throws {
    #expect(try rows(text) == expected)
  }

  @Test(
    arguments: [
      ("", []), ("a", [["a"]]), (",", [["", ""]]), ("\"\"", [[""]]), ("\"\"\"\"", [["\""]]),
      ("a,\n,b\n", [["a", ""], ["", "b"]]),
      ("\u{FEFF}a\n\u{FEFF}b", [["a"], ["b"]]), ("a\n\n \t\nb\n", [["a"], ["b"]]), ("\"\"x,y", [["x", "y"]]),
      ("\"a\"b\"c\",d", [["ab\"c\"", "d"]]), ("say \"hi\",b", [["say \"hi\"", "b"]]),
      ("5\" disk,x\n6\" disk,y", [["5\" disk", "x"], ["6\" disk", "y"]]),
      (" \"a,b\"", [[" \"a", "b\""]]),
    ] as [(String, [[String]])])
  func whatTheStandardLeavesOpenIsReadAsWritten(text: String, expected: [[String]]) throws {
    #expect(try rows(text) == expected)
  }

  @Test func carriageReturnsEndRecordsWhereTheyAreWanted() throws {
    #expect(
      try rows("a,b\rc,\"d\re\"\r") { $0.endsAtCarriageReturn = true } == [["a", "b"], ["c", "d\re"]])
    #expect(try rows("a,b\rc") == [["a", "b\rc"]])
    #expect(try rows("a\r\r\rb\r\r") { $0.endsAtCarriageReturn = true } == [["a"], ["b"]])
  }

  @Test func anEmptyFieldIsToldFromNothingByItsQuotes() throws {
    let fields = try CSVText.read(Array("\"\",,a".utf8))[0].fields
    #expect(fields.map(\.isQuoted) == [true, false, false])
    #expect(try rows("a\n\nb") { $0.keepsBlankLines = true } == [["a"], [""], ["b"]])
  }

  @Test func anOpenQuoteIsRefusedWithItsLine() {
    #expect(throws: CSVReader.Fault.openQuote(line: 3)) { try rows("a\nb,\n\"c\nd") }
    #expect(throws: CSVReader.Fault.openQuote(line: 2)) { try rows("\"a\nb\",\"c\nd") }
  }

  /// Two columns are asked for. The first record opens a quote that the fourth line's would close: with three fields then, so its
  /// first line is broken, and the three behind it are read by themselves.
  @Test func aQuoteThatNeverClosesDoesNotSwallowTheLinesBehindIt() {
    var dialect = CSVReader.Dialect()
    (dialect.columns, dialect.skipsHeader, dialect.countsStrayQuotes) = (2, true, true)
    var reader = CSVReader(dialect)
    var records: [String] = []
    func take(_ record: CSVReader.Record) {
      switch record {
      case .fields(let fields, let line):
        records.append("\(line) \(fields.map(\.text).joined(separator: "|"))")
      case .broken(let fault, let line): records.append("\(line) \(fault)")
      }
    }
    for piece in ["h,", "i\na,\"b\nc,", "d\ne,f\ng,5\" disk,h\n", "j,k"] {
      reader.feed(Array(piece.utf8), take: take)
    }
    reader.finish(take: take)
    #expect(
      records == [
        "2 fieldCount(Optional(3))", "3 c|d", "4 e|f", "5 openQuote(line: 5)", "6 j|k",
      ])
  }

  @Test func linesAndRecordsAreBounded() {
    var dialect = CSVReader.Dialect()
    dialect.longest = 8
    var reader = CSVReader(dialect)
    var records: [CSVReader.Record] = []
    reader.feed(Array("123456789\n\"1234\n1234\n1234\"\na".utf8)) { records.append($0) }
    reader.finish { records.append($0) }
    #expect(records.first == .broken(.lineTooLong, line: 1))
    #expect(records.dropFirst().first == .broken(.openQuote(line: 2), line: 2))
    guard case .fields(let fields, line: 5)? = records.last else {
      Issue.record("the last record is not read: \(records)")
      return
    }
    #expect(fields.map(\.text) == ["a"])
  }

  /// However a table is cut into pieces, its records are the same; and what the writer writes the reader reads.
  @Test func drawnTablesAreReadAsTheyWereWrittenHoweverTheyAreCut() throws {
    let parts = ["", "a", "\"", ",", "\n", "\r\n", "\r", " ", "é", "\"\"", "x,\"y\n\""]
    for seed in 0..<400 {
      var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
      func draw(_ count: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % count
      }
      let table = (0...draw(4)).map { _ in
        (0...draw(3)).map { _ in "v" + parts[draw(parts.count)] + parts[draw(parts.count)] }
      }
      let bytes = CSVText.write(table)
      #expect(try CSVText.read(bytes).map { $0.fields.map(\.text) } == table)
      var pieces: [CSVReader.Record] = []
      var whole: [CSVReader.Record] = []
      var (reader, other) = (CSVReader(), CSVReader())
      let size = 1 + draw(7)
      for start in stride(from: 0, to: bytes.count, by: size) {
        reader.feed(bytes[start..<min(bytes.count, start + size)]) { pieces.append($0) }
      }
      reader.finish { pieces.append($0) }
      other.feed(bytes) { whole.append($0) }
      other.finish { whole.append($0) }
      #expect(pieces == whole)
    }
  }

  @Test func fieldsThatASpreadsheetWouldRunAreHarmless() {
    #expect(
      String(decoding: CSVText.write([["=1", "+a", "@b", "-c", "-1.5", "a\"b", "c,d"]]), as: UTF8.self)
        == "'=1,'+a,'@b,'-c,-1.5,\"a\"\"b\",\"c,d\"\r\n")
  }
}

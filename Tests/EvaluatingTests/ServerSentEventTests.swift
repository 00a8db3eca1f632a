import Testing

@testable import Evaluating

@Suite struct ServerSentEventsAre {
  private static func events(
    _ bytes: [UInt8], piece: Int, limits: ServerSentEvents.Limits = .init()
  ) -> (events: [String], reader: ServerSentEvents) {
    var reader = ServerSentEvents(limits: limits)
    var events: [String] = []
    var start = 0
    while start < bytes.count {
      let end = min(bytes.count, start + piece)
      reader.feed(bytes[start..<end]) {
        events.append("\($0.name)|\(String(decoding: $0.data, as: UTF8.self))")
      }
      start = end
    }
    return (events, reader)
  }

  /// The text of each row and its events, worked out by hand from the rules of the standard.
  @Test(
    arguments: [
      ("data: a\n\n", ["|a"]),
      ("data:a\r\n\r\ndata: b\r\rdata:  c\n\n", ["|a", "|b", "| c"]),
      // A comment, a field without a colon and an unknown field change nothing.
      (": hello\ndata: a\nid: 7\nretry: 3\nnothing\n\n", ["|a"]),
      ("event: ping\ndata: {}\n\nevent: x\n\ndata: b\n\n", ["ping|{}", "|b"]),
      ("data: a\ndata: b\ndata\ndata: c\n\n", ["|a\nb\n\nc"]),
      ("\u{FEFF}data: ü€😀\n\n", ["|ü€😀"]),
      // An event that no empty line ends is none; an empty one has no data.
      ("data: a", []), ("\n\n\r\n", []), ("data:\n\n", ["|"]),
      // A field that only begins like data is another.
      ("database: a\n\n", []),
    ])
  func sameWhateverThePieces(text: String, expected: [String]) {
    for piece in [1, 2, 3, 5, 1000] {
      #expect(Self.events(Array(text.utf8), piece: piece).events == expected, "pieces of \(piece)")
    }
  }

  @Test func boundedInLineAndEvent() {
    var limits = ServerSentEvents.Limits()
    limits.line = 10
    limits.event = 12
    // "data: 1234" has the ten bytes of a line; one more is too many.
    #expect(Self.events(Array("data: 1234\n\n".utf8), piece: 3, limits: limits).events == ["|1234"])
    let line = Self.events(Array("data: 12345\n\ndata: a\n\n".utf8), piece: 3, limits: limits)
    #expect(line.reader.isOversize && line.events == [])
    // Three lines of four bytes and their joins make 14 bytes of data.
    let event = Self.events(
      Array("data: 1234\ndata: 1234\ndata: 1234\n\n".utf8), piece: 3, limits: limits)
    #expect(event.reader.isOversize && event.events == [])
  }
}

import TextFormats

/// Cuts the bytes of a `text/event-stream` into events, whatever the pieces they come in.
///
/// Defined by https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation: lines end with CR, LF
/// or CRLF, a byte order mark at the start is taken off, lines that start with a colon are comments, several `data` lines are
/// joined by LF, an event without data is none. Events are kept as bytes until they are whole, so a piece that ends inside a
/// character does no harm.
package struct ServerSentEvents {
  package struct Limits: Sendable {
    /// Bytes of one line.
    package var line = 4 * 1024 * 1024
    /// Bytes of the data of one event.
    package var event = 8 * 1024 * 1024

    package init() {}
  }

  /// One event that has data.
  package struct Event: Hashable, Sendable {
    /// Empty where the stream names none.
    package let name: String
    package let data: [UInt8]
  }

  private let limits: Limits
  private var line: [UInt8] = []
  private var data: [UInt8] = []
  private var hasData = false
  private var name: [UInt8] = []
  private var endedWithCR = false
  private var isFirstLine = true
  /// True once a line or an event was longer than is believed; what follows is not read.
  package private(set) var isOversize = false
  /// True while an event has begun that no empty line has ended yet.
  package var isInsideEvent: Bool { !line.isEmpty || hasData }

  package init(limits: Limits = Limits()) { self.limits = limits }

  /// - Parameter take: called with each whole event, in order.
  package mutating func feed(_ bytes: some Sequence<UInt8>, take: (Event) -> Void) {
    let done: Void? = bytes.withContiguousStorageIfAvailable { feed(pieces: $0, take) }
    if done == nil { Array(bytes).withUnsafeBufferPointer { feed(pieces: $0, take) } }
  }

  private mutating func feed(pieces bytes: UnsafeBufferPointer<UInt8>, _ take: (Event) -> Void) {
    guard !isOversize else { return }
    var start = 0
    if endedWithCR, bytes.first == 0x0A { start = 1 }
    if !bytes.isEmpty { endedWithCR = false }
    var place = start
    while place < bytes.count {
      let byte = bytes[place]
      guard byte == 0x0A || byte == 0x0D else {
        place += 1
        continue
      }
      append(bytes[start..<place])
      guard !isOversize else { return }
      endLine(take)
      guard !isOversize else { return }
      place += 1
      if byte == 0x0D {
        if place == bytes.count {
          endedWithCR = true
        } else if bytes[place] == 0x0A {
          place += 1
        }
      }
      start = place
    }
    append(bytes[start..<bytes.count])
  }

  private mutating func append(_ piece: Slice<UnsafeBufferPointer<UInt8>>) {
    guard line.count + piece.count <= limits.line else {
      isOversize = true
      line = []
      data = []
      return
    }
    line.append(contentsOf: piece)
  }

  private mutating func endLine(_ take: (Event) -> Void) {
    defer { line.removeAll(keepingCapacity: true) }
    if isFirstLine {
      isFirstLine = false
      line = Array(line.withoutByteOrderMark)
    }
    guard !line.isEmpty else {
      if hasData { take(Event(name: String(decoding: name, as: UTF8.self), data: data)) }
      data.removeAll(keepingCapacity: true)
      name.removeAll(keepingCapacity: true)
      hasData = false
      return
    }
    if let value = value(of: "data") {
      guard data.count + value.count < limits.event else {
        isOversize = true
        return
      }
      if hasData { data.append(0x0A) }
      hasData = true
      data.append(contentsOf: value)
    } else if let value = value(of: "event") {
      name = Array(value)
    }
  }

  /// What follows the field's name, its colon and one space; nil for another field.
  private func value(of field: StaticString) -> ArraySlice<UInt8>? {
    let length = field.utf8CodeUnitCount
    guard field.withUTF8Buffer({ line.starts(with: $0) }) else { return nil }
    guard line.count > length else { return [] }
    guard line[length] == UInt8(ascii: ":") else { return nil }
    let hasSpace = line.count > length + 1 && line[length + 1] == 0x20
    return line[(length + (hasSpace ? 2 : 1))...]
  }
}

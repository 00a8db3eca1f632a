/// An event that only adds one text to a reply. A stream is made of thousands of these that differ in that text alone, so the next
/// one is recognised by its bytes and need not be parsed again.
///
/// Two JSON documents whose bytes are equal but for the inside of one text, which has no quote, backslash or control character,
/// are equal but for that text. All else that such an event says was said by the one before it.
struct RepeatedEvent: Sendable {
  let path: WritableKeyPath<ReplyDraft, String> & Sendable
  let content: ReplyDraft.Content
  private let prefix: [UInt8]
  private let suffix: [UInt8]

  /// - Parameter text: what the event added.
  /// - Returns: nil where the text does not stand in the event once, in quotes and as it is.
  init?(
    _ event: [UInt8], adding text: some Collection<UInt8>,
    to path: WritableKeyPath<ReplyDraft, String> & Sendable,
    _ content: ReplyDraft.Content
  ) {
    let quote = UInt8(ascii: "\"")
    let wanted = [quote] + text + [quote]
    guard wanted.count > 2, wanted.count < 200, event.count < 4096, Self.isPlain(text) else { return nil }
    var place: Int?
    for start in 0...max(0, event.count - wanted.count)
    where event[start] == quote && event[start...].starts(with: wanted) {
      guard place == nil else { return nil }
      place = start
    }
    guard let place else { return nil }
    // A key would be followed by a colon.
    let end = place + wanted.count
    guard place > 0, event[place - 1] == UInt8(ascii: ":"), end < event.count else { return nil }
    prefix = Array(event[...place])
    suffix = Array(event[(end - 1)...])
    self.path = path
    self.content = content
  }

  /// The text of an event that is this one with another text; nil for any other event.
  func text(of event: [UInt8]) -> String? {
    let length = event.count - prefix.count - suffix.count
    guard length > 0 else { return nil }
    return event.withUnsafeBufferPointer { bytes -> String? in
      let inside = UnsafeBufferPointer(rebasing: bytes[prefix.count..<(prefix.count + length)])
      guard bytes.starts(with: prefix), bytes[(prefix.count + length)...].elementsEqual(suffix),
        Self.isPlain(inside)
      else { return nil }
      return String(decoding: inside, as: UTF8.self)
    }
  }

  private static func isPlain(_ text: some Collection<UInt8>) -> Bool {
    text.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
  }
}

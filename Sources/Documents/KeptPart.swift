import Synchronization

/// Marks a part that many pages quote whole, and holds what a renderer wrote of it, in up to four forms. Readers take no
/// lock.
public final class KeptPart: Sendable {
  /// The list that numbers the citations of all the part's cells; nil when no cell has one.
  public let list: CitationList?
  private let first = SetOnce<WrittenPart>()
  private let second = SetOnce<WrittenPart>()
  private let third = SetOnce<WrittenPart>()
  private let fourth = SetOnce<WrittenPart>()

  /// - Parameter list: numbers the citations of the cells, all of which it has.
  public init(of cells: some Sequence<Cell>, in list: CitationList) {
    self.list = cells.contains { !$0.citations.isEmpty } ? list : nil
  }

  /// What a renderer wrote of the part in one of its forms, 0 to 3; nil before it did.
  public func written(_ form: Int) -> WrittenPart? {
    switch form {
    case 0: first.value
    case 1: second.value
    case 2: third.value
    default: fourth.value
    }
  }

  /// Keeps what a renderer wrote. Of two at once the first stays, and is given back.
  public func keep(_ part: WrittenPart, as form: Int) -> WrittenPart {
    switch form {
    case 0: first.set(part)
    case 1: second.set(part)
    case 2: third.set(part)
    default: fourth.set(part)
    }
  }
}

/// A renderer's bytes of a part, with the places of the letters of its citation list.
public final class WrittenPart: Sendable {
  /// Holds one byte, of no meaning, at the place of each letter.
  public let bytes: [UInt8]
  /// Offsets of the letters, ascending.
  public let letters: [Int]

  public init(bytes: [UInt8], letters: [Int]) {
    self.bytes = bytes
    self.letters = letters
  }
}

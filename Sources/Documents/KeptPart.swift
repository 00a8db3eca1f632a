import Synchronization

/// Marks a part that many pages quote whole, and holds what a renderer wrote of it, in up to four forms. Readers take no
/// lock.
public final class KeptPart: Sendable {
  /// The list that numbers the citations of all the part's cells; nil when no cell has one.
  public let list: CitationList?
  private let first = AtomicLazyReference<WrittenPart>()
  private let second = AtomicLazyReference<WrittenPart>()
  private let third = AtomicLazyReference<WrittenPart>()
  private let fourth = AtomicLazyReference<WrittenPart>()

  /// - Parameter list: numbers the citations of the cells, all of which it has.
  public init(of cells: some Sequence<Cell>, in list: CitationList) {
    self.list = cells.contains { !$0.citations.isEmpty } ? list : nil
  }

  /// What a renderer wrote of the part in one of its forms, 0 to 3; nil before it did.
  public func written(_ form: Int) -> WrittenPart? {
    switch form {
    case 0: first.load()
    case 1: second.load()
    case 2: third.load()
    default: fourth.load()
    }
  }

  /// Keeps what a renderer wrote. Of two at once the first stays, and is given back.
  public func keep(_ part: WrittenPart, as form: Int) -> WrittenPart {
    switch form {
    case 0: first.storeIfNil(part)
    case 1: second.storeIfNil(part)
    case 2: third.storeIfNil(part)
    default: fourth.storeIfNil(part)
    }
  }
}

/// A renderer's bytes of a part, with the places where the letter of its citation list goes.
public final class WrittenPart: Sendable {
  public let bytes: [UInt8]
  /// Offsets into the bytes, ascending.
  public let gaps: [Int]

  public init(bytes: [UInt8], gaps: [Int]) {
    self.bytes = bytes
    self.gaps = gaps
  }
}

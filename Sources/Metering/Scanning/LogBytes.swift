/// Gives the bytes of one log, decompressed, in order. A shell implements it; one thread asks at a time.
public protocol LogBytes: AnyObject {
  /// Writes the next bytes into memory; 0 at the end.
  func read(into memory: UnsafeMutableRawBufferPointer) throws -> Int

  /// What was wrong with the log as a whole, once it has ended: a compressed file that is cut off. nil where nothing was.
  var fault: String? { get }
}

extension LogBytes {
  public var fault: String? { nil }
}

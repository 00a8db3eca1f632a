/// Gives the bytes of one log, decompressed, in order. A shell implements it; one thread asks at a time.
public protocol LogBytes: AnyObject {
  /// Writes the next bytes into memory; 0 at the end.
  func read(into memory: UnsafeMutableRawBufferPointer) throws -> Int
}

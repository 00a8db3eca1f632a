/// Files of lines, read a megabyte at a time.
public enum LineFile {
  /// Calls `visit` with each line, without its end.
  /// - Throws: `FileProblem` for what is no file or cannot be read.
  public static func read(_ path: String, _ visit: ([UInt8]) -> Void) throws {
    _ = try LogFile(path)
    var reader = try LineReader(path, longest: 64 << 20)
    while let line = reader.next() { visit(Array(line)) }
  }
}

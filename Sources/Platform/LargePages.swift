#if canImport(Glibc)
  import Glibc
#endif

/// Memory in large pages, for tables that are looked into at random: with small ones a processor looks up addresses more often
/// than data.
public enum LargePages {
  /// Asks for large pages behind a block; where the system has none, nothing changes.
  @Sendable public static func ask(_ block: UnsafeMutableRawBufferPointer) {
    #if canImport(Glibc)
      let page = 2 << 20
      guard block.count >= 2 * page, let start = block.baseAddress else { return }
      let first = (UInt(bitPattern: start) + UInt(page - 1)) & ~UInt(page - 1)
      let end = (UInt(bitPattern: start) + UInt(block.count)) & ~UInt(page - 1)
      guard first < end, let aligned = UnsafeMutableRawPointer(bitPattern: first) else { return }
      _ = madvise(aligned, Int(end - first), MADV_HUGEPAGE)
    #endif
  }
}

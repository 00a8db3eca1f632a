extension Collection<UInt8> where SubSequence == ArraySlice<UInt8> {
  /// Without the byte order mark that some programs write in front of a text.
  public var withoutByteOrderMark: ArraySlice<UInt8> {
    starts(with: [0xEF, 0xBB, 0xBF]) ? dropFirst(3) : self[...]
  }

  /// Whether nothing but spaces and tabs, of a line, stands here.
  public var isBlank: Bool { allSatisfy { $0 == 0x20 || $0 == 0x09 } }
}

extension [UInt8] {
  /// Whether the bytes are UTF-8 throughout.
  public var isUTF8: Bool {
    allSatisfy { $0 < 0x80 } || String(validating: self, as: UTF8.self) != nil
  }
}

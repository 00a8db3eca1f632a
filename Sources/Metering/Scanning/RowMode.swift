import Facts

/// How a log says that a request was served.
enum RowMode {
  /// Its place in `PriceMode.allCases`.
  case mode(UInt8)
  /// The log does not tell: `auto` is what was asked for, not what was served.
  case notSaid
  case unknown

  /// The words of the canonical row, and those of the service tiers that APIs answer with: OpenAI's `default`, Groq's
  /// `on_demand`.
  static func reading(_ text: TextSpan) -> RowMode {
    // Every word has at most eleven bytes, so two words of memory tell them apart.
    switch (ByteWords.low(ByteWords.load(text.start), text.count), text.count) {
    case (0x6472_6164_6E61_7473, 8): .mode(standard)  // standard
    case (0x0000_0068_6374_6162, 5): .mode(batch)  // batch
    case (0x0000_0000_7865_6C66, 4): .mode(flex)  // flex
    case (0x7974_6972_6F69_7270, 8): .mode(priority)  // priority
    case (_, 0): .notSaid
    default: named(text.string)
    }
  }

  static func named(_ name: String) -> RowMode {
    switch name {
    case "standard", "default", "on_demand": return .mode(standard)
    case "auto", "": return .notSaid
    default:
      guard let place = PriceMode.allCases.firstIndex(where: { $0.rawValue == name }) else { return .unknown }
      return .mode(UInt8(place))
    }
  }

  private static func place(_ mode: PriceMode) -> UInt8 {
    UInt8(PriceMode.allCases.firstIndex(of: mode) ?? 0)
  }

  private static let standard = place(.standard)
  private static let batch = place(.batch)
  private static let flex = place(.flex)
  private static let priority = place(.priority)
}

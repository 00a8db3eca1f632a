/// How a terminal shows a page.
public struct TerminalStyle: Sendable {
  public let width: Int
  public let colour: Bool

  public init(width: Int, colour: Bool) {
    self.width = max(20, width)
    self.colour = colour
  }

  /// 100 columns without colour.
  public static let plain = TerminalStyle(width: 100, colour: false)

  func bold(_ text: String) -> String { colour ? "\u{1B}[1m\(text)\u{1B}[22m" : text }
  func dim(_ text: String) -> String { colour ? "\u{1B}[2m\(text)\u{1B}[22m" : text }
  func accent(_ text: String) -> String { colour ? "\u{1B}[36m\(text)\u{1B}[39m" : text }
  func warning(_ text: String) -> String { colour ? "\u{1B}[33m\(text)\u{1B}[39m" : text }
}

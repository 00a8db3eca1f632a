import Facts

/// Versions of an API and dates of a snapshot inside a name.
extension ParsedID {
  /// Bedrock ends ids in a version of its own: `nova-pro-v1:0`, `gpt-oss-120b-1:0`; `mistral-7b-instruct-v0:2` is
  /// version 0.2 of the model, `claude-v2:1` is 2.1, and `titan-embed-text-v2:0` is another model than `…-v1`.
  static func takeBedrockVersion(_ version: String?, from name: inout String) {
    guard let dash = name.lastIndex(of: "-") else { return }
    let tail = String(name[name.index(after: dash)...])
    let rest = String(name[..<dash])
    if tail == "v0", let version {
      name = rest + "-v0." + version
    } else if rest == "claude", tail == "v2" {
      name = ([rest + "-2"] + [version].compactMap(\.self)).joined(separator: ".")
    } else if tail == "v1" || (tail == "1" && version == "0"),
      rest.contains(where: \.isNumber) || rest.count > 6
    {
      name = rest
    }
  }

  /// Takes a full date off the end or out of the middle of the name and gives it as `2025-09-29`.
  ///
  /// Four digits (`2507`, `0528`) are a release's own name and stay.
  static func takeDate(from name: inout String, into attributes: inout RouteAttributes) -> String? {
    var tokens = name.split(separator: "-").map(String.init)
    for index in tokens.indices {
      guard index > 0, let (text, span) = dateText(at: index, of: tokens),
        let date = try? CalendarDate(parsing: text)
      else { continue }
      tokens.removeSubrange(index..<(index + span))
      // Bedrock ends dated ids in -v1; the version says nothing once the date has gone.
      if tokens.count > index, tokens[index].first == "v", tokens[index].count == 2 {
        tokens.remove(at: index)
      }
      name = tokens.joined(separator: "-")
      attributes.release = date.text
      return date.text
    }
    return nil
  }

  /// The date that begins at a token, and how many tokens it takes.
  private static func dateText(at index: Int, of tokens: [String]) -> (text: String, span: Int)? {
    let token = tokens[index]
    guard token.allSatisfy(\.isNumber) else { return nil }
    if token.count == 8, token.hasPrefix("20") {
      return ("\(token.prefix(4))-\(token.dropFirst(4).prefix(2))-\(token.suffix(2))", 1)
    }
    // ByteDance: doubao-seed-1-6-250615
    if token.count == 6, index + 1 == tokens.count, let year = Int(token.prefix(2)), (22...39).contains(year)
    {
      return ("20\(token.prefix(2))-\(token.dropFirst(2).prefix(2))-\(token.suffix(2))", 1)
    }
    if index + 2 < tokens.count, token.count == 4, token.hasPrefix("20"), tokens[index + 1].count == 2,
      tokens[index + 2].count == 2
    {
      return (tokens[index...(index + 2)].joined(separator: "-"), 3)
    }
    // Cohere: command-r-08-2024
    if index + 2 == tokens.count, token.count == 2, tokens[index + 1].count == 4,
      tokens[index + 1].hasPrefix("20")
    {
      return (tokens[index + 1] + "-" + token, 2)
    }
    return nil
  }

  private static let tiers: Set<String> = ["pro", "flash", "lite", "vision", "8b", "ultra", "nano"]

  /// Takes the number of a stable version off a Gemini name: `gemini-1.5-pro-002`. Google writes it so
  /// (cloud.google.com, Model versions and lifecycle: "the three-digit number that's appended to the model name").
  static func takeNumberedRelease(from tokens: inout [String], into attributes: inout RouteAttributes)
    -> String?
  {
    guard tokens.count > 2, tokens[0] == "gemini", let last = tokens.last, last.count == 3,
      last.hasPrefix("00"), last.allSatisfy(\.isNumber), tiers.contains(tokens[tokens.count - 2])
    else { return nil }
    tokens.removeLast()
    attributes.release = attributes.release ?? last
    return last
  }

  /// Gemini's two word orders, `gemini-flash-1.5-8b` and `gemini-1.5-flash-8b`: Google puts the version first.
  static func orderedGemini(_ tokens: [String]) -> [String] {
    guard tokens.count > 2, tokens[0] == "gemini", tiers.contains(tokens[1]),
      tokens[2].contains("."), tokens[2].allSatisfy({ $0.isNumber || $0 == "." })
    else { return tokens }
    var swapped = tokens
    swapped.swapAt(1, 2)
    return swapped
  }

  /// Takes month and day in four digits off the end: `gpt-4-0613`. Only for labs whose habit that is; elsewhere four
  /// digits may name another model (`kimi-k2-0905`).
  static func takeMonthAndDay(from tokens: inout [String], into attributes: inout RouteAttributes) -> String?
  {
    guard tokens.count > 2, let last = tokens.last, last.count == 4, let month = Int(last.prefix(2)),
      let day = Int(last.suffix(2)), (try? CalendarDate(year: 2024, month: month, day: day)) != nil
    else { return nil }
    tokens.removeLast()
    attributes.release = "\(last.prefix(2))-\(last.suffix(2))"
    return last
  }
}

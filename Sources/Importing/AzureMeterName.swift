import Facts

/// The name of an Azure meter taken apart: `5.4 pp cd inp Dz 1M Tokens` is cached input of gpt-5.4 in the priority mode, in a data
/// zone. Every word must have its meaning here; a name with one that has none is not read at all.
struct AzureMeterName: Equatable {
  enum Zone: Equatable {
    case global
    case dataZone
    case regional
  }

  let model: AzureModels.Entry
  let unit: BillableUnit
  let mode: PriceMode
  let zone: Zone
  /// A price above a length of prompt that no word tells.
  let isLongPrompt: Bool

  private enum Word: Equatable {
    case zone(Zone)
    case mode(PriceMode)
    case long
    case input
    case output
    case cached
    case write
    case medium(AzureModels.Medium)
    case whole(BillableUnit)
    /// `Tokens`, `1M`, `ShortCo`, `Std`.
    case idle
  }

  private static let words: [Substring: Word] = [
    "gl": .zone(.global), "glbl": .zone(.global), "global": .zone(.global), "dz": .zone(.dataZone),
    "dzn": .zone(.dataZone), "dzone": .zone(.dataZone), "datazone": .zone(.dataZone),
    "regnl": .zone(.regional), "rgnl": .zone(.regional), "regional": .zone(.regional),
    "batch": .mode(.batch), "pp": .mode(.priority), "std": .idle, "longco": .long, "shortco": .idle,
    "l": .long, "inp": .input, "inpt": .input, "input": .input, "in": .input, "opt": .output,
    "outp": .output, "outpt": .output, "out": .output, "output": .output, "cd": .cached, "cchd": .cached,
    "cached": .cached, "cache": .cached, "ch": .cached, "wr": .write, "txt": .medium(.text),
    "text": .medium(.text), "aud": .medium(.audio), "audio": .medium(.audio), "img": .medium(.image),
    "image": .medium(.image), "search": .whole(.rerankSearch), "second": .whole(.videoSecond),
    "pages": .whole(.documentPage), "annot": .whole(.annotatedPage), "tokens": .idle, "1m": .idle,
  ]

  /// nil where a word has no meaning, one is said twice, or the zone or what is counted is not said.
  init?(_ name: String, product: String) {
    let lowered = name.lowercased().replacing("data zone", with: "datazone")
    let tokens = lowered.split(whereSeparator: { $0 == " " || $0 == "-" })
    guard let (model, count) = AzureModels.entry(of: tokens, product: product) else { return nil }
    var zone: Zone?
    var mode: PriceMode?
    var medium: AzureModels.Medium?
    var units: Set<BillableUnit> = []
    var (isInput, isOutput, isCached, isWrite, isLong) = (false, false, false, false, false)
    for token in tokens.dropFirst(count) {
      guard let word = Self.words[token] else { return nil }
      switch word {
      case .zone(let said):
        guard zone == nil else { return nil }
        zone = said
      case .mode(let said):
        guard mode == nil else { return nil }
        mode = said
      case .medium(let said):
        guard medium == nil else { return nil }
        medium = said
      case .whole(let unit): units.insert(unit)
      case .long: isLong = true
      case .input: isInput = true
      case .output: isOutput = true
      case .cached: isCached = true
      case .write: isWrite = true
      case .idle: continue
      }
    }
    guard let zone, !(isInput && isOutput) else { return nil }
    let counted: BillableUnit?
    if !units.isEmpty {
      // An annotated page is said beside the page.
      counted = isInput || isOutput || isCached ? nil : Self.whole(units)
    } else {
      counted = Self.tokens(
        medium ?? model.medium, isInput: isInput || isCached || isWrite || model.isInputAlone,
        isOutput: isOutput, isCached: isCached && !isWrite, isWrite: isWrite)
    }
    guard let counted else { return nil }
    self.model = model
    self.unit = counted
    self.mode = mode ?? .standard
    self.zone = zone
    self.isLongPrompt = isLong
  }

  private static func whole(_ units: Set<BillableUnit>) -> BillableUnit? {
    units == [.documentPage, .annotatedPage] ? .annotatedPage : units.count == 1 ? units.first : nil
  }

  private static func tokens(
    _ medium: AzureModels.Medium, isInput: Bool, isOutput: Bool, isCached: Bool, isWrite: Bool
  ) -> BillableUnit? {
    guard isInput != isOutput else { return nil }
    switch (medium, isOutput, isCached, isWrite) {
    case (.text, true, false, false): return .output
    case (.text, false, false, false): return .input
    case (.text, false, true, false): return .cacheRead
    case (.text, false, false, true): return .cacheWrite
    case (.audio, true, false, false): return .audioOutput
    case (.audio, false, false, false): return .audioInput
    case (.audio, false, true, false): return .cacheReadAudio
    case (.image, true, false, false): return .imageOutput
    case (.image, false, false, false): return .imageInput
    case (.image, false, true, false): return .cacheReadImage
    default: return nil
    }
  }
}

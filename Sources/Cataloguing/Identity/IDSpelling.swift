/// One spelling of separators, and the marks of a route that providers put behind a name.
extension ParsedID {
  /// One spelling of separators: `_`, spaces and doubled dashes become one dash, `3p1` becomes `3.1`.
  static func respelled(_ name: String) -> String {
    var result: [Character] = []
    let characters = Array(name)
    for (index, character) in characters.enumerated() {
      var next = character
      if character == "_" || character == " " || character == "(" || character == ")" || character == "–" {
        next = "-"
      }
      let before = index > 0 ? characters[index - 1] : " "
      let after = index + 1 < characters.count ? characters[index + 1] : " "
      if character == "p", before.isNumber, after.isNumber { next = "." }
      if next == "-", result.last == "-" || result.isEmpty { continue }
      result.append(next)
    }
    while result.last == "-" { result.removeLast() }
    return String(result)
  }

  static let quantisations: Set<String> = [
    "fp8", "nvfp4a16", "fp4", "nvfp4", "mxfp4", "mxfp8", "bf16", "fp16", "int4", "int8", "awq", "gptq",
    "gguf", "w4a16", "w8a8", "fp8dynamic", "q4",
    "q8", "8bit", "6bit", "5bit", "4bit", "3bit", "2bit", "nf4", "quantized",
  ]
  private static let hostings: Set<String> = ["maas", "tee", "versions", "turbo-free", "latest"]
  /// Regions that a provider writes behind a name: Fireworks' `kimi-k3-us`. The shorter words of other regions also end names.
  private static let regionsBehindNames: Set<String> = ["us", "eu", "apac", "global"]
  /// What may follow a quantisation: `FP8-Dynamic`, `int4-mixed-ar`.
  private static let waysOfQuantising: Set<String> = ["dynamic", "mixed", "ar", "autoround"]
  /// What may stand before a quantisation: the format or library of its weights.
  private static let formats: Set<String> = ["bnb", "mlx"]
  /// How a host processes the requests of one name among its others.
  private static let processing: Set<String> = ["batch", "tput"]

  static func takeSuffixes(from name: inout String, into attributes: inout RouteAttributes) {
    if let range = name.firstRange(of: "-gt-"), name.hasSuffix("k") {
      attributes.variant = String(name[name.index(after: range.lowerBound)...])
      name = String(name[..<range.lowerBound])
    }
    while let dash = name.lastIndex(of: "-") {
      let tail = String(name[name.index(after: dash)...])
      if quantisations.contains(tail) {
        attributes.quantisation = tail
      } else if let quantised = quantisation(before: name) {
        attributes.quantisation = quantised
        name = String(name.dropLast(quantised.count + 1))
        continue
      } else if regionsBehindNames.contains(tail) {
        attributes.region = attributes.region ?? tail
      } else if tail == "free" {
        attributes.isFree = true
      } else if processing.contains(tail) {
        attributes.mode = attributes.mode ?? tail
      } else if formats.contains(tail), attributes.quantisation != nil {
        attributes.quantisation = attributes.quantisation.map { tail + "-" + $0 }
      } else if tail == "hf" {
        // The weights in the form of the transformers library; the model is the same.
      } else if hostings.contains(tail), tail != "latest" {
        attributes.variant = tail
      } else {
        return
      }
      name = String(name[..<dash])
    }
  }

  /// `int4-mixed-ar` at the end of a name: a quantisation and the words that say how it was made.
  private static func quantisation(before name: String) -> String? {
    let tokens = name.split(separator: "-").map(String.init)
    let ways = tokens.reversed().prefix { waysOfQuantising.contains($0) }
    let place = tokens.count - ways.count - 1
    guard !ways.isEmpty, place > 0, quantisations.contains(tokens[place]) else { return nil }
    return tokens[place...].joined(separator: "-")
  }
}

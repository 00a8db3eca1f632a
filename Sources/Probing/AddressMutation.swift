import Pages

/// Addresses near those that a site has, and far from them.
struct AddressMutation {
  /// Addresses that the site answers.
  let known: [String]
  /// Ids of its models.
  let ids: [String]

  private static let roots = [
    "/", "/models", "/model", "/compare", "/provider", "/lab", "/family", "/benchmark", "/search", "/resolve",
    "/explain", "/cost", "/sources",
    "/method", "/api/v1/models", "/api/v1/compare", "/api/v1/cost", "/api/v1/search", "/api/v1/resolve",
    "/api/v1/explain", "/api/v1/benchmark",
    "/api/v1/providers", "/api/v1/labs", "/api/v1/families", "/api/v1/sources", "/api/v1/openapi.json",
    "/badge", "/assets", "/feed.atom",
    "/sitemap.xml", "/sitemap-1.xml", "/robots.txt", "/og",
  ]
  private static let keys = [
    "input", "output", "requests", "cached", "batch", "hours", "images", "searches", "audio_minutes", "q",
    "id", "provider", "a", "b", "c", "models", "model", "field",
    "lab", "type", "capability",
    "context", "openness", "order", "page", "needs", "region", "max_cost", "prefer", "unknown", "x",
  ]
  private static let values = [
    "800M", "1", "0", "1.5k", "30%25", "100%25", "peak", "09:00-18:00", "gpt-5", "openai/gpt-5,openai/o3",
    "vision", "cost", "name",
    "128k", "2", "1000000", "openai",
    "license", "context_window", "price.input", "open", "%3E%3D200k", "tools,vision", "500/month",
    "cost:3,context:1", "keep",
  ]

  func next(_ draw: inout Draw) -> String {
    switch draw.below(8) {
    case 0: return base(&draw) + query(&draw)
    case 1: return segments(&draw) + form(&draw) + query(&draw)
    case 2: return bytes(base(&draw) + query(&draw), &draw)
    case 3: return percents(base(&draw), &draw) + query(&draw)
    case 4: return compared(&draw) + form(&draw) + query(&draw)
    case 5:
      return draw.one(of: Self.roots, or: "/") + "/" + escaped(HostileText.draw(&draw), &draw) + form(&draw)
    case 6: return draw.one(of: Self.roots, or: "/") + query(&draw)
    default: return bytes(bytes(base(&draw), &draw), &draw)
    }
  }

  private func base(_ draw: inout Draw) -> String { draw.one(of: known, or: "/") }

  private func form(_ draw: inout Draw) -> String {
    ["", "", ".json", ".md", ".html", ".svg"][draw.below(6)]
  }

  private func query(_ draw: inout Draw) -> String {
    var text = ["?", "?", "?", "", "??", "?&"][draw.below(6)]
    guard !text.isEmpty else { return text }
    for _ in 0..<(draw.below(20) == 0 ? 100 : draw.below(5)) {
      let key =
        draw.below(8) == 0 ? escaped(HostileText.draw(&draw), &draw) : draw.one(of: Self.keys, or: "q")
      let value =
        draw.below(3) == 0 ? draw.one(of: Self.values, or: "1") : escaped(HostileText.draw(&draw), &draw)
      text += key + ["=", "=", "=", "", "=="][draw.below(5)] + value + "&"
    }
    return text
  }

  private func segments(_ draw: inout Draw) -> String {
    var path = draw.one(of: Self.roots, or: "/")
    for _ in 0..<draw.below(draw.below(20) == 0 ? 80 : 5) {
      path +=
        "/" + (draw.below(2) == 0 ? escaped(HostileText.draw(&draw), &draw) : draw.one(of: ids, or: "a/b"))
    }
    return path
  }

  /// Up to twelve models, more than a page compares, hostile ones among them.
  private func compared(_ draw: inout Draw) -> String {
    var path = "/compare"
    for _ in 0..<(1 + draw.below(draw.below(6) == 0 ? 12 : 3)) {
      path +=
        "/" + (draw.below(6) == 0 ? escaped(HostileText.draw(&draw), &draw) : draw.one(of: ids, or: "a/b"))
    }
    return path
  }

  /// As a browser writes it, or as it is.
  private func escaped(_ text: String, _ draw: inout Draw) -> String {
    draw.below(4) == 0 ? text : Paths.segment(text)
  }

  /// Bytes put in, left out, changed or doubled.
  private func bytes(_ text: String, _ draw: inout Draw) -> String {
    var bytes = Array(text.utf8)
    for _ in 0...draw.below(4) {
      let place = draw.below(bytes.count + 1)
      let byte = UInt8(truncatingIfNeeded: draw.next())
      switch draw.below(5) {
      case 0: bytes.insert(byte, at: place)
      case 1: if place < bytes.count { bytes.remove(at: place) }
      case 2: if place < bytes.count { bytes[place] = byte }
      case 3: bytes.insert(contentsOf: draw.one(of: HostileText.payloads, or: "").utf8, at: place)
      default: bytes.insert(contentsOf: bytes.prefix(draw.below(60)), at: place)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Percents that are cut, overlong, doubled, or stand for controls and dots.
  private func percents(_ text: String, _ draw: inout Draw) -> String {
    let marks = [
      "%", "%2", "%zz", "%00", "%0d%0a", "%2e%2e", "%2e", "%2f", "%5c", "%252e", "%c0%ae", "%e0%80%af", "%ff",
      "%ed%a0%80", "%f4%90%80%80", "%7f",
      "%c2%80", "%e2%80%ae", "%20", "+", "%3c", "%22", "%27", "#", "?", "//", "/./", "/../", ";x", "%uff1c",
    ]
    var result = ""
    for character in text.unicodeScalars {
      result.unicodeScalars.append(character)
      if draw.below(12) == 0 { result += draw.one(of: marks, or: "%") }
    }
    return result
  }
}

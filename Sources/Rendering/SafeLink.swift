import Facts

/// An address that may become a link: http or https, without anything that could leave its attribute or bracket.
struct SafeLink {
  let text: String

  /// nil for every other scheme, for spaces, quotes, brackets and controls.
  init?(_ address: String) {
    let lowered = address.prefix(8).lowercased()
    guard lowered.hasPrefix("https://") || lowered.hasPrefix("http://"), address.utf8.count <= 2000,
      address.unicodeScalars.allSatisfy({ $0.isHarmless && !" \"'<>`()[]\\".unicodeScalars.contains($0) })
    else { return nil }
    text = address
  }
}

/// A citation as one line, the same in every form that lists sources as text.
enum CitationWords {
  static func line(_ citation: Citation) -> String {
    var parts = [
      citation.source.title, citation.source.version, "record \(citation.recordKey)",
      "observed \(citation.observed.text)",
      citation.source.licence,
    ]
    if let mark = citation.mark { parts.append("“\(mark)”") }
    parts.append("sha256 \(citation.source.digest.prefix(12))")
    parts.append("correct it in \(citation.source.correction)")
    return parts.joined(separator: ", ") + "."
  }
}

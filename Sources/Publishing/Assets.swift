import Facts
import Rendering

/// The files that all pages share. Their addresses hold their digests, so that a browser may keep them for good.
struct Assets: Sendable {
  private let files: [String: SiteAnswer]
  let stylePath: String
  let scriptPath: String
  /// Changes with any of the files.
  let version: String

  init() {
    let style = Stylesheet.bytes
    var files = ["/assets/icon.svg": SiteAnswer(.svg, Array(Self.icon.utf8))]
    func add(_ name: String, _ ending: String, _ kind: SiteAnswer.Kind, _ bytes: [UInt8]) -> String {
      let path = "/assets/\(name)-\(Self.digest(bytes)).\(ending)"
      files[path] = SiteAnswer(kind, bytes, isImmutable: true)
      return path
    }
    func script(_ name: String, _ text: String) -> String { add(name, "js", .script, Array(text.utf8)) }
    stylePath = add("style", "css", .style, style)
    let shared = script("shared", SharedScript.text)
    scriptPath = script(
      "site",
      SiteScript.text(
        costs: script(
          "costs",
          OfflineCosts.text(
            shared: shared, engine: script("engine", OfflineEngine.text(shared: shared)))),
        lists: script("lists", OfflineLists.text(shared: shared))))
    self.files = files
    // The script's address holds the digests of the others.
    version = String(Self.digest(style + Array(scriptPath.utf8)).prefix(8))
  }

  var paths: [String] { files.keys.sorted() }

  func answer(_ address: SiteAddress) -> SiteAnswer? { files[address.path] }

  /// In hexadecimal; names a file's content, guards nothing.
  private static func digest(_ bytes: [UInt8]) -> String { String(FNV1a.hash(bytes), radix: 16) }

  private static let icon = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b57a4"/><path d="M9 8v16h6M18 24V12m5 12V8" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"/></svg>

    """
}

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
    let script = Array(SiteScript.text.utf8)
    stylePath = "/assets/style-\(Self.digest(style)).css"
    scriptPath = "/assets/site-\(Self.digest(script)).js"
    version = String(Self.digest(style + script).prefix(8))
    files = [
      stylePath: SiteAnswer(.style, style, isImmutable: true),
      scriptPath: SiteAnswer(.script, script, isImmutable: true),
      "/assets/icon.svg": SiteAnswer(.svg, Array(Self.icon.utf8)),
    ]
  }

  var paths: [String] { files.keys.sorted() }

  func answer(_ address: SiteAddress) -> SiteAnswer? { files[address.path] }

  /// 64-bit FNV-1a in hexadecimal: names a file's content, guards nothing.
  private static func digest(_ bytes: [UInt8]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return String(hash, radix: 16)
  }

  private static let icon = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b57a4"/><path d="M9 8v16h6M18 24V12m5 12V8" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round"/></svg>

    """
}

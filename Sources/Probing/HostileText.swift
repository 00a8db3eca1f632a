import Facts

/// Texts that would do harm where they are written without escapes: in HTML, attributes, scripts, JSON, Markdown, XML,
/// headers, terminals.
enum HostileText {
  static let payloads = [
    "<script>alert(1)</script>", "</script><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)", "\" autofocus onfocus=\"alert(1)", "<iframe src=//evil.example>",
    "<svg/onload=alert(1)>",
    "<b onclick=x>b</b>", "</title><h1>x</h1>", "</td></tr></table><object data=x>", "<!--", "-->",
    "<![CDATA[x]]>", "]]>",
    "<?php x ?>", "<!DOCTYPE x>", "&lt;script&gt;", "&#60;script&#62;", "&", "&amp;amp;",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>", "vbscript:x", "[x](javascript:alert(1))",
    "![x](http://evil.example/x)",
    "<javascript:alert(1)>", "<http://evil.example>", "| a | b |", "\n\n# title\n", "\n- item",
    "```\ncode\n```", "~~~\n<script>\n~~~",
    "*a* _b_ `c`", "\\", "\\\"", "\\u003cscript\\u003e", "{{7*7}}", "${7*7}", "%s%n%x", "%3Cscript%3E", "%00",
    "\u{0}", "a\u{0}b",
    "\u{1B}[31mred\u{1B}[0m", "\u{1B}]0;title\u{7}", "\u{202E}txt.exe", "\u{200B}\u{FEFF}",
    "\u{2028}alert(1)", "\u{85}", "\r\nSet-Cookie: a=b",
    "\r\n\r\n<script>alert(1)</script>", "'; DROP TABLE models; --", "../../../etc/passwd", "..%2f..%2f",
    "//evil.example/x", "/\\evil.example",
    "http://evil.example", "\u{FFFE}\u{FFFF}", "\u{1F9EA}\u{1F1E9}\u{1F1EA}", "a\u{301}\u{301}\u{301}\u{301}",
    "\u{FF1C}script\u{FF1E}", "\u{D7FF}",
    "<style>*{x:url(//evil.example)}</style>", "<meta http-equiv=refresh content=0>",
    "<base href=//evil.example>", "<a href=javascript:x>", "NaN", "-1",
    "1e999", "99999999999999999999999999", "0.1.2", "unknown", "null", "true", "[]", "{}", " ", "",
  ]

  /// A payload, two of them, one inside other words, or one that is very long.
  static func draw(_ draw: inout Draw) -> String {
    let first = draw.one(of: payloads, or: "")
    switch draw.below(8) {
    case 0: return first + draw.one(of: payloads, or: "")
    case 1: return "Model \(first) 4.5"
    case 2: return String(repeating: first, count: 1 + draw.below(60))
    case 3:
      // Any scalars at all.
      var text = String.UnicodeScalarView()
      for _ in 0..<draw.below(24) {
        if let scalar = Unicode.Scalar(UInt32(draw.below(draw.below(2) == 0 ? 0x100 : 0x11_0000))) {
          text.append(scalar)
        }
      }
      return String(text)
    default: return first
    }
  }
}

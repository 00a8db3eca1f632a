/// A page that leads on to another at once, with a link for those who stay.
public enum HTMLRedirect {
  public static func render(to path: String) -> [UInt8] {
    var writer = HTMLWriter(capacity: 512)
    writer.raw(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Moved</title>\n")
    writer.raw("<meta name=\"robots\" content=\"noindex\">\n<meta http-equiv=\"refresh\"")
    writer.attribute("content", "0; url=" + path)
    writer.raw(">\n<link rel=\"canonical\"")
    writer.attribute("href", path)
    writer.raw(">\n</head>\n<body>\n<p>This page is <a")
    writer.attribute("href", path)
    writer.raw(">here</a>.</p>\n</body>\n</html>\n")
    return writer.buffer.bytes
  }
}

import Documents

/// What a site puts around a document: where it stands, and the files that all pages share.
public struct PageFrame: Sendable {
  public struct Crumb: Sendable {
    public let title: String
    public let path: String

    public init(_ title: String, _ path: String) {
      self.title = title
      self.path = path
    }
  }

  /// The page's own path: `/model/openai/gpt-5`.
  public let path: String
  /// One plain sentence for search engines and previews.
  public let description: String
  /// From the home page to the page's parent; empty on the home page.
  public let crumbs: [Crumb]
  public let stylesheet: String
  public let script: String
  /// Whether `path.json` and `path.md` say the same.
  public let hasTwins: Bool
  /// Whether search engines should list the page.
  public let isIndexed: Bool
  /// Whether the page answers a query: marked, so that a script can tell a server from a host of plain files.
  public let isAnswer: Bool
  /// Address of a picture for previews, if one is made.
  public let picture: String?
  /// Scheme and host before every path where one must be absolute: `https://llm.example`; nil where none is known.
  public let origin: String?

  public init(
    path: String, description: String, crumbs: [Crumb], stylesheet: String, script: String,
    hasTwins: Bool = true, isIndexed: Bool = true, isAnswer: Bool = false, picture: String? = nil,
    origin: String? = nil
  ) {
    self.path = path
    self.description = description
    self.crumbs = crumbs
    self.stylesheet = stylesheet
    self.script = script
    self.hasTwins = hasTwins
    self.isIndexed = isIndexed
    self.isAnswer = isAnswer
    self.picture = picture
    self.origin = origin
  }

  /// The pages that every page leads to.
  static let navigation: [Crumb] = [
    Crumb("Models", "/models"), Crumb("Compare", "/compare"), Crumb("Cost", "/cost"),
    Crumb("Sources", "/sources"), Crumb("Method", "/method"),
  ]

  /// The path of the page in another form.
  func twin(_ ending: String) -> String { (path == "/" ? "/index" : path) + ending }
}

import Rendering

/// A page that leads on, for hosts that cannot redirect.
public enum RedirectStub {
  public static func bytes(to path: String) -> [UInt8] { HTMLRedirect.render(to: path) }
}

/// What an id says of the route and not of the model: `us.anthropic.…`, `:free`, `-FP8`, `-maas`, `@20250929`.
public struct RouteAttributes: Hashable, Sendable {
  /// `us`, `eu`, `apac`, `us-east-1`: where the provider processes the request.
  public var region: String?
  /// `fp8`, `awq`, `nvfp4`: weights stored at lower precision.
  public var quantisation: String?
  /// `batch`, `thinking`, `nitro`: how the provider runs the request.
  public var mode: String?
  /// The day of a dated id: `2025-09-29`; `06-13` where the id leaves the year out.
  public var release: String?
  /// Whether the id says that the route is free.
  public var isFree = false
  /// A prompt-length class or hosting mark: `gt-128k`, `maas`, `tee`.
  public var variant: String?
  /// Why the route is not taken for the lab's own although it stands under the lab's provider.
  public var doubt: String?

  public init() {}

  /// The attributes in a fixed order, for JSON and pages.
  public var parts: [(name: String, value: String)] {
    var parts: [(String, String)] = []
    if let region { parts.append(("region", region)) }
    if let quantisation { parts.append(("quantisation", quantisation)) }
    if let mode { parts.append(("mode", mode)) }
    if let release { parts.append(("release", release)) }
    if let variant { parts.append(("variant", variant)) }
    if isFree { parts.append(("kind", "free")) }
    if let doubt { parts.append(("doubt", doubt)) }
    return parts
  }

  public var isEmpty: Bool { parts.isEmpty }

  /// Whether an ordinary request is served under the id: not as a batch or flexibly, and not by a copy that somebody tuned.
  public var isOrdinary: Bool { mode.map { !Self.otherProcessing.contains($0) } ?? true }

  private static let otherProcessing: Set<String> = ["batch", "flex", "fine-tuned"]

  /// Whether the id leads to one release after another: `…-latest`, `~…`.
  public var isFloating: Bool { variant == "latest" }

  /// These attributes, and where they are silent what another reading of the same id says.
  func filled(from other: RouteAttributes) -> RouteAttributes {
    var result = self
    result.region = region ?? other.region
    result.quantisation = quantisation ?? other.quantisation
    result.mode = mode ?? other.mode
    result.release = release ?? other.release
    result.variant = variant ?? other.variant
    result.isFree = isFree || other.isFree
    result.doubt = doubt ?? other.doubt
    return result
  }

  /// `region=us;mode=fast`: the parts as one text, for the snapshot.
  var text: String { parts.map { "\($0.name)=\($0.value)" }.joined(separator: ";") }

  /// Reads `text` back; parts it does not know are left out.
  init(text: String) {
    for part in text.split(separator: ";") {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2 else { continue }
      let value = String(pair[1])
      switch pair[0] {
      case "region": region = value
      case "quantisation": quantisation = value
      case "mode": mode = value
      case "release": release = value
      case "variant": variant = value
      case "kind": isFree = value == "free"
      case "doubt": doubt = value
      default: continue
      }
    }
  }
}

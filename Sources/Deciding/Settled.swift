import Cataloguing
import Facts

/// What may be concluded from a value: only what every claim agrees on.
public enum Settled<Value: Sendable>: Sendable {
  case value(Value, Evidence)
  /// Sources contradict each other, and a conclusion would depend on whom one believes.
  case contested(Evidence)
  case unknown

  public var value: Value? {
    if case .value(let value, _) = self { return value }
    return nil
  }

  public var citations: [Citation] {
    if case .value(_, let evidence) = self { return evidence.agreeing }
    return []
  }
}

extension Model {
  /// Yes or No where no claim differs; contested where one does.
  public func settled(_ capability: Capability) -> Settled<Bool> {
    switch self.capability(capability) {
    case .known(let flag, let evidence): evidence.isDisputed ? .contested(evidence) : .value(flag, evidence)
    case .absent(let evidence): evidence.isDisputed ? .contested(evidence) : .value(false, evidence)
    case .unknown: .unknown
    }
  }

  /// Whether the model settledly has it.
  public func has(_ capability: Capability) -> Bool { settled(capability).value == true }

  /// The least and the most context that any claim gives; nil when unknown.
  public var claimedContext: ClosedRange<TokenCount>? {
    guard case .known(let window, let evidence) = contextWindow else { return nil }
    var all = [window]
    for dissent in evidence.dissenting where !dissent.isVariation && dissent.cause != .staleDate {
      if case .tokens(let count) = dissent.value { all.append(count) }
    }
    return (all.min() ?? window)...(all.max() ?? window)
  }
}

import Synchronization

/// An object that is made when it is first asked for and then stays. Readers take no lock. (`AtomicLazyReference` does the
/// same, but looks up its own type at run time on every read.)
public struct SetOnce<Instance: AnyObject & Sendable>: ~Copyable, Sendable {
  private let place = Atomic<Unmanaged<Instance>?>(nil)

  public init() {}

  public var value: Instance? { place.load(ordering: .acquiring)?.takeUnretainedValue() }

  /// Sets the object unless there is one; gives the one that stays.
  public func set(_ instance: Instance) -> Instance {
    let fresh = Unmanaged.passRetained(instance)
    let (isSet, other) = place.compareExchange(
      expected: nil, desired: fresh, ordering: .acquiringAndReleasing)
    guard !isSet, let other else { return instance }
    fresh.release()
    return other.takeUnretainedValue()
  }

  deinit { place.load(ordering: .acquiring)?.release() }
}

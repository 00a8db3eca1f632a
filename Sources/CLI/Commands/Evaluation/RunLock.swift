import EvaluationStore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Tells whether another worker of this machine is at a store in a file. The system takes the lock back when its holder ends,
/// however that happens.
final class RunLock {
  private let file: Int32
  /// Whether nobody else can be at work: then what a killed worker held is opened at once. False for a server, whose leases tell.
  let isHeld: Bool

  init(_ place: StorePlace) {
    guard case .file(let path) = place else {
      (file, isHeld) = (-1, false)
      return
    }
    file = open(path + ".lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    isHeld = file >= 0 && flock(file, LOCK_EX | LOCK_NB) == 0
  }

  deinit { if file >= 0 { close(file) } }
}

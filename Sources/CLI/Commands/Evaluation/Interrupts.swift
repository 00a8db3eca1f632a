import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

private let interruptCount = Atomic<Int>(0)

/// How often the user asked the program to end (SIGINT, SIGTERM) since it began to watch.
enum Interrupts {
  /// From here on these signals are counted and end nothing by themselves.
  static func watch() {
    interruptCount.store(0, ordering: .relaxed)
    for number in [SIGINT, SIGTERM] {
      signal(number) { _ in interruptCount.add(1, ordering: .relaxed) }
    }
  }

  static var count: Int { interruptCount.load(ordering: .relaxed) }
}

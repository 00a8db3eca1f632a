import NIOCore

/// The one clock of all stamps.
enum MonotonicClock {
  /// Nanoseconds since a moment of the machine's own.
  static func now() -> Int64 { Int64(clamping: NIODeadline.now().uptimeNanoseconds) }
}

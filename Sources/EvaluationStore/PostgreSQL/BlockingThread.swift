import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A thread of its own that runs what blocks, so that the few threads of the program never wait for a database.
final class BlockingThread: SerialExecutor {
  private struct State {
    var jobs: [UnownedJob] = []
    var isStopped = false
  }

  private let state = Mutex(State())
  private let wake: Semaphore

  /// A POSIX semaphore behind a pointer that lives as long as its owner.
  private final class Semaphore: @unchecked Sendable {
    private let pointer = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(pointer, 0, 0) }
    deinit {
      sem_destroy(pointer)
      pointer.deallocate()
    }

    func post() { sem_post(pointer) }
    func wait() { while sem_wait(pointer) != 0 {} }
  }

  init() {
    wake = Semaphore()
    var thread = pthread_t()
    let owner = Unmanaged.passRetained(self)
    pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<BlockingThread>.fromOpaque(context).takeRetainedValue().loop()
        return nil
      }, owner.toOpaque())
    pthread_detach(thread)
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    state.withLock { $0.jobs.append(job) }
    wake.post()
  }

  /// Ends the thread after the work that is queued.
  func stop() {
    state.withLock { $0.isStopped = true }
    wake.post()
  }

  private func loop() {
    while true {
      wake.wait()
      let (job, isStopped) = state.withLock { state in
        (state.jobs.isEmpty ? nil : state.jobs.removeFirst(), state.isStopped)
      }
      if let job {
        job.runSynchronously(on: asUnownedSerialExecutor())
      } else if isStopped {
        return
      }
    }
  }
}

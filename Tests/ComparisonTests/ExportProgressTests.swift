import Testing

@testable import CLI

@Suite struct ProgressOfAnExport {
  /// A quarter of 24 bars; 250 files in 10 seconds are 25 a second; 750 at that rate take 30 seconds.
  @Test func tellsCountsRateAndTheTimeLeft() {
    #expect(
      ExportProgress.line(done: 250, total: 1000, after: .seconds(10))
        == "██████░░░░░░░░░░░░░░░░░░  250 of 1,000 files, 25 a second, 30 s left")
    // 100 a second; 899,000 more take 8,990 seconds: 2 h 29 min 50 s.
    #expect(
      ExportProgress.line(done: 1000, total: 900_000, after: .seconds(10)).hasSuffix(
        "1,000 of 900,000 files, 100 a second, 2 h 29 min left"))
    #expect(ExportProgress.line(done: 0, total: 10, after: .zero).hasSuffix("0 of 10 files"))
  }
}

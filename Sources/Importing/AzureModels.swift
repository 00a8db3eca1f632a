/// The models of Azure's meters: the words with which a meter's name begins, by product, and the id that a caller sends.
///
/// Ids are those under which LiteLLM 1.110.2 lists the route (`azure/…`, `azure_ai/…`). A model is here only where words and id
/// leave no choice: `Grok 4.1` and `Grok4 Fast` are two ids each, `5.2 chat 0210` says no year, old GPT-3.5 and GPT-4 names differ in
/// length alone.
enum AzureModels {
  enum Medium: Equatable {
    case text
    case audio
    case image
  }

  struct Entry: Equatable {
    let provider: String
    let id: String
    /// What its tokens are where a meter's name does not say.
    let medium: Medium
    /// An embedding: its meters name neither input nor output.
    let isInputAlone: Bool
  }

  /// The model with the longest name with which the words begin, and how many words that is.
  static func entry(of words: [Substring], product: String) -> (Entry, Int)? {
    guard let names = products[product] else { return nil }
    for count in stride(from: min(words.count, 6), to: 0, by: -1) {
      if let entry = names[words.prefix(count).joined(separator: " ")] { return (entry, count) }
    }
    return nil
  }

  private static let products: [String: [String: Entry]] = [
    "Azure OpenAI GPT5": azure(gpt5),
    "Azure OpenAI": azure(openAI).merging(azure(embeddings, isInputAlone: true)) { $1 },
    "Azure OpenAI Reasoning": azure(openAI),
    "Azure OpenAI PP FT GPT4s": azure(["4.1": "gpt-4.1", "4.1 mini": "gpt-4.1-mini"]),
    "Azure OpenAI Embedding": azure(embeddings, isInputAlone: true),
    "Azure OpenAI OSS Models": foundry(["gpt oss 120b": "gpt-oss-120b"]),
    "Azure OpenAI Media": media,
    "Azure Deepseek Models": foundry([
      "r1": "deepseek-r1", "v3 0324": "deepseek-v3-0324", "v3.1": "deepseek-v3.1", "v3.2": "deepseek-v3.2",
      "v3.2 sp": "deepseek-v3.2-speciale", "v4 flash": "deepseek-v4-flash", "v4 pro": "deepseek-v4-pro",
      "mai ds r1": "MAI-DS-R1",
    ]),
    "Azure Grok Models": foundry([
      "grok 3": "grok-3", "grok 3 mini": "grok-3-mini", "grok 4": "grok-4", "4.3": "grok-4.3",
      "code fast 1": "grok-code-fast-1",
    ]),
    "Azure Llama Models": foundry([
      "llama 3.3 70b": "Llama-3.3-70B-Instruct",
      "llama 4 maverick 17b": "Llama-4-Maverick-17B-128E-Instruct-FP8",
    ]),
    "Azure Mistral Models": foundry([
      "codestral": "Codestral-2501", "large 3": "mistral-large-3", "mm3.5": "mistral-medium-3-5",
      "ocr 2512": "mistral-ocr-2512", "ocr 4": "mistral-ocr-4-0", "doc ai 2512": "mistral-document-ai-2512",
    ]),
    "Azure Kimi": foundry([
      "k2 thinking": "kimi-k2-thinking", "k2.5": "kimi-k2.5", "k2.5 thinking": "kimi-k2.5",
      "k2.6": "kimi-k2.6", "k2.6 thinking": "kimi-k2.6", "k2.7 code": "kimi-k2.7-code",
    ]),
    "Azure Fireworks Models": foundry([
      "fw deepseek v3.2": "FW-DeepSeek-V3.2", "fw deepseekv3.2": "FW-DeepSeek-V3.2",
      "fw deepseek v4 pro": "FW-DeepSeek-V4-Pro", "fw glm 5": "FW-GLM-5", "fw glm 5.1": "FW-GLM-5.1",
      "fw glm 5.2": "FW-GLM-5.2", "fw gpt oss 120b": "FW-GPT-OSS-120B", "fw kimi k2.5": "FW-Kimi-K2.5",
      "fw kimi k2.6": "FW-Kimi-K2.6", "fw kimi k2.7 code": "FW-Kimi-K2.7-Code",
      "fw minimax 3": "FW-MiniMax-M3", "fw minimax m2.5": "FW-MiniMax-M2.5",
    ]),
    "Cohere Models": foundry([
      "command a": "cohere-command-a", "command a plus": "Cohere-command-a-plus-05-2026",
      "rerank v4 fast": "cohere-rerank-v4.0-fast", "rerank v4 pro": "cohere-rerank-v4.0-pro",
    ]).merging(foundry(["embed v4": "embed-v-4-0"], isInputAlone: true)) { $1 },
  ]

  /// `GPT 5.1 codex …` and, of newer meters, `5.1 codex …`.
  private static let gpt5: [String: String] = {
    let names = [
      "5", "5 mini", "5 nano", "5 pro", "5 chat", "5 codex", "5.1", "5.1 chat", "5.1 codex", "5.1 codex max",
      "5.1 codex mini", "5.2", "5.2 chat", "5.2 codex", "5.2 pro", "5.3 chat", "5.3 codex", "5.4", "5.4 mini",
      "5.4 nano", "5.4 pro", "5.5", "5.6 luna", "5.6 sol", "5.6 terra",
    ]
    var result: [String: String] = [:]
    for name in names {
      let id = "gpt-" + name.replacing(" ", with: "-")
      result[name] = id
      result["gpt " + name] = id
    }
    return result
  }()

  private static let openAI: [String: String] = [
    "gpt 4.1": "gpt-4.1", "gpt 4.1 mini": "gpt-4.1-mini", "gpt 4.1 nano": "gpt-4.1-nano",
    "gpt 4o 0513": "gpt-4o-2024-05-13", "gpt 4o 0806": "gpt-4o-2024-08-06",
    "gpt 4o 1120": "gpt-4o-2024-11-20", "gpt 4o mini 0718": "gpt-4o-mini-2024-07-18",
    "gpt 4o transcribe": "gpt-4o-transcribe", "gpt 4o mini transcribe": "gpt-4o-mini-transcribe",
    "gpt 4o mini tts": "gpt-4o-mini-tts", "o1 1217": "o1-2024-12-17", "o1 mini": "o1-mini",
    "o3 0416": "o3-2025-04-16", "o3 mini 0131": "o3-mini-2025-01-31", "o3 pro": "o3-pro",
    "o4 mini 0416": "o4-mini-2025-04-16", "codex mini": "codex-mini",
    "o3 deep research 0626": "o3-deep-research", "computer use": "computer-use-preview",
    "gpt image 1": "gpt-image-1",
  ]

  private static let embeddings = [
    "text embedding 3 large": "text-embedding-3-large", "text embedding 3 small": "text-embedding-3-small",
  ]

  private static let media: [String: Entry] = azure([
    "gpt img 1 mini": "gpt-image-1-mini", "gpt img 1.5": "gpt-image-1.5", "image 2": "gpt-image-2",
    "gpt realtime 2": "gpt-realtime-2", "gpt realtime 2.1": "gpt-realtime-2.1",
    "gpt realtime 2.1 mini": "gpt-realtime-2.1-mini", "gpt rt 1.5": "gpt-realtime-1.5", "sora 2": "sora-2",
    "sora 2 pro": "sora-2-pro", "sora 2 pro high res": "sora-2-pro-high-res",
    "gpt rt txt 0828": "gpt-realtime-2025-08-28", "gpt rt txt mini": "gpt-realtime-mini",
    "gpt aud 0828 txt": "gpt-audio-2025-08-28", "gpt aud 1.5 txt": "gpt-audio-1.5",
    "gpt aud mini txt": "gpt-audio-mini",
  ])
  .merging(
    azure(
      [
        "gpt rt aud 0828": "gpt-realtime-2025-08-28", "gpt rt aud mini": "gpt-realtime-mini",
        "gpt aud 0828": "gpt-audio-2025-08-28", "gpt aud 1.5": "gpt-audio-1.5",
        "gpt aud mini": "gpt-audio-mini",
      ], medium: .audio)
  ) { $1 }
  .merging(
    azure(
      ["gpt rt img 0828": "gpt-realtime-2025-08-28", "gpt rt img mini": "gpt-realtime-mini"], medium: .image)
  ) { $1 }

  private static func azure(
    _ names: [String: String], medium: Medium = .text, isInputAlone: Bool = false
  ) -> [String: Entry] {
    names.mapValues { Entry(provider: "azure", id: $0, medium: medium, isInputAlone: isInputAlone) }
  }

  /// Models of other labs, which Azure serves as its Foundry.
  private static func foundry(_ names: [String: String], isInputAlone: Bool = false) -> [String: Entry] {
    names.mapValues { Entry(provider: "azure_ai", id: $0, medium: .text, isInputAlone: isInputAlone) }
  }
}

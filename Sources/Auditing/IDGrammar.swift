/// How ids of models are made: words, versions, sizes, dates and endings.
enum IDGrammar {
  /// Whether a family's word is followed by nothing but what ids are made of: `gpt`, `4o`, `mini`, `2024`, `07`, `18`.
  static func isName(_ words: ArraySlice<Substring>) -> Bool {
    guard let first = words.first,
      words.contains(where: { $0.contains(where: \.isNumber) }) || words.last == "latest"
    else { return false }
    // The family's word may hold the version: `qwen3`, `llama3`.
    guard first.prefix(while: \.isLetter).count > 1 || first.contains(where: \.isNumber) else { return false }
    return words.dropFirst().allSatisfy { word in
      let word = word.lowercased()
      return isVersion(word) || isSize(word) || endings.contains(word)
    }
  }

  /// `70b`, `8x22b`, `a3b`, `128e`, `128k`.
  static func isSize(_ word: String) -> Bool {
    guard let last = word.last, "bek".contains(last), word.count > 1 else { return false }
    let body = word.dropLast().drop { $0 == "a" || $0 == "e" }
    return !body.isEmpty && body.allSatisfy { $0.isNumber || $0 == "x" || $0 == "p" }
      && (body.first?.isNumber ?? false)
  }

  /// `4`, `4o`, `v2`, `001`, `20240620`, `3p1`, `r7b`, `k2`.
  private static func isVersion(_ word: String) -> Bool {
    guard word.count <= 8, word.contains(where: \.isNumber) else { return false }
    return word.allSatisfy(\.isNumber) || word.count <= 4 && word.count(where: \.isLetter) <= 2
  }

  static func isRegion(_ word: Substring) -> Bool {
    ["us", "eu", "apac", "global", "au", "jp", "ca"].contains(word)
  }

  /// Whether a listed id could be two words of a text: `step-3`, `nova-2`. Longer ones could not.
  static func mayBeProse(_ words: [Substring]) -> Bool {
    words.count <= 2 && words.first.map { everydayWords.contains($0.lowercased()) } ?? false
      && (words.last?.drop { $0 == "v" }.allSatisfy(\.isNumber) ?? false)
  }

  static func isEveryday(_ word: String) -> Bool { everydayWords.contains(word) }

  /// Programs that are called like models.
  static func isProduct(_ id: String) -> Bool { products.contains(id) }

  private static let products: Set<String> = [
    "claude-code", "gemini-cli", "qwen-code", "mistral-vibe", "kimi-cli", "grok-cli", "claude-desktop",
  ]
  private static let endings: Set<String> = [
    "instruct", "chat", "base", "mini", "nano", "micro", "pro", "max", "lite", "flash", "turbo", "preview",
    "latest", "exp",
    "experimental", "vision", "vl", "audio", "realtime", "transcribe", "tts", "search", "thinking",
    "reasoning", "reasoner", "coder", "code",
    "codex", "large", "medium", "small", "it", "hf", "fp8", "gguf", "instant", "versatile", "haiku", "opus",
    "sonnet", "high", "low", "online",
    "beta", "alpha", "image", "images", "generation", "embedding", "guard", "distill", "fast", "free", "plus",
    "ultra", "premier", "maverick",
    "scout", "llama", "qwen", "omni", "math", "deep", "research", "customtools", "maas", "api", "air", "edit",
    "live", "native", "dialog",
    "non", "multi", "agent", "next", "speciale", "terminus", "highspeed", "lightning", "diarize", "text",
    "moe", "prover", "ocr", "dialog", "xlarge",
    "express", "light", "english", "multilingual", "moderation", "saba", "nemo", "cloud", "think", "awq",
    "gptq", "bf16", "int4", "dev", "bot", "r", "a",
    "embed", "rerank", "command", "titan",
  ]
  /// Words of models' names that are no lab's alone.
  static let brands: Set<String> = [
    "nous", "hermes", "dolphin", "vicuna", "wizardlm", "wizardcoder", "zephyr", "openchat", "starling",
    "falcon", "stablelm", "nomic", "bge",
    "minitron", "mixtral", "mistral", "llama", "codellama", "qwen", "gpt", "claude", "gemini", "gemma",
    "deepseek", "bison", "gecko",
  ]
  /// First words of ids that are words of every text, so that a number behind them proves nothing.
  private static let everydayWords: Set<String> = [
    "step", "command", "nova", "seed", "solar", "ring", "ling", "palm", "base", "text", "jet", "aura",
    "mercury", "aurora", "router", "auto", "chat", "code", "coder", "flash", "turbo", "opus",
    "sonnet", "haiku", "fast", "reason",
    "large", "small", "medium", "mini", "pro", "model", "image", "video", "audio", "speech", "search", "v1",
    "v2", "v3", "latest",
    "default", "free", "eleven", "north", "ray", "gen", "tts", "stt", "vision", "robot", "agent", "test",
    "gen3", "gen4",
    "phase", "level", "stage", "version", "part", "spark", "phi", "yi", "lyra", "rnj",
  ]
  /// Words behind an id that make another key of it, or a sort of models.
  static let derivedEndings: Set<String> = [
    "cached", "completion", "finetuned", "tokenizer", "config", "settings", "schema", "client", "adapter",
    "key", "cost", "price",
    "prefix", "family", "like", "class", "style", "compatible", "based", "series", "id", "name", "team",
    "group", "policy",
    "later", "specific", "cookbook", "utils", "example", "index", "cpp", "only", "powered", "level", "type",
    "format", "era", "generated",
    "test", "tests", "tokens", "prompt", "prompts", "output", "results", "result", "report", "run", "dataset",
    "card", "release",
  ]
}

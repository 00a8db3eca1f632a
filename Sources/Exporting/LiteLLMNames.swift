import Facts

/// How LiteLLM calls a provider, and where it looks for the key (https://docs.litellm.ai/docs/providers).
struct LiteLLMNames {
  let prefix: String
  let key: String

  /// nil for a provider that LiteLLM has no name for.
  init?(_ provider: ProviderID) {
    guard let known = Self.all[provider.rawValue] else { return nil }
    (prefix, key) = known
  }

  private static let all: [String: (String, String)] = [
    "openai": ("openai", "OPENAI_API_KEY"), "azure": ("azure", "AZURE_API_KEY"),
    "anthropic": ("anthropic", "ANTHROPIC_API_KEY"),
    "google": ("gemini", "GEMINI_API_KEY"), "google-vertex": ("vertex_ai", "GOOGLE_APPLICATION_CREDENTIALS"),
    "amazon-bedrock": ("bedrock", "AWS_SECRET_ACCESS_KEY"), "mistral": ("mistral", "MISTRAL_API_KEY"),
    "cohere": ("cohere", "COHERE_API_KEY"), "groq": ("groq", "GROQ_API_KEY"),
    "deepseek": ("deepseek", "DEEPSEEK_API_KEY"),
    "xai": ("xai", "XAI_API_KEY"), "openrouter": ("openrouter", "OPENROUTER_API_KEY"),
    "togetherai": ("together_ai", "TOGETHERAI_API_KEY"),
    "fireworks-ai": ("fireworks_ai", "FIREWORKS_API_KEY"),
    "perplexity": ("perplexity", "PERPLEXITYAI_API_KEY"), "deepinfra": ("deepinfra", "DEEPINFRA_API_KEY"),
    "cerebras": ("cerebras", "CEREBRAS_API_KEY"), "novita-ai": ("novita", "NOVITA_API_KEY"),
    "sambanova": ("sambanova", "SAMBANOVA_API_KEY"), "moonshotai": ("moonshot", "MOONSHOT_API_KEY"),
    "nvidia": ("nvidia_nim", "NVIDIA_NIM_API_KEY"), "voyage": ("voyage", "VOYAGE_API_KEY"),
  ]
}

// Written by `llmref catalogue build`.
#define LLMREF_CATALOGUE_DIGEST "eed7ea1500a3a2276796f42e57b2ce019ce3fd4a7f35030dbbb319f840aa49cb"

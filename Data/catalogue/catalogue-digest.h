// Written by `llmref catalogue build`.
#define LLMREF_CATALOGUE_DIGEST "b7f10ebe66cdc6f1d06acbd6315ba4e82a77b864c74df4f67e604a616c11e3fb"

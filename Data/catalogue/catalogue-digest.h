// Written by `llmref catalogue build`.
#define LLMREF_CATALOGUE_DIGEST "e30652aec9d69c5726950d27a92259f417ba410a5a0b96b29c8a59f89f30b33c"

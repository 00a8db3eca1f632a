// Written by `llmref catalogue build`.
#define LLMREF_CATALOGUE_DIGEST "64ac09b616f13483650d59c221762cfdbf97cce7a80b6eb9a1e36a323bac5a19"

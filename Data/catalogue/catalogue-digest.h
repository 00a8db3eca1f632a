// Written by `llmref catalogue build`.
#define LLMREF_CATALOGUE_DIGEST "ac3ba6d62e7a158e6c4c62e858607c33dabc8006394a30b9ef420a9aee974abd"

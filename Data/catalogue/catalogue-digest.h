// Written by `llmref catalogue build`.
#define LLMREF_CATALOGUE_DIGEST "46e79797a6e7069bc5bf578ae492a0ad751d07f5301d068bd5e4a8682906f87a"

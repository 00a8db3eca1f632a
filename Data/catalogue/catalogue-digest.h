// Written by `llmref catalogue build`.
#define LLMREF_CATALOGUE_DIGEST "647efc8970e72b2dad902e62bf2f11f1418381a682f7a04e217889100ff7eedf"

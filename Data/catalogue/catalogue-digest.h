// Written by `llmref catalogue build`.
#define LLMREF_CATALOGUE_DIGEST "5f5a954928ea3f67b2de42793f0da609b9c848a8eb9fb4cafba37c98db829e82"

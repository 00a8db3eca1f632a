// Written by `llmref catalogue build`.
#define LLMREF_CATALOGUE_DIGEST "340d0792c04eb283481ed5eef495ccdf3712f750d2b713e438ba87dd45c9006f"

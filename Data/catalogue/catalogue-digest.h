// Written by `llmref catalogue build`.
#define LLMREF_CATALOGUE_DIGEST "0b3333996699f733277c10bdea0512349e878b6fb9f30fe805425f243c0e8a38"

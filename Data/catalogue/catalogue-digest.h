// Written by `llmref catalogue build`.
#define LLMREF_CATALOGUE_DIGEST "7567b3eac8bea598a37a7718c487329b26a53ef7d8e4dae6643fda665cbea579"

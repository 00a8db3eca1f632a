// Written by `llmref catalogue build`.
#define LLMREF_CATALOGUE_DIGEST "648a7ae50a6d1ba6dffe9159335ad1d7233e16cc07979fe42051d854816373f3"

// Written by `llmref catalogue build`.
#define LLMREF_CATALOGUE_DIGEST "c85ff358f791f5321c99b5bed08e2579d564c79e14d74c442e4d484706fe2345"

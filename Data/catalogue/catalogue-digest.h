// Written by `llmref catalogue build`.
#define LLMREF_CATALOGUE_DIGEST "7a78eb49546936bc8f22410447aa4c4bf1f1d2fb26f14405feb744281f64f5d0"

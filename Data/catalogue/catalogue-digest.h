// Written by `llmref catalogue build`.
#define LLMREF_CATALOGUE_DIGEST "6f841b15c4a026d7002ae47d7a9ade7deb4c5f6bb86988a9c85bdbdcc918fd12"

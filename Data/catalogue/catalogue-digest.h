// Written by `llmref catalogue build`.
#define LLMREF_CATALOGUE_DIGEST "5a45a88cc4f8a1c0753b5c299349cbf0112aae93b8fc320acf774dda9f35ff1a"

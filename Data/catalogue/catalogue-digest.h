// Written by `llmref catalogue build`.
#define LLMREF_CATALOGUE_DIGEST "4fe4c0e5baf99f9865645455d577ca64738b962e45997f707479cdb8eaa98e11"

// Written by `llmref catalogue build`.
#define LLMREF_CATALOGUE_DIGEST "ac0d8bdce66c820de20410c375378737afd05e35eeedb29a424218474af5cce0"

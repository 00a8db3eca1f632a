#pragma once
#include <stddef.h>

/// The first byte of the catalogue inside the program.
const unsigned char *_Nullable llmref_catalogue_bytes(void);
/// Its length in bytes; 0 when the program was built without one.
size_t llmref_catalogue_size(void);
/// Its SHA-256, lower-case hexadecimal.
const char *_Nonnull llmref_catalogue_digest(void);

#pragma once
#include <stddef.h>

/// The first byte of the rules of `llmref switch` inside the program.
const unsigned char *_Nullable llmref_rules_bytes(void);
/// Their length in bytes.
size_t llmref_rules_size(void);
/// Their SHA-256, lower-case hexadecimal.
const char *_Nonnull llmref_rules_digest(void);

#pragma once
#include <stddef.h>

/// The first byte of the list of pinned sources inside the program, and its length in bytes.
const unsigned char *_Nullable llmref_sources_bytes(void);
size_t llmref_sources_size(void);
/// The first byte of the script that downloads packages and extracts their members, and its length in bytes.
const unsigned char *_Nullable llmref_fetch_bytes(void);
size_t llmref_fetch_size(void);
/// SHA-256 of both, one behind the other, lower-case hexadecimal.
const char *_Nonnull llmref_policy_digest(void);

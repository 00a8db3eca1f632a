// SHA-256's compression function by the processor's own instructions, where it has them.
#ifndef LLMREF_CSHA256_H
#define LLMREF_CSHA256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Whether the processor has the instructions; asked once at the start of a program, for it asks the processor each time.
bool llmref_sha256_available(void);

/// Takes whole blocks of 64 bytes into the eight words of the state. Only where the instructions are available.
///
/// `constants` are the 64 words of FIPS 180-4, section 4.2.2.
void llmref_sha256_mix(uint32_t *state, const uint32_t *constants, const uint8_t *blocks, size_t count);

#endif

#ifndef C_COMPRESSION_H
#define C_COMPRESSION_H

#include <stddef.h>
#include <stdint.h>

/// The largest size that `llmref_gzip` or `llmref_brotli` may need for so many bytes.
size_t llmref_compressed_bound(size_t size);

/// Compresses with gzip (RFC 1952), level 1 to 9. Returns the size written, 0 when it cannot.
size_t llmref_gzip(const uint8_t *input, size_t size, int level, uint8_t *output, size_t capacity);

/// Compresses with Brotli (RFC 7932), quality 0 to 11, where the system has its library. Returns 0 when it cannot.
size_t llmref_brotli(const uint8_t *input, size_t size, int quality, uint8_t *output, size_t capacity);

#endif

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

/// A stream of gzip members (RFC 1952) being expanded.
typedef struct llmref_gunzip llmref_gunzip;

/// Returns NULL when there is no memory. It is given back with `llmref_gunzip_free`.
llmref_gunzip *llmref_gunzip_new(void);
void llmref_gunzip_free(llmref_gunzip *stream);

/// Expands as much of the input as fits the output. `read` and `written` receive how far it came. Returns 0 while more may
/// follow, 1 at the end of a member, -1 for bytes that are no gzip.
int llmref_gunzip_next(llmref_gunzip *stream, const uint8_t *input, size_t size, size_t *read,
                       uint8_t *output, size_t capacity, size_t *written);

#endif

#include "CCompression.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <zlib.h>

size_t llmref_compressed_bound(size_t size) { return size + size / 64 + 1024; }

size_t llmref_gzip(const uint8_t *input, size_t size, int level, uint8_t *output, size_t capacity) {
  z_stream stream = {0};
  // 15 bits of window, plus 16 for a gzip wrapper: https://zlib.net/manual.html
  if (deflateInit2(&stream, level, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
  stream.next_in = (Bytef *)input;
  stream.avail_in = (uInt)size;
  stream.next_out = output;
  stream.avail_out = (uInt)capacity;
  int result = deflate(&stream, Z_FINISH);
  size_t written = stream.total_out;
  deflateEnd(&stream);
  return result == Z_STREAM_END ? written : 0;
}

struct llmref_gunzip {
  z_stream stream;
};

llmref_gunzip *llmref_gunzip_new(void) {
  llmref_gunzip *own = calloc(1, sizeof *own);
  // 15 bits of window, plus 16 for gzip alone.
  if (own && inflateInit2(&own->stream, 15 + 16) != Z_OK) {
    free(own);
    own = NULL;
  }
  return own;
}

void llmref_gunzip_free(llmref_gunzip *own) {
  if (!own) return;
  inflateEnd(&own->stream);
  free(own);
}

int llmref_gunzip_next(llmref_gunzip *own, const uint8_t *input, size_t size, size_t *read,
                       uint8_t *output, size_t capacity, size_t *written) {
  own->stream.next_in = (Bytef *)input;
  own->stream.avail_in = (uInt)size;
  own->stream.next_out = output;
  own->stream.avail_out = (uInt)capacity;
  int result = inflate(&own->stream, Z_NO_FLUSH);
  *read = size - own->stream.avail_in;
  *written = capacity - own->stream.avail_out;
  if (result == Z_STREAM_END) {
    // Another member may follow.
    inflateReset(&own->stream);
    return 1;
  }
  // Z_BUF_ERROR says that there was nothing to do, which is no fault of the bytes.
  return result == Z_OK || result == Z_BUF_ERROR ? 0 : -1;
}

// Brotli's encoder is looked for when the program runs, so that the program starts on machines without it.
typedef int (*compress_function)(
    int quality, int window, int mode, size_t size, const uint8_t *input, size_t *written, uint8_t *output);

static compress_function brotli;
static pthread_once_t looked = PTHREAD_ONCE_INIT;

static void look(void) {
  void *library = dlopen("libbrotlienc.so.1", RTLD_NOW);
  if (library) brotli = (compress_function)dlsym(library, "BrotliEncoderCompress");
}

size_t llmref_brotli(const uint8_t *input, size_t size, int quality, uint8_t *output, size_t capacity) {
  pthread_once(&looked, look);
  if (!brotli) return 0;
  size_t written = capacity;
  // Window of 2^22 bytes; mode 1 is UTF-8 text: https://www.brotli.org/encode.html
  return brotli(quality, 22, 1, size, input, &written, output) ? written : 0;
}

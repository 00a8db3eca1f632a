#include "CCompression.h"

#include <dlfcn.h>
#include <pthread.h>
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

#include "CSHA256.h"

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

bool llmref_sha256_available(void) {
  unsigned a, b, c, d;
  // SSSE3 and SSE4.1, then the SHA extensions: bits of the Intel 64 manual's CPUID, leaves 1 and 7.
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSSE3) || !(c & bit_SSE4_1)) return false;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

__attribute__((target("sha,ssse3,sse4.1")))
void llmref_sha256_mix(uint32_t *state, const uint32_t *constants, const uint8_t *blocks, size_t count) {
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  // The instructions hold the words a, b, e, f in one register and c, d, g, h in the other, the first word highest.
  const __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xB1);
  const __m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1B);
  __m128i abef = _mm_alignr_epi8(badc, hgfe, 8);
  __m128i cdgh = _mm_blend_epi16(hgfe, badc, 0xF0);
  for (; count > 0; count--, blocks += 64) {
    const __m128i abef_before = abef, cdgh_before = cdgh;
    __m128i words[4];
    for (int group = 0; group < 16; group++) {
      __m128i *next = &words[group & 3];
      if (group < 4) {
        *next = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(blocks + 16 * group)), swap);
      } else {
        // Four words of the message schedule, section 6.2.2, from the sixteen before them.
        const __m128i last = words[(group + 3) & 3];
        const __m128i seventh = _mm_alignr_epi8(last, words[(group + 2) & 3], 4);
        const __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(*next, words[(group + 1) & 3]), seventh);
        *next = _mm_sha256msg2_epu32(sum, last);
      }
      const __m128i added =
          _mm_add_epi32(*next, _mm_loadu_si128((const __m128i *)(constants + 4 * group)));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, added);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(added, 0x0E));
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  const __m128i feba = _mm_shuffle_epi32(abef, 0x1B);
  const __m128i dchg = _mm_shuffle_epi32(cdgh, 0xB1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xF0));
  _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

#else

bool llmref_sha256_available(void) { return false; }

void llmref_sha256_mix(uint32_t *state, const uint32_t *constants, const uint8_t *blocks, size_t count) {
  (void)state, (void)constants, (void)blocks, (void)count;
}

#endif

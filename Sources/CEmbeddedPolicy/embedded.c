// The pinned sources and the script that takes them out of their packages, as bytes of the program. The digest header changes with
// them, which makes the build notice new ones.
#include "CEmbeddedPolicy.h"
#include "policy-digest.h"

#if defined(__APPLE__)
__asm__(".section __TEXT,__const\n"
        ".globl _llmref_sources_start\n_llmref_sources_start:\n.incbin \"sources.json\"\n"
        ".globl _llmref_sources_end\n_llmref_sources_end:\n.byte 0\n"
        ".globl _llmref_fetch_start\n_llmref_fetch_start:\n.incbin \"fetch_sources.py\"\n"
        ".globl _llmref_fetch_end\n_llmref_fetch_end:\n.byte 0\n.text\n");
#else
__asm__(".section .rodata\n.balign 8\n"
        ".globl llmref_sources_start\nllmref_sources_start:\n.incbin \"sources.json\"\n"
        ".globl llmref_sources_end\nllmref_sources_end:\n.byte 0\n"
        ".globl llmref_fetch_start\nllmref_fetch_start:\n.incbin \"fetch_sources.py\"\n"
        ".globl llmref_fetch_end\nllmref_fetch_end:\n.byte 0\n.text\n");
#endif

extern const unsigned char llmref_sources_start[];
extern const unsigned char llmref_sources_end[];
extern const unsigned char llmref_fetch_start[];
extern const unsigned char llmref_fetch_end[];

const unsigned char *llmref_sources_bytes(void) { return llmref_sources_start; }
size_t llmref_sources_size(void) { return (size_t)(llmref_sources_end - llmref_sources_start); }
const unsigned char *llmref_fetch_bytes(void) { return llmref_fetch_start; }
size_t llmref_fetch_size(void) { return (size_t)(llmref_fetch_end - llmref_fetch_start); }
const char *llmref_policy_digest(void) { return LLMREF_POLICY_DIGEST; }

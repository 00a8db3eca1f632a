// The rules as bytes of the program. The digest header changes with them, which makes the build notice new ones.
#include "CEmbeddedRules.h"
#include "rules-digest.h"

#if defined(__APPLE__)
__asm__(".section __TEXT,__const\n"
        ".globl _llmref_rules_start\n_llmref_rules_start:\n.incbin \"rules.json\"\n"
        ".globl _llmref_rules_end\n_llmref_rules_end:\n.byte 0\n.text\n");
#else
__asm__(".section .rodata\n.balign 8\n"
        ".globl llmref_rules_start\nllmref_rules_start:\n.incbin \"rules.json\"\n"
        ".globl llmref_rules_end\nllmref_rules_end:\n.byte 0\n.text\n");
#endif

extern const unsigned char llmref_rules_start[];
extern const unsigned char llmref_rules_end[];

const unsigned char *llmref_rules_bytes(void) { return llmref_rules_start; }
size_t llmref_rules_size(void) { return (size_t)(llmref_rules_end - llmref_rules_start); }
const char *llmref_rules_digest(void) { return LLMREF_RULES_DIGEST; }

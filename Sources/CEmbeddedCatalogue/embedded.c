// The catalogue as bytes of the program: an array literal of megabytes takes minutes to compile, .incbin none.
// The digest header changes with the catalogue, which makes the build notice a new one.
#include "CEmbeddedCatalogue.h"
#include "catalogue-digest.h"

#if defined(__APPLE__)
__asm__(".section __TEXT,__const\n"
        ".globl _llmref_catalogue_start\n_llmref_catalogue_start:\n.incbin \"catalogue.llmref\"\n"
        ".globl _llmref_catalogue_end\n_llmref_catalogue_end:\n.byte 0\n.text\n");
#else
__asm__(".section .rodata\n.balign 8\n"
        ".globl llmref_catalogue_start\nllmref_catalogue_start:\n.incbin \"catalogue.llmref\"\n"
        ".globl llmref_catalogue_end\nllmref_catalogue_end:\n.byte 0\n.text\n");
#endif

extern const unsigned char llmref_catalogue_start[];
extern const unsigned char llmref_catalogue_end[];

const unsigned char *llmref_catalogue_bytes(void) { return llmref_catalogue_start; }
size_t llmref_catalogue_size(void) { return (size_t)(llmref_catalogue_end - llmref_catalogue_start); }
const char *llmref_catalogue_digest(void) { return LLMREF_CATALOGUE_DIGEST; }

#pragma once

/* One block of 64 bytes can be handed over by the older calls alone; those that take their place
   cost half of what is gained by it. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

#if defined(__x86_64__)
#include <cpuid.h>

/* Whether the processor has instructions for SHA. */
static inline int sha_has_instructions(void) {
    unsigned a, b, c, d;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b >> 29 & 1);
}
#else
static inline int sha_has_instructions(void) { return 0; }
#endif

#pragma once

/* The older calls: those that take their place cost most of what blocks of 64 bytes gain. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/sha.h>

#if defined(__x86_64__)
#include <cpuid.h>

/* Whether the processor has instructions for SHA; of others than x86-64 nothing was measured. */
static inline int sha_has_instructions(void) {
    unsigned a, b, c, d;
    return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b >> 29 & 1);
}
#else
static inline int sha_has_instructions(void) { return 0; }
#endif

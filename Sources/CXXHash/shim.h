#pragma once

/* Compiled in, so that the program needs no further library when it runs. */
#define XXH_INLINE_ALL
#include <xxhash.h>

/* The library's own name is a macro here, which Swift does not see. */
static inline uint64_t xxh3_64bits(const void *bytes, size_t count, uint64_t seed) {
    return XXH3_64bits_withSeed(bytes, count, seed);
}

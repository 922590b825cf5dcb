#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Separators and line ends, 64 bytes a step. In C for two reasons: one instruction gathers the top
   bits of a vector's bytes, which no vector type of Swift gives; and a processor with AVX2 or AVX-512
   is asked for it when the program runs, so that one program serves every x86-64.

   All forms write the same; the tests compare them. */

/* What a stretch of steps without a CR or a quote came to. */
typedef struct {
    /* Steps taken: those before the first one that holds a CR or a quote. */
    size_t steps;
    /* Entries written to `ends` that count, and to `line_ends`. */
    size_t end_count;
    size_t line_end_count;
} byte_scan_result;

/* What the processor must be able to do, the least first. */
typedef enum {
    /* All that every x86-64 can, or every machine of another kind. */
    BYTE_SCAN_BASE,
    BYTE_SCAN_AVX2,
    BYTE_SCAN_AVX512,
} byte_scan_form;

/* Bit i = byte i is the wanted one, for 64 bytes on any machine: each equal byte becomes 0x80
   exactly, and one multiplication gathers the top bits of eight. */
static inline uint64_t byte_mask_portable(const uint8_t *bytes, uint8_t wanted) {
    const uint64_t low7 = 0x7F7F7F7F7F7F7F7F;
    uint64_t mask = 0;
    for (int word_index = 0; word_index < 8; word_index++) {
        uint64_t word;
        memcpy(&word, bytes + 8 * word_index, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        word = __builtin_bswap64(word);
#endif
        const uint64_t difference = word ^ (0x0101010101010101 * (uint64_t)wanted);
        const uint64_t equal = ~(((difference & low7) + low7) | difference | low7);
        mask |= (((equal >> 7) * 0x0102040810204080) >> 56) << (8 * word_index);
    }
    return mask;
}

/* Entries that may be written behind those that count. */
#define BYTE_SCAN_BEYOND 16

/* The body of every form. Most steps hold one line end or none: the first is written without asking
   whether it is there. */
#define BYTE_SCAN_BODY(LOAD_MASKS, WRITE_ENDS)                                                     \
    byte_scan_result result = {0, 0, 0};                                                           \
    uint32_t *out = ends;                                                                          \
    for (; result.steps < steps; result.steps++) {                                                 \
        const uint8_t *p = bytes + base + 64 * result.steps;                                       \
        uint64_t separators, line_feeds;                                                           \
        int is_other;                                                                              \
        LOAD_MASKS                                                                                 \
        if (is_other) break;                                                                       \
        const uint32_t first = (uint32_t)(base + 64 * result.steps);                               \
        uint64_t rest = separators | line_feeds;                                                   \
        const int count = __builtin_popcountll(rest);                                              \
        const int has_line_end = line_feeds != 0;                                                  \
        do {                                                                                       \
            const uint64_t before = (line_feeds ^ (line_feeds - 1)) >> 1;                          \
            line_ends[result.line_end_count++] =                                                   \
                (uint32_t)(out - ends) + (uint32_t)__builtin_popcountll(rest & before);            \
            line_feeds &= line_feeds - 1;                                                          \
        } while (line_feeds != 0);                                                                 \
        result.line_end_count -= !has_line_end;                                                    \
        uint32_t *to = out;                                                                        \
        out += count;                                                                              \
        WRITE_ENDS                                                                                 \
    }                                                                                              \
    result.end_count = (size_t)(out - ends);                                                       \
    return result;

/* Twelve positions at a time without asking how many there are: a branch per separator that nobody
   can foresee costs more than the writing. */
#define BYTE_SCAN_WRITE_TWELVE(TRAILING_ZEROS)                                                     \
    do {                                                                                           \
        _Pragma("unroll") for (int i = 0; i < 12; i++) {                                           \
            to[i] = first + (uint32_t)TRAILING_ZEROS(rest);                                        \
            rest &= rest - 1;                                                                      \
        }                                                                                          \
        to += 12;                                                                                  \
    } while (rest != 0);

/* Of an empty mask nothing but that there is an answer matters. */
#define BYTE_SCAN_TRAILING_ZEROS(mask) __builtin_ctzll((mask) | (1ull << 63))

#define BYTE_SCAN_ARGUMENTS                                                                        \
    const uint8_t *bytes, size_t base, size_t steps, uint32_t *ends, uint32_t *line_ends

static inline __attribute__((noinline)) byte_scan_result
byte_scan_portable(BYTE_SCAN_ARGUMENTS) {
    BYTE_SCAN_BODY({
        separators = byte_mask_portable(p, ',');
        line_feeds = byte_mask_portable(p, '\n');
        is_other = (byte_mask_portable(p, '\r') | byte_mask_portable(p, '"')) != 0;
    }, BYTE_SCAN_WRITE_TWELVE(BYTE_SCAN_TRAILING_ZEROS))
}

#if defined(__SSE2__)
#include <immintrin.h>

static inline uint64_t byte_mask_join(__m128i a, __m128i b, __m128i c, __m128i d) {
    const uint64_t low = (uint32_t)_mm_movemask_epi8(a) | (uint32_t)_mm_movemask_epi8(b) << 16;
    const uint64_t high = (uint32_t)_mm_movemask_epi8(c) | (uint32_t)_mm_movemask_epi8(d) << 16;
    return low | high << 32;
}

/* Bit i = byte i is the wanted one, for 64 bytes. */
static inline uint64_t byte_mask(const uint8_t *bytes, uint8_t wanted) {
    const __m128i *p = (const __m128i *)bytes;
    const __m128i w = _mm_set1_epi8((char)wanted);
    return byte_mask_join(
        _mm_cmpeq_epi8(_mm_loadu_si128(p), w), _mm_cmpeq_epi8(_mm_loadu_si128(p + 1), w),
        _mm_cmpeq_epi8(_mm_loadu_si128(p + 2), w), _mm_cmpeq_epi8(_mm_loadu_si128(p + 3), w));
}

/* Whether one of two bytes is among the 64: cheaper than the masks of both. */
static inline int byte_mask_holds(const uint8_t *bytes, uint8_t one, uint8_t other) {
    const __m128i *p = (const __m128i *)bytes;
    const __m128i a = _mm_set1_epi8((char)one), b = _mm_set1_epi8((char)other);
    __m128i found = _mm_setzero_si128();
    for (int part = 0; part < 4; part++) {
        const __m128i vector = _mm_loadu_si128(p + part);
        found = _mm_or_si128(
            found, _mm_or_si128(_mm_cmpeq_epi8(vector, a), _mm_cmpeq_epi8(vector, b)));
    }
    return _mm_movemask_epi8(found) != 0;
}

static inline __attribute__((noinline)) byte_scan_result byte_scan_sse2(BYTE_SCAN_ARGUMENTS) {
    BYTE_SCAN_BODY({
        separators = byte_mask(p, ',');
        line_feeds = byte_mask(p, '\n');
        is_other = byte_mask_holds(p, '\r', '"');
    }, BYTE_SCAN_WRITE_TWELVE(BYTE_SCAN_TRAILING_ZEROS))
}

static inline __attribute__((noinline, target("avx2,bmi,bmi2,popcnt"))) byte_scan_result
byte_scan_avx2(BYTE_SCAN_ARGUMENTS) {
    const __m256i comma = _mm256_set1_epi8(','), line_feed = _mm256_set1_epi8('\n');
    const __m256i carriage_return = _mm256_set1_epi8('\r'), quote = _mm256_set1_epi8('"');
    BYTE_SCAN_BODY({
        const __m256i a = _mm256_loadu_si256((const __m256i *)p);
        const __m256i b = _mm256_loadu_si256((const __m256i *)(p + 32));
        const __m256i other = _mm256_or_si256(
            _mm256_or_si256(_mm256_cmpeq_epi8(a, carriage_return), _mm256_cmpeq_epi8(a, quote)),
            _mm256_or_si256(_mm256_cmpeq_epi8(b, carriage_return), _mm256_cmpeq_epi8(b, quote)));
        is_other = !_mm256_testz_si256(other, other);
        separators = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, comma))
            | (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, comma)) << 32;
        line_feeds = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, line_feed))
            | (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, line_feed)) << 32;
    }, BYTE_SCAN_WRITE_TWELVE(_tzcnt_u64))
}

/* The positions of the set bits gathered by one instruction, and written sixteen at a time. */
static inline __attribute__((noinline, target("avx512f,avx512bw,avx512vbmi2,bmi,bmi2,popcnt")))
byte_scan_result byte_scan_avx512(BYTE_SCAN_ARGUMENTS) {
    const __m512i comma = _mm512_set1_epi8(','), line_feed = _mm512_set1_epi8('\n');
    const __m512i carriage_return = _mm512_set1_epi8('\r'), quote = _mm512_set1_epi8('"');
    uint8_t numbers[64];
    for (int i = 0; i < 64; i++) numbers[i] = (uint8_t)i;
    const __m512i positions = _mm512_loadu_si512(numbers);
    BYTE_SCAN_BODY({
        const __m512i vector = _mm512_loadu_si512(p);
        is_other = (_mm512_cmpeq_epi8_mask(vector, carriage_return)
            | _mm512_cmpeq_epi8_mask(vector, quote)) != 0;
        separators = _mm512_cmpeq_epi8_mask(vector, comma);
        line_feeds = _mm512_cmpeq_epi8_mask(vector, line_feed);
    }, {
        const __m512i start = _mm512_set1_epi32((int)first);
        __m512i found = _mm512_maskz_compress_epi8(rest, positions);
        for (const uint32_t *end = out; ; found = _mm512_shuffle_i64x2(found, found, 0x39)) {
            _mm512_storeu_si512(
                to, _mm512_add_epi32(start, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(found))));
            to += 16;
            if (to >= end) break;
        }
    })
}

/* Which form the processor can run. */
static inline byte_scan_form byte_scan_best_form(void) {
    if (!__builtin_cpu_supports("bmi") || !__builtin_cpu_supports("bmi2")
        || !__builtin_cpu_supports("popcnt"))
        return BYTE_SCAN_BASE;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512vbmi2"))
        return BYTE_SCAN_AVX512;
    return __builtin_cpu_supports("avx2") ? BYTE_SCAN_AVX2 : BYTE_SCAN_BASE;
}
#else
static inline uint64_t byte_mask(const uint8_t *bytes, uint8_t wanted) {
    return byte_mask_portable(bytes, wanted);
}

static inline int byte_mask_holds(const uint8_t *bytes, uint8_t one, uint8_t other) {
    return (byte_mask_portable(bytes, one) | byte_mask_portable(bytes, other)) != 0;
}

static inline byte_scan_result byte_scan_sse2(BYTE_SCAN_ARGUMENTS) {
    return byte_scan_portable(bytes, base, steps, ends, line_ends);
}

static inline byte_scan_result byte_scan_avx2(BYTE_SCAN_ARGUMENTS) {
    return byte_scan_portable(bytes, base, steps, ends, line_ends);
}

static inline byte_scan_result byte_scan_avx512(BYTE_SCAN_ARGUMENTS) {
    return byte_scan_portable(bytes, base, steps, ends, line_ends);
}

static inline byte_scan_form byte_scan_best_form(void) { return BYTE_SCAN_BASE; }
#endif

/* Scans whole steps of 64 bytes from `bytes + base` on, at most `steps`, as long as none holds a
   CR or a quote. Writes the positions of commas and LFs to `ends`, and for each LF the index of
   its entry to `line_ends`. Up to `BYTE_SCAN_BEYOND` entries more are written to `ends` than count,
   and one to `line_ends`.

   The processor must be able to run the form; see `byte_scan_best_form`. */
static inline byte_scan_result byte_scan(BYTE_SCAN_ARGUMENTS, byte_scan_form form) {
    switch (form) {
    case BYTE_SCAN_AVX512: return byte_scan_avx512(bytes, base, steps, ends, line_ends);
    case BYTE_SCAN_AVX2: return byte_scan_avx2(bytes, base, steps, ends, line_ends);
    case BYTE_SCAN_BASE: return byte_scan_sse2(bytes, base, steps, ends, line_ends);
    }
}

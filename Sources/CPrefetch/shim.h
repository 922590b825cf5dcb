#pragma once

/// Asks for the cache line at an address that will be written soon; nothing happens when the address
/// is not mapped.
static inline void prefetch_for_writing(const void *address) { __builtin_prefetch(address, 1); }

/* The same for one that will be read. */
static inline void prefetch_for_reading(const void *address) { __builtin_prefetch(address, 0); }

#pragma once

/// Asks for the cache line at an address that will be written soon; nothing happens when the address
/// is not mapped.
static inline void prefetch_for_writing(const void *address) { __builtin_prefetch(address, 1); }

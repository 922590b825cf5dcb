#pragma once

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <fcntl.h>

/* Swift's Glibc module does not show fallocate. Disk space for the bytes from `offset` on, beyond the end
   of the file as well; its length stays. Not every file system can. */
static inline int disk_space_reserve(int descriptor, off_t offset, off_t count) {
    return fallocate(descriptor, FALLOC_FL_KEEP_SIZE, offset, count);
}

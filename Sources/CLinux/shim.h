#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <fcntl.h>
#include <link.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <unistd.h>

/* Swift's Glibc module does not show renameat2, and syscall() is variadic. */
static inline int linux_exchange(const char *one, const char *other) {
    const unsigned int exchange = 2; /* RENAME_EXCHANGE of <linux/fs.h> */
    return (int)syscall(SYS_renameat2, AT_FDCWD, one, AT_FDCWD, other, exchange);
}

/* prctl() is variadic too. Neither a file nor what collects cores is given the memory of a crash. */
static inline void linux_forbid_cores(void) {
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

/* Swift's Glibc module does not show adjtimex. Negative where the kernel does not tell. */
static inline int linux_clock_is_synchronised(void) {
    struct timex state = {0};
    int result = adjtimex(&state);
    if (result < 0) return -1;
    return result != TIME_ERROR && !(state.status & STA_UNSYNC);
}

/* dl_iterate_phdr is an extension of glibc, which Swift's Glibc module does not show either. */
static inline int linux_library_step(struct dl_phdr_info *info, size_t size, void *words) {
    (void)size;
    ((void (*)(const char *, void *))((void **)words)[0])(info->dlpi_name, ((void **)words)[1]);
    return 0;
}

static inline void linux_each_library(void (*body)(const char *path, void *data), void *data) {
    void *words[2] = {(void *)body, data};
    dl_iterate_phdr(linux_library_step, words);
}

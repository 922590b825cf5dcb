/* Lies between popstat and the C library, by LD_PRELOAD: lists every file operation below a folder,
 * or spoils one of them. Built and steered by Tests/PopulationFaultTests; nothing of it is in the
 * product.
 *
 *   FAULT_ROOT    only paths below this folder are seen
 *   FAULT_RECORD  a file that gets one line "operation role" per call
 *   FAULT_POINT   "operation role" of the call that is spoilt
 *   FAULT_NTH     which of its calls, from 1
 *   FAULT_KIND    short, cut, eintr, grow, shrink, rewrite, back, kill, or an error number
 *   FAULT_MARK    a file that is made when the fault struck
 *   FAULT_KILL    kill before the nth operation of all, whatever it is
 *
 * A role is a path below the root without what differs from run to run: see `name_role`. */
#define _GNU_SOURCE
#undef _FORTIFY_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { NONE, SHORT, CUT, INTERRUPT, GROW, SHRINK, REWRITE, BACK, KILL, NUMBER };
enum { ROLE_MAX = 256, FILES_MAX = 4096 };

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static const char *root, *point;
static size_t root_length;
static long nth = 1, kill_at;
static int kind, number, record_file = -1;
static _Atomic long all_calls, point_calls;
static char roles[FILES_MAX][ROLE_MAX];

static const char *kinds[] = {"", "short", "cut", "eintr", "grow", "shrink", "rewrite", "back", "kill"};

__attribute__((constructor)) static void begin(void) {
    const char *text;
    root = getenv("FAULT_ROOT");
    if (!root) return;
    root_length = strlen(root);
    point = getenv("FAULT_POINT");
    if ((text = getenv("FAULT_NTH"))) nth = atol(text);
    if ((text = getenv("FAULT_KILL"))) kill_at = atol(text);
    if ((text = getenv("FAULT_KIND"))) {
        kind = NUMBER;
        number = atoi(text);
        for (int i = SHORT; i <= KILL; i++) if (!strcmp(text, kinds[i])) kind = i;
        if (kind == INTERRUPT) number = EINTR;
    }
    if ((text = getenv("FAULT_RECORD")))
        record_file = (int)syscall(
            SYS_openat, AT_FDCWD, text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

/* Numbers of processes and of extracts, digests, random names and the names of tables go. */
static int name_role(const char *path, char *role) {
    if (!root || !path || strncmp(path, root, root_length) || path[root_length] != '/') return 0;
    const char *from = path + root_length + 1;
    size_t n = 0;
    while (*from && n < ROLE_MAX - 8) {
        size_t hex = strspn(from, "0123456789abcdef");
        if (hex >= 16) { role[n++] = 'H'; from += hex; continue; }
        if (from[0] == '-' && from[1] >= '0' && from[1] <= '9') {
            role[n++] = '-'; role[n++] = 'N';
            from += 1 + strspn(from + 1, "0123456789");
            continue;
        }
        if (!strncmp(from, ".dat.nosync", 11)) {
            n += (size_t)sprintf(role + n, ".dat");
            from += strcspn(from, "/");
            continue;
        }
        if (!strncmp(from, "/tmp.", 5)) {
            n += (size_t)sprintf(role + n, "/tmp.N");
            from += 1 + strcspn(from + 1, "/");
            continue;
        }
        role[n++] = *from++;
    }
    while (n > 1 && role[n - 1] == '/') n--;
    role[n] = 0;
    char *table = strstr(role, "internal/");
    if (!table) table = strstr(role, "public/");
    if (table && n > 4 && !strcmp(role + n - 4, ".csv")) strcpy(strchr(table, '/'), "/TABLE.csv");
    return 1;
}

/* The fault that strikes this call, or NONE. */
static int strikes(const char *operation, const char *role) {
    int before = errno;
    char line[ROLE_MAX + 32];
    int length = snprintf(line, sizeof line, "%s %s\n", operation, role);
    if (record_file >= 0) syscall(SYS_write, record_file, line, (size_t)length);
    if (kill_at && atomic_fetch_add(&all_calls, 1) + 1 == kill_at) raise(SIGKILL);
    line[length - 1] = 0;
    errno = before;
    if (!point || strcmp(line, point)) return NONE;
    long call = atomic_fetch_add(&point_calls, 1) + 1;
    /* An interruption passes, and a file is changed once; a full or broken disk stays so. */
    int isLasting = kind == NUMBER || kind == SHORT || kind == CUT || kind == BACK;
    int isStruck = isLasting ? call >= nth : kind == INTERRUPT ? call >= nth && call < nth + 3
                                                               : call == nth;
    if (!isStruck) return NONE;
    const char *mark = getenv("FAULT_MARK");
    if (mark) {
        int file = (int)syscall(SYS_openat, AT_FDCWD, mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        syscall(SYS_close, file);
    }
    if (kind == KILL) raise(SIGKILL);
    errno = before;
    return kind;
}

static int fails(const char *operation, const char *role) {
    int fault = strikes(operation, role);
    if (fault != NUMBER && fault != INTERRUPT) return 0;
    errno = number;
    return 1;
}

static int path_fails(const char *operation, const char *path) {
    char role[ROLE_MAX];
    return name_role(path, role) && fails(operation, role);
}

static const char *role_of(int file) {
    return file >= 0 && file < FILES_MAX && roles[file][0] ? roles[file] : NULL;
}

static int file_fails(const char *operation, int file) {
    const char *role = role_of(file);
    return role && fails(operation, role);
}

static int keep(int file, const char *role) {
    if (file >= 0 && file < FILES_MAX) strcpy(roles[file], role);
    return file;
}

/* A supplier writes the file while it is read. */
static void change(int file, int fault) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
    if (length <= 0) return;
    path[length] = 0;
    int other = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC, 0);
    off_t size = lseek(other, 0, SEEK_END);
    if (fault == SHRINK) syscall(SYS_ftruncate, other, size / 2);
    /* The bytes in the middle come once more, at the end or in the place of the last ones. */
    char piece[64];
    off_t count = size < 64 ? size : 64;
    syscall(SYS_pread64, other, piece, count, size / 2 > count ? size / 2 - count : 0);
    if (fault == GROW) syscall(SYS_pwrite64, other, piece, count, size);
    if (fault == REWRITE) syscall(SYS_pwrite64, other, piece, count, size - count);
    syscall(SYS_close, other);
}

/* How many bytes may be read; -1 for an error. */
static ssize_t readable(const char *operation, int file, size_t count) {
    const char *role = role_of(file);
    if (!role) return (ssize_t)count;
    switch (strikes(operation, role)) {
    case NUMBER: case INTERRUPT: errno = number; return -1;
    case SHORT: return (ssize_t)(count > 1 ? (count < 200 ? count / 2 : 100) : count);
    case CUT: return 0;
    case GROW: change(file, GROW); break;
    case SHRINK: change(file, SHRINK); break;
    case REWRITE: change(file, REWRITE); break;
    default: break;
    }
    return (ssize_t)count;
}

ssize_t read(int file, void *buffer, size_t count) {
    ssize_t n = readable("read", file, count);
    return n < 0 ? -1 : REAL(read)(file, buffer, (size_t)n);
}

#define PREAD(name, offset_type)                                                       \
    ssize_t name(int file, void *buffer, size_t count, offset_type offset) {           \
        ssize_t n = readable("pread", file, count);                                    \
        return n < 0 ? -1 : REAL(name)(file, buffer, (size_t)n, offset);               \
    }
PREAD(pread, off_t)
PREAD(pread64, off64_t)

static ssize_t writable(const char *operation, int file, size_t count) {
    const char *role = role_of(file);
    if (!role) return (ssize_t)count;
    int fault = strikes(operation, role);
    if (fault == NUMBER || fault == INTERRUPT) { errno = number; return -1; }
    return (ssize_t)(fault == SHORT && count > 1 ? count / 2 : count);
}

ssize_t write(int file, const void *buffer, size_t count) {
    ssize_t n = writable("write", file, count);
    return n < 0 ? -1 : REAL(write)(file, buffer, (size_t)n);
}

#define PWRITE(name, offset_type)                                                      \
    ssize_t name(int file, const void *buffer, size_t count, offset_type offset) {     \
        ssize_t n = writable("pwrite", file, count);                                   \
        return n < 0 ? -1 : REAL(name)(file, buffer, (size_t)n, offset);               \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

/* Short: half of the first piece. */
#define PWRITEV(name, offset_type)                                                     \
    ssize_t name(int file, const struct iovec *pieces, int count, offset_type offset) { \
        size_t first = count > 0 ? pieces[0].iov_len : 0;                              \
        ssize_t n = writable("pwritev", file, first);                                  \
        if (n < 0) return -1;                                                          \
        if ((size_t)n == first) return REAL(name)(file, pieces, count, offset);        \
        struct iovec half = {pieces[0].iov_base, (size_t)n};                           \
        return REAL(name)(file, &half, 1, offset);                                     \
    }
PWRITEV(pwritev, off_t)
PWRITEV(pwritev64, off64_t)

static int has_mode(int flags) { return (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE; }
static const char *opening(int flags) { return has_mode(flags) ? "create" : "open"; }

#define OPEN(name)                                                                     \
    int name(const char *path, int flags, ...) {                                       \
        mode_t mode = 0;                                                               \
        char role[ROLE_MAX];                                                           \
        if (has_mode(flags)) {                                                         \
            va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); \
        }                                                                              \
        int isSeen = name_role(path, role);                                            \
        if (isSeen && fails(opening(flags), role)) return -1;                          \
        int file = REAL(name)(path, flags, mode);                                      \
        return isSeen ? keep(file, role) : file;                                       \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                   \
    int name(int folder, const char *path, int flags, ...) {                           \
        mode_t mode = 0;                                                               \
        char role[ROLE_MAX];                                                           \
        if (has_mode(flags)) {                                                         \
            va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); \
        }                                                                              \
        int isSeen = name_role(path, role);                                            \
        if (path[0] != '/' && role_of(folder))                                         \
            isSeen = snprintf(role, sizeof role, "%.200s/%.50s", role_of(folder), path) > 0; \
        if (isSeen && fails(opening(flags), role)) return -1;                          \
        int file = REAL(name)(folder, path, flags, mode);                              \
        return isSeen ? keep(file, role) : file;                                       \
    }
OPENAT(openat)
OPENAT(openat64)

/* Streams write below our feet: their file is opened again for reading only, so that every write
 * fails and what is read is what was there. */
static void close_for_writing(int file) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    int other = (int)syscall(SYS_openat, AT_FDCWD, link, O_RDONLY | O_CLOEXEC, 0);
    syscall(SYS_dup3, other, file, O_CLOEXEC);
    syscall(SYS_close, other);
}

static FILE *streaming(FILE *stream, const char *role, const char *mode) {
    if (!stream) return NULL;
    keep(fileno(stream), role);
    if (strpbrk(mode, "wa+") && strikes("stream", role) == NUMBER) close_for_writing(fileno(stream));
    return stream;
}

#define FOPEN(name)                                                                    \
    FILE *name(const char *path, const char *mode) {                                   \
        char role[ROLE_MAX];                                                           \
        if (!name_role(path, role)) return REAL(name)(path, mode);                     \
        if (fails("fopen", role)) return NULL;                                         \
        return streaming(REAL(name)(path, mode), role, mode);                          \
    }
FOPEN(fopen)
FOPEN(fopen64)

FILE *fdopen(int file, const char *mode) {
    char role[ROLE_MAX];
    if (!role_of(file)) return REAL(fdopen)(file, mode);
    strcpy(role, role_of(file));
    if (fails("fopen", role)) return NULL;
    return streaming(REAL(fdopen)(file, mode), role, mode);
}

#define MKSTEMP(name)                                                                  \
    int name(char *path) {                                                             \
        char role[ROLE_MAX];                                                           \
        if (!name_role(path, role)) return REAL(name)(path);                           \
        if (fails("create", role)) return -1;                                          \
        return keep(REAL(name)(path), role);                                           \
    }
MKSTEMP(mkstemp)
MKSTEMP(mkstemp64)

int fclose(FILE *stream) {
    int file = stream ? fileno(stream) : -1;
    int isFailing = file_fails("fclose", file), before = errno;
    if (file >= 0 && file < FILES_MAX) roles[file][0] = 0;
    int status = REAL(fclose)(stream);
    if (!isFailing) return status;
    errno = before;
    return EOF;
}

int close(int file) {
    int isFailing = file_fails("close", file), before = errno;
    if (file >= 0 && file < FILES_MAX) roles[file][0] = 0;
    int status = REAL(close)(file);
    if (!isFailing) return status;
    errno = before;
    return -1;
}

int fsync(int file) { return file_fails("fsync", file) ? -1 : REAL(fsync)(file); }
int fdatasync(int file) { return file_fails("fsync", file) ? -1 : REAL(fdatasync)(file); }
int ftruncate(int file, off_t size) {
    return file_fails("ftruncate", file) ? -1 : REAL(ftruncate)(file, size);
}
int ftruncate64(int file, off64_t size) {
    return file_fails("ftruncate", file) ? -1 : REAL(ftruncate64)(file, size);
}
int posix_fallocate(int file, off_t offset, off_t count) {
    return file_fails("fallocate", file) ? number : REAL(posix_fallocate)(file, offset, count);
}
int fallocate(int file, int mode, off_t offset, off_t count) {
    return file_fails("fallocate", file) ? -1 : REAL(fallocate)(file, mode, offset, count);
}
int fchmod(int file, mode_t mode) {
    return file_fails("fchmod", file) ? -1 : REAL(fchmod)(file, mode);
}
int fchown(int file, uid_t user, gid_t group) {
    return file_fails("fchown", file) ? -1 : REAL(fchown)(file, user, group);
}
int flock(int file, int operation) {
    return file_fails("flock", file) ? -1 : REAL(flock)(file, operation);
}

static int is_lock(int command) {
    return command == F_SETLK || command == F_SETLKW || command == F_GETLK;
}

#define FCNTL(name)                                                                    \
    int name(int file, int command, ...) {                                             \
        va_list rest; va_start(rest, command); void *value = va_arg(rest, void *); va_end(rest); \
        if (is_lock(command) && file_fails("fcntl-lock", file)) return -1;             \
        return REAL(name)(file, command, value);                                       \
    }
FCNTL(fcntl)
FCNTL(fcntl64)

#define MMAP(name, offset_type)                                                        \
    void *name(void *at, size_t count, int access, int flags, int file, offset_type offset) { \
        if (file >= 0 && file_fails("mmap", file)) return MAP_FAILED;                  \
        return REAL(name)(at, count, access, flags, file, offset);                     \
    }
MMAP(mmap, off_t)
MMAP(mmap64, off64_t)

int mkdir(const char *path, mode_t mode) {
    return path_fails("mkdir", path) ? -1 : REAL(mkdir)(path, mode);
}
int unlink(const char *path) { return path_fails("unlink", path) ? -1 : REAL(unlink)(path); }
int remove(const char *path) { return path_fails("unlink", path) ? -1 : REAL(remove)(path); }
int rmdir(const char *path) { return path_fails("rmdir", path) ? -1 : REAL(rmdir)(path); }
int chmod(const char *path, mode_t mode) {
    return path_fails("chmod", path) ? -1 : REAL(chmod)(path, mode);
}
int access(const char *path, int mode) {
    return path_fails("access", path) ? -1 : REAL(access)(path, mode);
}
int rename(const char *from, const char *to) {
    return path_fails("rename", to) ? -1 : REAL(rename)(from, to);
}
int renameat(int folder, const char *from, int other, const char *to) {
    return path_fails("rename", to) ? -1 : REAL(renameat)(folder, from, other, to);
}

#define STAT(name, status_type)                                                        \
    int name(const char *path, struct status_type *status) {                           \
        return path_fails("stat", path) ? -1 : REAL(name)(path, status);               \
    }
STAT(stat, stat)
STAT(stat64, stat64)
STAT(lstat, stat)
STAT(lstat64, stat64)

int fstat(int file, struct stat *status) {
    return file_fails("fstat", file) ? -1 : REAL(fstat)(file, status);
}
int fstat64(int file, struct stat64 *status) {
    return file_fails("fstat", file) ? -1 : REAL(fstat64)(file, status);
}

DIR *opendir(const char *path) {
    char role[ROLE_MAX];
    if (!name_role(path, role)) return REAL(opendir)(path);
    if (fails("opendir", role)) return NULL;
    DIR *folder = REAL(opendir)(path);
    if (folder) keep(dirfd(folder), role);
    return folder;
}
int closedir(DIR *folder) {
    int file = dirfd(folder);
    if (file >= 0 && file < FILES_MAX) roles[file][0] = 0;
    return REAL(closedir)(folder);
}
struct dirent *readdir(DIR *folder) {
    return file_fails("readdir", dirfd(folder)) ? NULL : REAL(readdir)(folder);
}
struct dirent64 *readdir64(DIR *folder) {
    return file_fails("readdir", dirfd(folder)) ? NULL : REAL(readdir64)(folder);
}

static _Thread_local char walked[ROLE_MAX];

FTS *fts_open(char *const *paths, int options, int (*order)(const FTSENT **, const FTSENT **)) {
    if (!name_role(paths[0], walked)) walked[0] = 0;
    if (walked[0] && fails("fts_open", walked)) return NULL;
    return REAL(fts_open)(paths, options, order);
}
FTSENT *fts_read(FTS *walk) {
    return walked[0] && fails("fts_read", walked) ? NULL : REAL(fts_read)(walk);
}

/* Of what popstat calls by number only the exchange of two folders is a file operation. */
long syscall(long call, ...) {
    va_list rest;
    va_start(rest, call);
    long a = va_arg(rest, long), b = va_arg(rest, long), c = va_arg(rest, long),
         d = va_arg(rest, long), e = va_arg(rest, long), f = va_arg(rest, long);
    va_end(rest);
    static long (*next)(long, ...);
    if (!next) next = real("syscall");
    if (call == SYS_renameat2 && path_fails("exchange", (const char *)d)) return -1;
    return next(call, a, b, c, d, e, f);
}

enum { SECONDS_BACK = 400 * 86400 };

int clock_gettime(clockid_t clock, struct timespec *time) {
    int status = REAL(clock_gettime)(clock, time);
    if (clock == CLOCK_REALTIME && root && strikes("clock", "realtime") == BACK)
        time->tv_sec -= SECONDS_BACK;
    return status;
}
int gettimeofday(struct timeval *time, void *zone) {
    int status = REAL(gettimeofday)(time, zone);
    if (root && strikes("clock", "realtime") == BACK) time->tv_sec -= SECONDS_BACK;
    return status;
}
time_t time(time_t *out) {
    time_t now = REAL(time)(NULL);
    if (root && strikes("clock", "realtime") == BACK) now -= SECONDS_BACK;
    if (out) *out = now;
    return now;
}

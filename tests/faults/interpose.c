/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * For LD_PRELOAD: stands between a program and the calls with which it changes
 * the world, and does one of these:
 *
 *   HD_FAULTS_COUNT=FILE    writes a letter into FILE for each such call: w for one that writes, n for any other
 *   HD_FAULTS_KILL=N:WHEN   kills the program at the Nth; WHEN is before, after or half (of what it writes)
 *   HD_FAULTS_LOG=FILE      notes into FILE each change below HD_FAULTS_ROOT, with its bytes: see power.py
 *   HD_FAULTS_CLOCK=FILE    FILE holds 8 bytes, by how many seconds GLib's clock of the wall is wrong, at any moment
 *
 * Counting begins when a file is written or a folder is made whose path has HD_FAULTS_FROM in it, if that is set.  Pipes and event counters are no part of the world.
 */

#undef _FILE_OFFSET_BITS
#undef _FORTIFY_SOURCE
#define _GNU_SOURCE
#define _LARGEFILE64_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define REAL(name) ((__typeof__ (&name))find_real (#name))
#define EXPORT __attribute__ ((visibility ("default")))

typedef enum { BEFORE, AFTER, HALF } When;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int n_calls;
static int is_counting;
static char calls[65536];
static int kill_at;
static When kill_when;
static int log_fd = -1;
static const char *root;
static const char *from;
static const int64_t *clock_shift;

static void *
find_real (const char *name)
{
  return dlsym (RTLD_NEXT, name);
}

/* --- What it is told --- */

static int
open_log (const char *path)
{
  return REAL (open64) (path, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
}

__attribute__ ((constructor)) static void
set_up (void)
{
  const char *kill_text = getenv ("HD_FAULTS_KILL");
  const char *log_path = getenv ("HD_FAULTS_LOG");
  const char *clock_path = getenv ("HD_FAULTS_CLOCK");
  char when[16] = "";

  root = getenv ("HD_FAULTS_ROOT");
  from = getenv ("HD_FAULTS_FROM");
  is_counting = from == NULL;

  if (kill_text != NULL && sscanf (kill_text, "%d:%15s", &kill_at, when) == 2)
    kill_when = strcmp (when, "half") == 0 ? HALF : strcmp (when, "after") == 0 ? AFTER : BEFORE;

  if (log_path != NULL && root != NULL)
    log_fd = open_log (log_path);

  if (clock_path != NULL)
    {
      int fd = REAL (open64) (clock_path, O_RDONLY | O_CLOEXEC);
      void *map = fd >= 0 ? mmap (NULL, sizeof (int64_t), PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;

      clock_shift = map != MAP_FAILED ? map : NULL;
      close (fd);
    }
}

__attribute__ ((destructor)) static void
tear_down (void)
{
  const char *path = getenv ("HD_FAULTS_COUNT");
  int fd = path != NULL ? REAL (open64) (path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0600) : -1;

  if (fd < 0)
    return;

  if (REAL (write) (fd, calls, strlen (calls)) < 0)
    abort ();
  close (fd);
}

/* --- Counting and killing --- */

static void
die (void)
{
  raise (SIGKILL);
  for (;;)
    pause ();
}

static void
read_path (int  fd,
           char path[PATH_MAX])
{
  char link[64];
  ssize_t length;

  snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink (link, path, PATH_MAX - 1);
  path[length > 0 ? length : 0] = '\0';
}

/* @letter: of the call.  Returns: whether this is where it ends, before the call does what it does at least */
static int
begin (const char *path,
       char        letter)
{
  int n, is_it;

  if (!is_counting && (path == NULL || letter == 'n' || strstr (path, from) == NULL))
    return 0;

  is_counting = 1;
  n = __atomic_add_fetch (&n_calls, 1, __ATOMIC_SEQ_CST);
  if (n < (int) sizeof calls)
    calls[n - 1] = letter == 'w' ? 'w' : 'n';

  is_it = n == kill_at;
  if (is_it && kill_when == BEFORE)
    die ();

  return is_it;
}

static int
begin_fd (int  fd,
          char letter)
{
  char path[PATH_MAX] = "";

  if (!is_counting)
    read_path (fd, path);

  return begin (path, letter);
}

static void
end (int is_it)
{
  if (is_it)
    die ();
}

static int
is_world (int fd)
{
  struct stat64 info;

  return fd != log_fd && fstat64 (fd, &info) == 0 && (S_ISREG (info.st_mode) || S_ISSOCK (info.st_mode));
}

static size_t
cut (size_t size,
     int    is_it)
{
  return is_it && kill_when == HALF ? size / 2 : size;
}

/* --- The log --- */

typedef struct
{
  uint32_t kind;
  uint32_t path_length;
  uint32_t other_length;
  uint32_t data_length;
  uint64_t offset;
  uint64_t at;  /* microseconds, monotonic */
} Record;

static void
note (char        kind,
      const char *path,
      const char *other,
      uint64_t    offset,
      const void *data,
      size_t      size)
{
  struct timespec now;
  Record record = { (uint32_t) kind, (uint32_t) strlen (path), other != NULL ? (uint32_t) strlen (other) : 0, (uint32_t) size, offset, 0 };
  struct iovec parts[] = {
    { &record, sizeof record }, { (void *) path, record.path_length }, { (void *) other, record.other_length },
    { (void *) data, size },
  };

  clock_gettime (CLOCK_MONOTONIC, &now);
  record.at = (uint64_t) now.tv_sec * 1000000 + (uint64_t) now.tv_nsec / 1000;

  if (REAL (writev) (log_fd, parts, 4) < 0)
    abort ();
}

/* Returns: whether @path, made absolute in @full, is watched */
static int
is_watched (const char *path,
            char        full[PATH_MAX])
{
  if (log_fd < 0 || path == NULL)
    return 0;

  if (path[0] == '/')
    snprintf (full, PATH_MAX, "%s", path);
  else if (getcwd (full, PATH_MAX) != NULL)
    snprintf (full + strlen (full), PATH_MAX - strlen (full), "/%s", path);

  return strncmp (full, root, strlen (root)) == 0;
}

static int
is_watched_fd (int  fd,
               char full[PATH_MAX])
{
  char path[PATH_MAX];

  if (log_fd < 0 || fd == log_fd)
    return 0;

  read_path (fd, path);
  return is_watched (path, full);
}

/* What somebody promises from here on; found by dlsym(). */
EXPORT void hd_faults_mark (const char *text);

void
hd_faults_mark (const char *text)
{
  if (log_fd < 0)
    return;

  pthread_mutex_lock (&lock);
  note ('K', "", NULL, 0, text, strlen (text));
  pthread_mutex_unlock (&lock);
}

/* Does @call and notes it where @watched, as one step. */
#define STEP(result, watched, call, noting) \
  do { \
      int is_watched_ = (watched); \
      if (is_watched_) \
      pthread_mutex_lock (&lock); \
      result = (call); \
      if (is_watched_) \
        { \
          int code_ = errno; \
          if (result >= 0) \
          noting; \
          pthread_mutex_unlock (&lock); \
          errno = code_; \
        } \
    } while (0)

/* --- Writing --- */

static ssize_t
write_at (int         fd,
          const void *data,
          size_t      size,
          off64_t     offset,
          int         has_offset)
{
  char full[PATH_MAX];
  int is_it;
  ssize_t n;

  if (!is_world (fd))
    return has_offset ? REAL (pwrite64) (fd, data, size, offset) : REAL (write) (fd, data, size);

  is_it = begin_fd (fd, 'w');
  size = cut (size, is_it);
  STEP (n, is_watched_fd (fd, full),
        has_offset ? REAL (pwrite64) (fd, data, size, offset) : REAL (write) (fd, data, size),
        note ('W', full, NULL, (uint64_t) (has_offset ? offset : lseek64 (fd, 0, SEEK_CUR) - n), data, (size_t) n));
  end (is_it);
  return n;
}

EXPORT ssize_t
write (int         fd,
       const void *data,
       size_t      size)
{
  return write_at (fd, data, size, 0, 0);
}

EXPORT ssize_t
pwrite64 (int         fd,
          const void *data,
          size_t      size,
          off64_t     offset)
{
  return write_at (fd, data, size, offset, 1);
}

EXPORT ssize_t
pwrite (int         fd,
        const void *data,
        size_t      size,
        off_t       offset)
{
  return write_at (fd, data, size, offset, 1);
}

/* Of what is not a socket, piece by piece: each is a write. */
EXPORT ssize_t
writev (int                 fd,
        const struct iovec *parts,
        int                 n_parts)
{
  ssize_t total = 0;

  for (int i = 0; i < n_parts; i++)
    {
      ssize_t n = write (fd, parts[i].iov_base, parts[i].iov_len);

      if (n < 0)
        return total > 0 ? total : n;
      total += n;
      if ((size_t) n < parts[i].iov_len)
        break;
    }

  return total;
}

EXPORT ssize_t
send (int         fd,
      const void *data,
      size_t      size,
      int         flags)
{
  int is_it = begin (NULL, 'w');
  ssize_t n = REAL (send) (fd, data, cut (size, is_it), flags);

  end (is_it);
  return n;
}

EXPORT ssize_t
sendmsg (int                  fd,
         const struct msghdr *message,
         int                  flags)
{
  int is_it = begin (NULL, 'w');
  ssize_t n;

  if (is_it && kill_when == HALF && message->msg_iovlen > 0)
    n = REAL (send) (fd, message->msg_iov[0].iov_base, message->msg_iov[0].iov_len / 2, flags);
  else
    n = REAL (sendmsg) (fd, message, flags);

  end (is_it);
  return n;
}

/* --- What makes it last --- */

#define DEFINE_SYNC(name) \
  EXPORT int \
  name (int fd) \
  { \
    char full[PATH_MAX]; \
    int is_it = begin_fd (fd, 'n'); \
    int result; \
    STEP (result, is_watched_fd (fd, full), REAL (name) (fd), note ('F', full, NULL, 0, NULL, 0)); \
    end (is_it); \
    return result; \
  }

DEFINE_SYNC (fsync)
DEFINE_SYNC (fdatasync)

#define DEFINE_TRUNCATE(name, type) \
  EXPORT int \
  name (int fd, type size) \
  { \
    char full[PATH_MAX]; \
    int is_it = begin_fd (fd, 'n'); \
    int result; \
    STEP (result, is_watched_fd (fd, full), REAL (name) (fd, size), note ('T', full, NULL, (uint64_t) size, NULL, 0)); \
    end (is_it); \
    return result; \
  }

DEFINE_TRUNCATE (ftruncate, off_t)
DEFINE_TRUNCATE (ftruncate64, off64_t)

/* --- Names --- */

#define DEFINE_ON_PATH(name, kind, letter, parameters, arguments) \
  EXPORT int \
  name parameters \
  { \
    char full[PATH_MAX]; \
    int is_it = begin (path, letter); \
    int result; \
    STEP (result, is_watched (path, full), REAL (name) arguments, note (kind, full, NULL, 0, NULL, 0)); \
    end (is_it); \
    return result; \
  }

DEFINE_ON_PATH (unlink, 'U', 'n', (const char *path), (path))
DEFINE_ON_PATH (rmdir, 'U', 'n', (const char *path), (path))
DEFINE_ON_PATH (mkdir, 'M', 'm', (const char *path, mode_t mode), (path, mode))

EXPORT int
remove (const char *path)
{
  struct stat64 info;

  return lstat64 (path, &info) == 0 && S_ISDIR (info.st_mode) ? rmdir (path) : unlink (path);
}

EXPORT int
rename (const char *old,
        const char *new)
{
  char full_old[PATH_MAX];
  char full_new[PATH_MAX];
  int is_it = begin (old, 'n');
  int result;

  STEP (result, is_watched (old, full_old) && is_watched (new, full_new), REAL (rename) (old, new),
        note ('R', full_old, full_new, 0, NULL, 0));
  end (is_it);
  return result;
}

static int
open_any (const char *path,
          int         flags,
          mode_t      mode)
{
  char full[PATH_MAX];
  int is_new, is_it, fd;

  if ((flags & (O_CREAT | O_TRUNC)) == 0)
    return REAL (open64) (path, flags, mode);

  is_it = begin (path, 'n');
  is_new = access (path, F_OK) != 0;
  STEP (fd, is_watched (path, full), REAL (open64) (path, flags, mode),
        note (is_new ? 'C' : (flags & O_TRUNC) != 0 ? 'T' : 'N', full, NULL, 0, NULL, 0));
  end (is_it);
  return fd;
}

#define DEFINE_OPEN(name, parameters, dispatch) \
  EXPORT int \
  name parameters \
  { \
    mode_t mode = 0; \
    if ((flags & O_CREAT) != 0) \
      { \
        va_list rest; \
        va_start (rest, flags); \
        mode = va_arg (rest, mode_t); \
        va_end (rest); \
      } \
    return dispatch; \
  }

DEFINE_OPEN (open, (const char *path, int flags, ...), open_any (path, flags, mode))
DEFINE_OPEN (open64, (const char *path, int flags, ...), open_any (path, flags, mode))

/* --- The clock of the wall, for GLib alone: certificates are looked at by the right one --- */

static int64_t
get_shift (void *caller)
{
  Dl_info info;

  return clock_shift != NULL && dladdr (caller, &info) != 0 && strstr (info.dli_fname, "libglib") != NULL ? *clock_shift : 0;
}

EXPORT int
clock_gettime (clockid_t        id,
               struct timespec *time)
{
  int result = REAL (clock_gettime) (id, time);

  if (id == CLOCK_REALTIME)
    time->tv_sec += get_shift (__builtin_return_address (0));

  return result;
}

/* What GLib 2.74 asks. */
EXPORT int
gettimeofday (struct timeval *time,
              void           *zone)
{
  int result = REAL (gettimeofday) (time, zone);

  time->tv_sec += get_shift (__builtin_return_address (0));
  return result;
}

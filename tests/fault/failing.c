/*
 * One allocation of a process fails, once: the n-th, as FW_FAIL_AT says; all others are as ever.  Loaded before the program
 * (LD_PRELOAD).  How many there were goes to the file that FW_FAIL_COUNT names.  mmap counts where it is memory and no file.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t each);
void *__libc_realloc(void *p, size_t n);
void *__libc_memalign(size_t align, size_t n);

/* What is put before those of the libraries. */
typedef int set_string(void *parser, const char *s, size_t n);
typedef void *load(const char *s, size_t n, size_t flags, void *error);
set_string fy_parser_set_string;
load json_loadb;
void *memalign(size_t align, size_t n);
void failing_here(void);

static atomic_ulong allocations, fail_at;
static atomic_bool begun;

__attribute__((noinline)) void failing_here(void)		/* for a debugger */
{
	errno = ENOMEM;
}

/*
 * Left out: libfyaml 0.7 ends by a signal where it has no memory for an input (fy_input_create() uses what it did not get).  Its
 * parser allocates as any other.
 */
static _Thread_local bool left_out;
int fy_parser_set_string(void *parser, const char *s, size_t n)
{
	set_string *real;
	void *at = dlsym(RTLD_NEXT, "fy_parser_set_string");
	int err;

	memcpy(&real, &at, sizeof(real));
	left_out = true;
	err = real(parser, s, n);
	left_out = false;
	return err;
}

/* And jansson 2.14: its lexer goes on with a text that its buffer had no room for (lex_save()), and gives another value, or ends. */
void *json_loadb(const char *s, size_t n, size_t flags, void *error)
{
	void *at = dlsym(RTLD_NEXT, "json_loadb"), *v;
	load *real;

	memcpy(&real, &at, sizeof(real));
	left_out = true;
	v = real(s, n, flags, error);
	left_out = false;
	return v;
}

static int fails(void)
{
	unsigned long n;

	if (left_out || !atomic_load(&begun))
		return 0;
	n = atomic_fetch_add(&allocations, 1) + 1;
	if (n != atomic_load(&fail_at))
		return 0;
	failing_here();
	return 1;
}

void *malloc(size_t n) { return fails() ? NULL : __libc_malloc(n); }
void *calloc(size_t n, size_t each) { return fails() ? NULL : __libc_calloc(n, each); }
void *realloc(void *p, size_t n) { return fails() ? NULL : __libc_realloc(p, n); }
void *memalign(size_t align, size_t n) { return fails() ? NULL : __libc_memalign(align, n); }
void *aligned_alloc(size_t align, size_t n) { return fails() ? NULL : __libc_memalign(align, n); }

int posix_memalign(void **out, size_t align, size_t n)
{
	void *p = fails() ? NULL : __libc_memalign(align, n);

	if (!p)
		return ENOMEM;
	*out = p;
	return 0;
}

void *mmap(void *at, size_t n, int prot, int flags, int fd, off_t off)
{
	if ((flags & MAP_ANONYMOUS) && fails())
		return MAP_FAILED;
	return (void *)syscall(SYS_mmap, at, n, prot, flags, fd, off);
}

/*
 * From here on: what the program and its libraries do, not the loader, and not libcrypto's first use, which is made here: version 3
 * goes on with a lock that it did not get (CRYPTO_THREAD_read_lock() of NULL), a signal again.
 */
__attribute__((weak)) int EVP_Q_digest(void *libctx, const char *name, const char *propq, const void *data, size_t n, unsigned char *md, size_t *nmd);

__attribute__((constructor)) static void begin(void)
{
	const char *s = getenv("FW_FAIL_AT");
	unsigned char md[64];

	if (EVP_Q_digest)
		(void)EVP_Q_digest(NULL, "SHA256", NULL, "", 0, md, NULL);

	atomic_store(&fail_at, s ? strtoul(s, NULL, 10) : 0);
	atomic_store(&begun, true);
}

__attribute__((destructor)) static void end(void)
{
	const char *name = getenv("FW_FAIL_COUNT");
	int fd = name ? open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600) : -1;

	if (fd < 0)
		return;
	(void)dprintf(fd, "%lu\n", atomic_load(&allocations));
	(void)close(fd);
}

/*
 * Address space that becomes memory as it is touched; zeroed.  What goes past the first pages comes in large ones where the
 * system has them to give: records found by hash lie far apart, and each small page costs a fault, and a walk to find it again.
 */
#ifndef FW_BASE_REGION_H
#define FW_BASE_REGION_H

#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>

enum { REGION_LARGE = 1 << 21 };

/* NULL: no room. */
static inline void *region_reserve(size_t n)
{
	void *p = mmap(NULL, n ? n : 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	size_t before;

	if (p == MAP_FAILED)
		return NULL;
	before = REGION_LARGE + (-(uintptr_t)p & (REGION_LARGE - 1));		/* small ones first, to where a large one may begin */
	if (n > before)
		(void)madvise((uint8_t *)p + before, n - before, MADV_HUGEPAGE);
	return p;
}

/* These octets are about to be written, of a region or of other memory: their pages are fetched in one go.  At most a hint. */
static inline void region_soon(void *p, size_t n)
{
#ifdef MADV_POPULATE_WRITE
	size_t before = (uintptr_t)p & 4095;

	(void)madvise((uint8_t *)p - before, before + n, MADV_POPULATE_WRITE);
#else
	(void)p;
	(void)n;
#endif
}

/* NULL is allowed. */
static inline void region_release(void *p, size_t n)
{
	if (p)
		(void)munmap(p, n ? n : 1);
}

#endif

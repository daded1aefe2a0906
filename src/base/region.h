/* Address space that becomes memory as it is touched; zeroed. */
#ifndef FW_BASE_REGION_H
#define FW_BASE_REGION_H

#include <stddef.h>
#include <sys/mman.h>

/* NULL: no room. */
static inline void *region_reserve(size_t n)
{
	void *p = mmap(NULL, n ? n : 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

/* NULL is allowed. */
static inline void region_release(void *p, size_t n)
{
	if (p)
		(void)munmap(p, n ? n : 1);
}

#endif

/*
 * Asks for a line of memory that will soon be read, or written.  To a compiler a function that does nothing else has no effect,
 * and gcc leaves out its calls where they are not inlined: the empty statement is an effect.
 */
#ifndef FW_BASE_PREFETCH_H
#define FW_BASE_PREFETCH_H

static inline void prefetch(const void *p)
{
	__builtin_prefetch(p, 0);
	__asm__ volatile("");
}

static inline void prefetch_to_write(const void *p)
{
	__builtin_prefetch(p, 1);
	__asm__ volatile("");
}

#endif

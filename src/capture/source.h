/*
 * Octets of one input: a file or standard input, decompressed when it begins like gzip or zstd.
 * A window that can be asked to hold n octets.  For readers of captures and of lists of facts.
 */
#ifndef FW_CAPTURE_SOURCE_H
#define FW_CAPTURE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SOURCE_BLOCK = 256 << 10, SOURCE_FRONT = 384 << 10 };	/* FRONT: room before the block for what was left */

struct source {
	int		 fd;
	bool		 compressed, eof, failed;
	int		 error;			/* errno of a failed read */
	const char	*bad;			/* what is wrong with a compressed stream */
	const uint8_t	*p, *end;		/* the window */
	uint64_t	 base;			/* stream offset of p */
	uint64_t	 raw;			/* octets read from the file */
	uint8_t		*mem, *lo;		/* lo: page-aligned block behind the front room */
	uint8_t		*in;			/* compressed block */
	size_t		 nin, at_in;
	void		*gz, *zs;
	bool		 member_done;		/* gzip: a member ended here */
	void		(*digest)(void *ctx, uint32_t slot, const uint8_t *p, size_t n);
	void		*ctx;
	uint32_t	 slot;
	int		 spool;			/* every octet read goes there too; 0: it does not */
	int		 stop;			/* reading ends, as failed, once it is readable; 0: there is none */
	int		 spool_error;		/* errno of a write that failed */
};

/* 0 or FW_ENOMEM; reading trouble shows in s->failed. */
int source_open(struct source *s, int fd);
void source_close(struct source *s);
/* True when at least n octets (n <= SOURCE_FRONT) are in the window, reading more when needed: p moves then. */
bool source_need(struct source *s, size_t n);
static inline size_t source_left(const struct source *s) { return (size_t)(s->end - s->p); }
static inline void source_skip(struct source *s, size_t n) { s->p += n; s->base += n; }
/* A file that is read as it is: goes on at the offset.  False: it cannot. */
bool source_seek(struct source *s, uint64_t offset);
/* Reads the rest for the digest only. */
void source_drain(struct source *s);

#endif

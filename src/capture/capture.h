/*
 * Captures: pcap and pcapng, of either byte order, plain, gzip or zstd, from files, directories
 * and standard input, merged by time.  Files are hostile: every length is checked, nothing is
 * recursed on, memory is bounded.  What precedes a damage is delivered and its place is named.
 */
#ifndef FW_CAPTURE_CAPTURE_H
#define FW_CAPTURE_CAPTURE_H

#include "err.h"
#include "frame.h"
#include "stats.h"

#include <stdbool.h>
#include <stddef.h>

enum { CAPTURE_BATCH = 256, CAPTURE_LINKS = 8 };

enum trouble {
	TROUBLE_NONE,
	TROUBLE_UNREADABLE,	/* cannot be opened or read */
	TROUBLE_EMPTY,		/* no octet, or a directory without files */
	TROUBLE_NOT_CAPTURE,	/* neither pcap nor pcapng */
	TROUBLE_DAMAGED,	/* ends or lies in the middle */
};

struct capture_input {
	char		*name;		/* as given; in a directory its path; "-" for standard input */
	uint64_t	 bytes;		/* of the file as it lies on disk, read so far */
	uint64_t	 upto;		/* the same at the last packet, whatever was read behind it for the digest */
	uint64_t	 packets, first_ns, last_ns;	/* first: of the first packet; last: the latest time */
	enum trouble	 trouble;
	uint64_t	 offset;	/* TROUBLE_DAMAGED: octet of the (uncompressed) stream */
	char		 sentence[400];	/* the trouble in words: where, what, what is allowed */
	struct fw_unknown link[CAPTURE_LINKS];	/* packets of link types that are not read */
	struct fw_blocks secrets;	/* pcapng's Decryption Secrets Blocks, so far */
};

struct capture_opts {
	/* Every octet of every input as it lies on disk, in order, in large blocks; may be NULL. */
	void	(*digest)(void *ctx, uint32_t slot, const uint8_t *p, size_t n);
	/* For capture_again(): a new descriptor to which what cannot be read twice is copied, or -1 with errno; NULL: nothing is. */
	int	(*spool)(void *ctx);
	/*
	 * The octets of each key log of TLS that lies in an input (Decryption Secrets Block), in pieces as they are read, borrowed; then
	 * p: NULL when the block was there to its end.  May be NULL.
	 */
	void	(*secrets)(void *ctx, uint32_t slot, const uint8_t *p, size_t n);
	int	stop;		/* a descriptor that is readable once reading is to end, as if each input could not be read further; 0: there is none */
	void	*ctx;		/* slot: order in which the inputs were given, see capture_slot() */
};

struct capture;

/* 0, FW_ENOMEM.  Troubles of an input are told by capture_inputs(), now and at the end. */
int capture_open(struct capture **out, const char *const *paths, size_t npaths, const struct capture_opts *o, struct err *e);
/* Up to max frames (borrowed until the next call), 0 at the end.  Frames do not depend on max. */
unsigned capture_next(struct capture *c, struct frame *batch, unsigned max);
/* In order of first packet, ties as given; frame.input is the index. */
const struct capture_input *capture_inputs(const struct capture *c, uint32_t i);
uint32_t capture_count(const struct capture *c);
uint32_t capture_slot(const struct capture *c, uint32_t i);
/* For a progress line: octets read, and how many there are (0: not known). */
void capture_progress(const struct capture *c, uint64_t *read, uint64_t *total);
/*
 * After the last packet: reads input i again and hands on its frames numbered no[0..n), which ascend; a frame is borrowed for
 * the call.  0; FW_EIO: it cannot be read again, or has changed since, with a sentence; FW_ENOMEM; what `frame` returned.
 */
int capture_again(struct capture *c, uint32_t i, const uint32_t *no, size_t n, int (*frame)(void *ctx, const struct frame *f), void *ctx,
	struct err *e);
void capture_close(struct capture *c);

bool link_is_read(uint32_t link);

#endif

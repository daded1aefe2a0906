/*
 * Streams inside TCP streams: what a protocol took out of its cipher, offered to the protocol that it is.  What is in order is
 * offered where it is; only what cannot be used yet is kept, in buffers that are capped in size and in number.
 */
#ifndef FW_LAYERS_INNER_H
#define FW_LAYERS_INNER_H

#include "units.h"

enum { CARRY_BUFFERS = 64, CARRY_BUFFER = 2 * STREAM_MAX, CARRY_FRAMES = 256 };

struct carry_from { uint32_t frame, from, to; };	/* octets of a buffer that came, among others, in that frame */

struct carry_buffer {
	struct named	is;
	uint32_t	nfrom;
	struct carry_from from[CARRY_FRAMES];
};

struct carriage {
	struct carry_buffer *buffer;	/* NULL: there are no secrets, and nothing is ever carried */
	uint8_t		*mem;
	uint32_t	frames[CARRY_FRAMES], serial;
	uint64_t	clock, refused;
	/* what the message being read brought */
	struct inner_stream	*now;		/* NULL: nothing */
	struct msg	msg;
	const uint8_t	*p;
	size_t		n;
};

int carriage_init(struct carriage *c);		/* 0 or FW_ENOMEM */
void carriage_free(struct carriage *c);		/* also of a zeroed one */
/* Offers and reads what the last message brought.  False: some of it was not read. */
bool carriage_read(struct layers *l);

#endif

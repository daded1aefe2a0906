/* What tcp.c (streams) and tcp_buffer.c (what waits in them) share; private to both. */
#ifndef FW_LAYERS_TCP_INSIDE_H
#define FW_LAYERS_TCP_INSIDE_H

#include "tcp.h"

/* Octets in order, and where they were captured: of a packet, or the front of a buffer. */
struct view { const uint8_t *p; uint32_t n; const struct tcp_segment *seg; uint32_t nseg; };

/* What all steps of one packet share. */
struct step { struct tcp *t; struct tcp_stream *s; unsigned dir, own; const struct pkt *k; const struct tcp_user *u; bool unread, found; };
/* own: the direction of the packet at hand; found: by it begins() knew the connection */

static inline uint32_t least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* Sequence numbers wrap; what is compared is never half their range apart. */
static inline int32_t ahead(uint32_t a, uint32_t b)
{
	return (int32_t)(a - b);
}

static inline struct tcp_dir *dir_of(const struct step *x)
{
	return &x->s->dir[x->dir];
}

static inline struct tcp_buffer *buffer_of(const struct step *x)
{
	return dir_of(x)->buffer ? &x->t->buffer[dir_of(x)->buffer - 1] : NULL;
}

/* Gives the direction's buffer back. */
void buffer_release(struct tcp *t, struct tcp_dir *d);
/* The direction's buffer, a free one, or the one that waited longest: its owner has to find its way again.  Age 0: of a connection that was reset, which goes first and is no loss. */
struct tcp_buffer *buffer_get(struct step *x);
/* Puts in what is new of a segment (g.len octets at p, all within the buffer); what was there first stays.  False: nothing is new. */
bool buffer_put(struct tcp *t, struct tcp_buffer *b, uint32_t base, struct tcp_segment g, const uint8_t *p);
/* What of a buffer is in order from base on. */
struct view buffer_front(const struct tcp_buffer *b, uint32_t base);
/* Drops the octets before `to`; the buffer begins there. */
void buffer_drop(struct step *x, uint32_t to);

#endif

/*
 * The layers of one run: packets in, facts out.  No I/O, no clock but the packet's, no allocation
 * after layers_new().  One thread at a time.
 */
#ifndef FW_LAYERS_LAYERS_H
#define FW_LAYERS_LAYERS_H

#include "frame.h"
#include "layer.h"
#include "stats.h"
#include "tally.h"

struct layers_config {
	/* Called for each fact, in order; f and what it points to are borrowed for the call. */
	void	(*emit)(void *ctx, const struct fact *f);
	void	*ctx;
	struct hash_key hash;		/* for tables */
	/* HMAC-SHA-256 under the case key; NULL: identities are left out of facts. */
	void	(*hmac)(void *ctx, const void *data, size_t n, uint8_t out[32]);
	void	*hmac_ctx;
	void	(*sha256)(const void *data, size_t n, uint8_t out[32]);	/* NULL: fingerprints are left out */
	const struct ciphers *ciphers;	/* NULL: nothing is deciphered */
	const struct pool *pools;	/* declared UE pools, borrowed for the life of the layers */
	unsigned npools, batch;		/* batch: packets, 1..256; 0: 32 */
	bool	keep_inner;
	bool	clear;			/* identities as they are: layer_pseudonym() gives "KIND-IDENTITY" */
	bool	masked;			/* the frames were masked: identities are zero and link nothing */
	struct marks *marks;		/* told which octets are read; NULL: nobody asks */
	const struct secrets *secrets;	/* NULL, or no ciphers: what is ciphered is not read; borrowed for the life of the layers */
	/* A message or datagram came in several frames (at least 2, in order); borrowed for the call; may be NULL. */
	void	(*pieces)(void *ctx, uint32_t input, const uint32_t *frames, uint32_t n);
};

/* 0 or FW_ENOMEM. */
int layers_new(struct layers **out, const struct layers_config *cfg);
void layers_free(struct layers *l);

/*
 * Reads one message of p and everything nested in it.  False: it was no such message.
 * Batch memory is the caller's to reset (layers_batch_done()).
 */
bool layers_message(struct layers *l, const struct proto *p, const struct msg *m);
void layers_batch_done(struct layers *l);
/* n frames in order; tallies and facts come out.  Results do not depend on how frames are grouped. */
void layers_feed(struct layers *l, const struct frame *f, size_t n);
/* The end: tallies close. */
void layers_end(struct layers *l);
/* What signalling ordered: takes effect before the next packet. */
void layers_bind(struct layers *l, const struct binding *b);
/* The machine failed in the middle of reading; what came out is not all, or not right. */
bool layers_trouble(const struct layers *l);
void layers_stats(const struct layers *l, struct fw_stats *out);

/* The registered protocol of that name, or NULL. */
const struct proto *proto_find(const char *name);

#endif

/*
 * The engine of Fair Witness: packets in, facts and a model out.  No files, no network, no threads
 * and no clock but the packets'; a simulator, a fuzzer, a binding and the command line are the same
 * kind of caller.  What it needs of cryptography is handed in as functions.
 */
#ifndef FAIRWITNESS_H
#define FAIRWITNESS_H

#include "frame.h"
#include "stats.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fact;		/* fact.h: one message, or a tally of packets */
struct model;		/* model.h: what the facts add up to */
struct reg;		/* register.h */
struct policy;		/* policy.h */
struct docket;		/* finding.h: what was judged */
struct fw;
struct ciphers;		/* secrets.h: what opens what is ciphered, */
struct secrets;		/* and secrets of other people's sessions */

/* Cryptography of the caller's choice. */
struct fw_crypto {
	/* HMAC-SHA-256 under the case key; NULL: subscriber identities are left out of facts. */
	void	(*hmac)(void *ctx, const void *data, size_t n, uint8_t out[32]);
	void	*ctx;		/* borrowed for the life of the handle */
	/* SHA-256, for the ids of findings and approved duplication targets; needed when policy is given. */
	void	(*sha256)(const void *data, size_t n, uint8_t out[32]);
	const struct ciphers *ciphers;	/* for QUIC's Initial packets, whose key everybody knows, and for `secrets`; NULL: what is ciphered is not read */
};

/* A declared pool of subscribers' addresses: family 4 or 6, the prefix's octets and length. */
struct fw_pool { uint8_t fam, bits, addr[16]; };

struct fw_config {
	struct fw_crypto crypto;
	const void	*seed;		/* of the tables' hash, so that equal cases place records alike; NULL: a fixed one */
	size_t		 seed_len;
	/* Each fact in order of n, borrowed for the call; may be NULL. */
	void		(*fact)(void *ctx, const struct fact *f);
	void		*ctx;
	const struct fw_pool *pools;	/* copied */
	unsigned	 npools;	/* at most 64 */
	unsigned	 batch;		/* packets a batch, 1..256; 0: 32.  Results do not depend on it */
	bool		 keep_inner;	/* laboratories: subscribers' contacts are kept */
	bool		 clear;		/* laboratories: subscriber identities as they are, no pseudonyms */
	const struct secrets *secrets;	/* of TLS sessions, borrowed for the life of the handle; NULL: what is ciphered is not read.  Not with `masked` */
	bool		 masked;	/* the frames went through fw_mask(): identities are zero and link nothing */
	/* What facts are held against; borrowed for the life of the handle.  No policy: nothing is judged. */
	const struct reg *reg;		/* NULL: there is none */
	const struct policy *policy;
	uint64_t	 at_ns;		/* the day as of which rules are read; 0: the UTC day of the last packet */
};

/**
 * fw_new - a handle for one run.
 * @out: the handle, or NULL on failure; fw_free() it.
 *
 * Return: 0, FW_ENOMEM, FW_ELIMIT (more than 64 pools).
 */
int fw_new(struct fw **out, const struct fw_config *cfg);
/* NULL is allowed. */
void fw_free(struct fw *w);

/**
 * fw_feed - hand captured frames to the engine, in capture order.
 * @f: @n frames, borrowed for this call; never kept, never written.
 *
 * Traffic that is malformed, unknown or encrypted is not an error: it is counted (fw_stats()).
 * One thread at a time per handle.
 */
void fw_feed(struct fw *w, const struct frame *f, size_t n);
/**
 * fw_judge_new - a handle for facts that were made before, and no packets.
 * @out: the handle, or NULL on failure; fw_free() it.
 * @cfg: seed, fact, ctx, reg, policy and at_ns are used; what is about making facts is not.
 *
 * The model is the same as if the packets had been fed.  Return: 0, FW_ENOMEM.
 */
int fw_judge_new(struct fw **out, const struct fw_config *cfg);
/**
 * fw_fact - one fact, in the order in which they were made; several lists: by time, a message right before those it carries.
 * @w: from fw_judge_new().
 * @f: borrowed for this call.  Its input is an index over all lists.
 */
void fw_fact(struct fw *w, const struct fact *f);
/* Of a handle for facts, before fw_end(): packets behind them came in IP fragments, says the last line of a list; filters then show those too. */
void fw_fragmented(struct fw *w);
/* After the last frame or fact: tallies close, what remains unnamed is named, all is judged.  Once.  Return: 0 or FW_ENOMEM. */
int fw_end(struct fw *w);
/* Of a handle for facts: how many there were, and what full tables refused; the rest is in the lists' last lines. */
void fw_stats(const struct fw *w, struct fw_stats *out);
/* Borrowed; complete after fw_end(). */
const struct model *fw_model(const struct fw *w);
/* Borrowed; complete after fw_end(); NULL when there was no policy. */
const struct docket *fw_docket(const struct fw *w);

/*
 * Classes of octets in evidence packets.  Shown: H headers of link, IP, transport and GTP-U; S
 * signalling that was read.  Masked, that is zero: I identities of subscribers and their equipment,
 * keys and tokens; K checksums and integrity codes; U payload and everything that was not read.
 */
static inline bool fw_class_masked(char c) { return c != 'H' && c != 'S'; }

struct fw_chunk { uint32_t off, len; char class; };	/* octets of the frame */
/* A masked frame: its n octets, and chunks that tile them in order, no two neighbours of one class; borrowed. */
struct fw_masked { const uint8_t *data; uint32_t n; const struct fw_chunk *chunk; size_t nchunks; };

/**
 * fw_mask - masks retained frames.
 * @cfg: as for fw_new(); fact, reg, policy and at_ns are not used.
 * @f: @n frames in capture order, borrowed, not written.  What one of them needs to be understood
 *     (the other parts of its message; the choice of 5G-EA0 its NAS message is under) has to be
 *     among them: what cannot be read stays masked.
 * @out: called once a frame, in order; what it is given lasts for the call.
 *
 * Masked frames masked again are the same.  Return: 0, FW_ENOMEM, FW_ELIMIT.
 */
int fw_mask(const struct fw_config *cfg, const struct frame *f, size_t n, void (*out)(void *ctx, size_t i, const struct fw_masked *m), void *ctx);

/* Frames of one input that belong together, in order: the parts of a datagram or message.  The @i-th such list, or false: no more.  Borrowed. */
struct fw_pieces { uint32_t input, n; const uint32_t *frame; };
bool fw_pieces(const struct fw *w, uint32_t i, struct fw_pieces *out);

const char *fw_version(void);
/* Which rules facts and findings were made by; part of a run's id. */
const char *fw_ruleset(void);

/* What is understood, from the rows that decode: row @i of all protocols, or false: no more. */
struct fw_cover { const char *protocol, *title, *document, *what, *name, *spec; uint32_t id; };	/* document: that defines the protocol; spec: the clause */
bool fw_cover(unsigned i, struct fw_cover *row);
/* The i-th name that `decode --proto` takes, or NULL: no more. */
const char *fw_kind(unsigned i);

#endif

/*
 * The bench captures and what is true of them.  Every generated packet goes through frame_out(), which writes
 * it and counts; what the program under test must find is counted in struct truth while it is made, never read
 * back from the file.
 */
#ifndef FW_BENCH_GEN_H
#define FW_BENCH_GEN_H

#include "buf.h"

#include <stdio.h>

/* A set of keys, kept by their 64-bit hashes. */
struct set { uint64_t *at; size_t n, cap; };
bool set_add(struct set *s, uint64_t hash);		/* true: new */

struct truth {
	uint64_t	packets, bytes;			/* bytes: IP lengths */
	uint64_t	gpdus, tunnels, contacts;
	uint64_t	ngap, nas, pfcp, gtp, dns, http2;	/* messages; of HTTP/2 frames */
	uint64_t	nas_encrypted, nas_protected;
	uint64_t	ea[4], ia[4], suci[4];
	uint64_t	ues, sessions_asked, sessions_accepted, sessions_deleted, associations, path_switches;
	uint64_t	procedure[256];			/* NGAP messages by procedure code */
};

struct gen {
	FILE		*out;
	uint64_t	 t_ns;
	uint64_t	 rng;
	struct truth	 truth;
	struct set	 contacts, tunnels;
	uint8_t		*noise;				/* NOISE octets that payloads are cut from */
};

enum { NOISE = 1 << 16, FRAME_MAX = 2048 };

uint64_t mix64(uint64_t x);				/* one value to one value */
uint64_t draw(struct gen *g);				/* the next random value */
uint32_t below(struct gen *g, uint32_t n);

/* A packet in the making: Ethernet and IP around what the caller puts. */
struct packet { uint8_t b[FRAME_MAX]; size_t n; };
void pk8(struct packet *p, unsigned v);
void pk16(struct packet *p, unsigned v);
void pk32(struct packet *p, uint32_t v);
void pk(struct packet *p, const void *m, size_t n);
void pk_noise(struct gen *g, struct packet *p, size_t n);
void pk_set16(struct packet *p, size_t at, unsigned v);
void pk_ether(struct packet *p, unsigned type);
size_t pk_ip4(struct packet *p, uint32_t src, uint32_t dst, unsigned proto, unsigned id);	/* where it starts */
void pk_ip4_end(struct packet *p, size_t at);
/* Writes the frame; its IP packet starts behind 14 octets.  Time moves on by step_ns. */
void frame_out(struct gen *g, const struct packet *p, uint64_t step_ns);
/* A contact of the outer addresses: counted once. */
void contact(struct gen *g, uint64_t a, uint64_t b, unsigned proto, unsigned port);
void tunnel(struct gen *g, uint32_t dst, uint32_t teid);

struct user_opts { uint64_t packets; uint32_t flows, teids; bool plain, small, early; };
void generate_user(struct gen *g, const struct user_opts *o);
void generate_signalling(struct gen *g, uint64_t messages);
void generate_sbi(struct gen *g, uint64_t messages);

#endif

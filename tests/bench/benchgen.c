/*
 * benchgen - the captures that `make bench` measures on, and what is true of them.
 *
 *   benchgen user        FILE [-n PACKETS] [-f FLOWS] [-t TEIDS] [-z] [-e] [--truth FILE]
 *   benchgen plain       FILE [-n PACKETS] [-f FLOWS]            [-z] [-e] [--truth FILE]
 *   benchgen signalling  FILE [-n MESSAGES]                                [--truth FILE]
 *   benchgen sbi         FILE [-n MESSAGES]                                [--truth FILE]
 *
 * user: GTP-U with the PDU session container between 10 gNBs and 3 UPFs.  plain: the same packets without the tunnel.
 * signalling: UEs that register, get a session, move and leave, over SCTP/NGAP/NAS and PFCP (gensig.c).
 * sbi: requests and responses of core functions over HTTP/2 in clear (gensbi.c).
 * -z: inner packets of the smallest size, popularity even: for tables with millions of flows.  -e: all flows open early,
 * one a packet, so that what follows meets only known ones.  -s SEED.
 * The same arguments give the same bytes.  Classic pcap, nanoseconds, Ethernet.
 */
#include "gen.h"

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* SplitMix64's finaliser. */
uint64_t mix64(uint64_t x)
{
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 27) * 0x94d049bb133111ebu;
	return x ^ x >> 31;
}

uint64_t draw(struct gen *g)
{
	g->rng += 0x9e3779b97f4a7c15u;
	return mix64(g->rng);
}

uint32_t below(struct gen *g, uint32_t n)
{
	return (uint32_t)((draw(g) >> 32) * n >> 32);
}

static void set_grow(struct set *s)
{
	struct set bigger = { .cap = s->cap ? s->cap * 2 : 1024 };

	bigger.at = need(calloc(bigger.cap, sizeof(*bigger.at)));
	for (size_t i = 0; i < s->cap; i++)
		if (s->at[i])
			(void)set_add(&bigger, s->at[i]);
	free(s->at);
	*s = bigger;
}

bool set_add(struct set *s, uint64_t hash)
{
	hash |= !hash;
	if (s->n * 2 >= s->cap)
		set_grow(s);
	for (size_t i = hash & (s->cap - 1);; i = (i + 1) & (s->cap - 1)) {
		if (s->at[i] == hash)
			return false;
		if (!s->at[i]) {
			s->at[i] = hash;
			s->n++;
			return true;
		}
	}
}

/* ---- packets ---- */

void pk8(struct packet *p, unsigned v)
{
	if (p->n == sizeof(p->b))
		abort();
	p->b[p->n++] = (uint8_t)v;
}

void pk16(struct packet *p, unsigned v)
{
	pk8(p, v >> 8);
	pk8(p, v);
}

void pk32(struct packet *p, uint32_t v)
{
	pk16(p, v >> 16);
	pk16(p, v);
}

void pk(struct packet *p, const void *m, size_t n)
{
	if (n > sizeof(p->b) - p->n)
		abort();
	memcpy(p->b + p->n, m, n);
	p->n += n;
}

void pk_noise(struct gen *g, struct packet *p, size_t n)
{
	pk(p, g->noise + below(g, NOISE - FRAME_MAX), n);
}

void pk_set16(struct packet *p, size_t at, unsigned v)
{
	p->b[at] = (uint8_t)(v >> 8);
	p->b[at + 1] = (uint8_t)v;
}

void pk_ether(struct packet *p, unsigned type)
{
	static const uint8_t macs[12] = { 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2 };

	pk(p, macs, sizeof(macs));
	pk16(p, type);
}

size_t pk_ip4(struct packet *p, uint32_t src, uint32_t dst, unsigned proto, unsigned id)
{
	size_t at = p->n;

	pk32(p, 0x45000000);
	pk16(p, id);
	pk16(p, 0x4000);
	pk8(p, 64);
	pk8(p, proto);
	pk16(p, 0);
	pk32(p, src);
	pk32(p, dst);
	return at;
}

void pk_ip4_end(struct packet *p, size_t at)
{
	uint32_t sum = 0;

	pk_set16(p, at + 2, (unsigned)(p->n - at));
	for (size_t i = at; i < at + 20; i += 2)
		sum += (uint32_t)(p->b[i] << 8 | p->b[i + 1]);
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	pk_set16(p, at + 10, ~sum & 0xffff);
}

void frame_out(struct gen *g, const struct packet *p, uint64_t step_ns)
{
	uint32_t head[4] = { (uint32_t)(g->t_ns / 1000000000), (uint32_t)(g->t_ns % 1000000000), (uint32_t)p->n, (uint32_t)p->n };

	if (fwrite(head, sizeof(head), 1, g->out) != 1 || fwrite(p->b, p->n, 1, g->out) != 1) {
		fprintf(stderr, "benchgen: writing: %s\n", strerror(errno));
		exit(1);
	}
	g->t_ns += step_ns;
	g->truth.packets++;
	g->truth.bytes += p->n - 14;
}

void contact(struct gen *g, uint64_t a, uint64_t b, unsigned proto, unsigned port)
{
	uint64_t lo = a < b ? a : b, hi = a < b ? b : a;

	g->truth.contacts += set_add(&g->contacts, mix64(mix64(lo) + 3 * mix64(hi ^ 0x5555) + (uint64_t)proto * 65536 + port));
}

void tunnel(struct gen *g, uint32_t dst, uint32_t teid)
{
	g->truth.gpdus++;
	g->truth.tunnels += set_add(&g->tunnels, mix64((uint64_t)dst << 32 | teid));
}

/* ---- the truth, as JSON ---- */

static void counts(FILE *f, const char *name, const uint64_t *v, unsigned n)
{
	const char *sep = "";

	fprintf(f, ",\n \"%s\": {", name);
	for (unsigned i = 0; i < n; i++)
		if (v[i]) {
			fprintf(f, "%s\"%u\": %" PRIu64, sep, i, v[i]);
			sep = ", ";
		}
	fprintf(f, "}");
}

static void truth_write(FILE *f, const char *workload, const struct truth *t)
{
	const struct { const char *name; uint64_t v; } rows[] = {
		{ "packets", t->packets }, { "bytes", t->bytes }, { "gpdus", t->gpdus }, { "tunnels", t->tunnels }, { "contacts", t->contacts },
		{ "ngap", t->ngap }, { "nas-5gs", t->nas }, { "pfcp", t->pfcp }, { "gtp", t->gtp }, { "dns", t->dns }, { "http2", t->http2 },
		{ "nas_encrypted", t->nas_encrypted }, { "nas_protected", t->nas_protected }, { "ues", t->ues },
		{ "pfcp_asked", t->sessions_asked }, { "pfcp_accepted", t->sessions_accepted }, { "pfcp_deleted", t->sessions_deleted },
		{ "pfcp_associations", t->associations }, { "path_switches", t->path_switches },
	};

	fprintf(f, "{\"workload\": \"%s\"", workload);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		fprintf(f, ",\n \"%s\": %" PRIu64, rows[i].name, rows[i].v);
	counts(f, "ea", t->ea, 4);
	counts(f, "ia", t->ia, 4);
	counts(f, "suci", t->suci, 4);
	counts(f, "procedures", t->procedure, 256);
	fprintf(f, "}\n");
}

static int usage(void)
{
	fprintf(stderr, "usage: benchgen user|plain|signalling|sbi FILE [-n COUNT] [-f FLOWS] [-t TEIDS] [-z] [-e] [-s SEED] [--truth FILE]\n");
	return 2;
}

static int finish(struct gen *g, const char *workload, const char *truth)
{
	FILE *f = truth ? fopen(truth, "w") : NULL;
	int bad = fclose(g->out);

	if (truth && !f) {
		perror(truth);
		return 1;
	}
	if (f) {
		truth_write(f, workload, &g->truth);
		bad |= fclose(f);
	}
	free(g->noise);
	free(g->contacts.at);
	free(g->tunnels.at);
	if (bad)
		perror("benchgen");
	return bad != 0;
}

int main(int argc, char **argv)
{
	static const struct option longs[] = { { "truth", 1, NULL, 'T' }, { NULL, 0, NULL, 0 } };
	static const uint32_t head[6] = { 0xa1b23c4d, 2 | 4 << 16, 0, 0, 65535, 1 };
	struct gen g = { .t_ns = 1790000000000000000u, .rng = 1 };
	struct user_opts o = { .flows = 50000, .teids = 10000 };
	const char *truth = NULL, *workload, *path;
	uint64_t n = 0;
	int opt;

	while ((opt = getopt_long(argc, argv, "n:f:t:s:ze", longs, NULL)) != -1) {
		switch (opt) {
		case 'n': n = strtoull(optarg, NULL, 10); break;
		case 'f': o.flows = (uint32_t)strtoul(optarg, NULL, 10); break;
		case 't': o.teids = (uint32_t)strtoul(optarg, NULL, 10); break;
		case 's': g.rng = strtoull(optarg, NULL, 10); break;
		case 'z': o.small = true; break;
		case 'e': o.early = true; break;
		case 'T': truth = optarg; break;
		default: return usage();
		}
	}
	if (argc - optind != 2 || !o.flows || o.teids < 2)
		return usage();
	workload = argv[optind];
	path = argv[optind + 1];
	g.out = fopen(path, "wb");
	if (!g.out) {
		perror(path);
		return 1;
	}
	setvbuf(g.out, NULL, _IOFBF, 1 << 20);
	g.noise = need(malloc(NOISE));
	for (unsigned i = 0; i < NOISE; i++)
		g.noise[i] = (uint8_t)(draw(&g) >> 24);
	if (fwrite(head, sizeof(head), 1, g.out) != 1)
		return finish(&g, workload, NULL) | 1;
	o.packets = n ? n : 1000000;
	o.plain = !strcmp(workload, "plain");
	if (o.plain || !strcmp(workload, "user"))
		generate_user(&g, &o);
	else if (!strcmp(workload, "signalling"))
		generate_signalling(&g, n ? n : 2000000);
	else if (!strcmp(workload, "sbi"))
		generate_sbi(&g, n ? n : 1000000);
	else
		return usage();
	return finish(&g, workload, truth);
}

/*
 * User traffic, inside GTP-U or bare.  Subscribers' flows: TCP to ports 443 and 80 with their handshakes, UDP on 443 as
 * QUIC sends it, DNS, and media on high ports; one flow in ten over IPv6.  Each flow opens once, evenly over the capture;
 * other packets fall on open flows, old ones oftener.  IP lengths inside are 40, 576 and 1400 octets, 7:4:1 (IMIX).
 *
 * A UE has two tunnels: towards the UPF and towards the gNB.  One outer packet in 1000 is a GTP-U echo.
 * Servers' ports are below 32768 and clients' above, as hosts have it: so which end serves can be told.
 */
#include "gen.h"

#include <stdlib.h>
#include <string.h>

enum { GNBS = 10, UPFS = 3, GTPU = 2152 };
enum app { WEB_TLS, WEB_CLEAR, QUIC, DNS, MEDIA };

struct flow { uint32_t packets, seq[2]; };		/* seq: client's, server's */

struct shape {			/* what a flow is, all from its number */
	enum app	app;
	bool		v6;
	uint32_t	ue, host;
	uint16_t	cport, sport;
	uint8_t		proto;
};

static struct shape shape_of(uint32_t f, uint32_t ues)
{
	uint64_t h = mix64(f + 0x1000003u), h2 = mix64(h);
	unsigned roll = (unsigned)(h % 100);
	struct shape s = { .ue = (uint32_t)(h2 % ues), .host = 0xc6200000u + (uint32_t)(h2 >> 32) % 0x40000 };

	s.app = roll < 45 ? WEB_TLS : roll < 58 ? WEB_CLEAR : roll < 83 ? QUIC : roll < 93 ? DNS : MEDIA;
	s.v6 = (h >> 32) % 10 == 0;
	s.proto = s.app <= WEB_CLEAR ? 6 : 17;
	s.cport = (uint16_t)(32768 + f % 28000);
	s.sport = (uint16_t)(s.app == WEB_CLEAR ? 80 : s.app == DNS ? 53 : s.app == MEDIA ? 16384 + (h >> 40) % 8192 : 443);
	return s;
}

/* A question for a name and its answer. */
static void dns(struct packet *p, uint32_t f, uint32_t k)
{
	static const uint8_t tail[] = { 7, 'e', 'x', 'a', 'm', 'p', 'l', 'e', 3, 'n', 'e', 't', 0, 0, 1, 0, 1 };
	static const uint8_t answer[] = { 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4 };
	char name[16];
	int n = snprintf(name, sizeof(name), "www%u", f % 4000);
	bool reply = k & 1;

	pk16(p, f * 31 + k / 2);
	pk16(p, reply ? 0x8180 : 0x0100);
	pk16(p, 1);
	pk16(p, reply);
	pk32(p, 0);
	pk8(p, (unsigned)n);
	pk(p, name, (size_t)n);
	pk(p, tail, sizeof(tail));
	if (!reply)
		return;
	pk(p, answer, sizeof(answer));
	pk32(p, 0xc6200000u + f % 4000);
}

static void fill(struct gen *g, struct packet *p, size_t from, size_t want)
{
	if (p->n - from < want)
		pk_noise(g, p, want - (p->n - from));
}

static void tcp(struct gen *g, struct packet *p, struct flow *st, size_t ip, bool up, size_t want)
{
	unsigned k = st->packets, flags = k == 0 ? 0x02 : k == 1 ? 0x12 : 0x10;
	size_t payload;

	pk32(p, st->seq[!up]);
	pk32(p, k ? st->seq[up] : 0);
	pk8(p, 0x50);
	pk8(p, flags);
	pk16(p, (unsigned)g->truth.packets & 0xffff);		/* the window: no two packets are alike */
	pk32(p, 0);
	payload = p->n;
	if (k >= 3)
		fill(g, p, ip, want);
	st->seq[!up] += (uint32_t)(p->n - payload) + (k < 2);
}

static void ip_head(struct packet *p, const struct shape *s, bool up, unsigned id)
{
	static const uint8_t net[4] = { 0x20, 0x01, 0x0d, 0xb8 };
	uint8_t a[16] = { 0 }, b[16] = { 0 };
	uint32_t ue = 0x0a800000u + s->ue;		/* 10.128.0.0 and on */

	if (!s->v6) {
		(void)pk_ip4(p, up ? ue : s->host, up ? s->host : ue, s->proto, id);
		return;
	}
	memcpy(a, net, 4);
	memcpy(b, net, 4);
	for (int i = 0; i < 4; i++) {
		a[4 + i] = (uint8_t)(ue >> (24 - 8 * i));	/* a /64 for each UE */
		b[12 + i] = (uint8_t)(s->host >> (24 - 8 * i));
	}
	a[15] = 1;
	b[4] = 0xff;
	pk32(p, 0x60000000);
	pk16(p, 0);
	pk8(p, s->proto);
	pk8(p, 64);
	pk(p, up ? a : b, 16);
	pk(p, up ? b : a, 16);
}

/* Appends the next packet of flow f; returns whether the client sends it. */
static bool inner(struct gen *g, struct packet *p, uint32_t f, struct flow *st, const struct shape *s, bool small)
{
	unsigned roll = below(g, 12), k = st->packets;
	size_t want = small || roll < 7 ? 40 : roll < 11 ? 576 : 1400, ip = p->n, l4;
	bool up = s->app == DNS ? !(k & 1) : s->proto == 6 && k < 4 ? k != 1 : !k || want == 40;

	ip_head(p, s, up, (unsigned)g->truth.packets & 0xffff);
	l4 = p->n;
	pk16(p, up ? s->cport : s->sport);
	pk16(p, up ? s->sport : s->cport);
	if (s->proto == 6) {
		tcp(g, p, st, ip, up, want);
	} else {
		pk32(p, 0);
		if (s->app == DNS)
			dns(p, f, k);
		else
			pk8(p, s->app == QUIC ? (k ? 0x41 : 0xc1) : 0x80);
		if (s->app != DNS) {
			fill(g, p, l4, 24);
			fill(g, p, ip, want);
		}
		pk_set16(p, l4 + 4, (unsigned)(p->n - l4));
	}
	if (s->v6)
		pk_set16(p, ip + 4, (unsigned)(p->n - l4));
	else
		pk_ip4_end(p, ip);
	st->packets++;
	return up;
}

static void in_tunnel(struct gen *g, uint32_t ue, bool up, const struct packet *in, bool echo)
{
	uint32_t gnb = 0x0a0a0301u + ue % GNBS, upf = 0x0a0a0401u + ue / 7 % UPFS, src = up ? gnb : upf, dst = up ? upf : gnb;
	uint32_t teid = 2 * ue + 1 + !up;
	struct packet p = { .n = 0 };
	size_t ip, udp;

	pk_ether(&p, 0x0800);
	ip = pk_ip4(&p, src, dst, 17, (unsigned)g->truth.packets & 0xffff);
	udp = p.n;
	pk16(&p, GTPU);
	pk16(&p, GTPU);
	pk32(&p, 0);
	if (echo) {
		pk32(&p, 0x32010004);
		pk32(&p, 0);
		pk16(&p, (unsigned)(g->truth.gtp & 0xffff));
		pk16(&p, 0);
		g->truth.gtp++;
	} else {
		pk16(&p, 0x34ff);
		pk16(&p, (unsigned)in->n + 8);
		pk32(&p, teid);
		pk32(&p, 0x00000085);			/* next: PDU session container (TS 38.415 5.5.2) */
		pk8(&p, 1);
		pk8(&p, up ? 0x10 : 0);
		pk8(&p, 1 + ue % 4);
		pk8(&p, 0);
		pk(&p, in->b, in->n);
		tunnel(g, dst, teid);
	}
	pk_set16(&p, udp + 4, (unsigned)(p.n - udp));
	pk_ip4_end(&p, ip);
	contact(g, src, dst, 17, GTPU);
	frame_out(g, &p, 10000);
}

static void bare(struct gen *g, const struct shape *s, const struct packet *in)
{
	struct packet p = { .n = 0 };
	uint64_t six = (uint64_t)s->v6 << 40;

	pk_ether(&p, s->v6 ? 0x86dd : 0x0800);
	pk(&p, in->b, in->n);
	g->truth.dns += s->app == DNS;
	contact(g, 0x0a800000u + s->ue + six, s->host + six, s->proto, s->sport);
	frame_out(g, &p, 10000);
}

void generate_user(struct gen *g, const struct user_opts *o)
{
	struct flow *st = need(calloc(o->flows, sizeof(*st)));
	uint32_t opened = 0, ues = o->teids / 2;

	for (uint64_t i = 0; i < o->packets; i++) {
		uint32_t due = o->early ? o->flows : (uint32_t)((i + 1) * o->flows / o->packets), f, x, y;
		struct packet in = { .n = 0 };
		struct shape s;
		bool up;

		if (opened < due || !opened) {
			f = opened++;
		} else {
			f = below(g, opened);
			if (!o->small) {		/* the least of three: old flows are busy ones */
				x = below(g, opened);
				y = below(g, opened);
				f = f < x ? f : x;
				f = f < y ? f : y;
			}
		}
		s = shape_of(f, ues);
		up = inner(g, &in, f, &st[f], &s, o->small);
		if (o->plain)
			bare(g, &s, &in);
		else
			in_tunnel(g, s.ue, up, &in, i % 1000 == 999);
	}
	free(st);
}

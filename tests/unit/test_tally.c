/* Counting: the frames of tunnels that no order named. */
#include "tally.h"
#include "tap.h"

#include <string.h>

struct got { unsigned tunnels; uint64_t packets, total; uint32_t n, first; };

static void on_tally(void *ctx, struct fact *f)
{
	struct got *g = ctx;

	if (f->kind != FACT_TUNNEL)
		return;
	g->tunnels++;
	g->packets += f->u.tunnel.all.packets;
	g->total += f->u.tunnel.unordered.total;
	g->n = f->u.tunnel.unordered.n;
	g->first = g->n ? f->u.tunnel.unordered.at[0] : 0;
}

static struct tally *counting(struct got *g)
{
	struct tally_config cfg = { .hash = hash_key_make("test", 4), .emit = on_tally, .ctx = g };
	struct tally *t;

	*g = (struct got){ .tunnels = 0 };
	if (tally_new(&t, &cfg))
		abort();
	return t;
}

static const uint8_t from[4] = { 10, 1, 3, 9 }, to[4] = { 10, 1, 3, 101 };

static void gpdu_of(struct tally *t, const uint8_t src[4], uint32_t teid, uint32_t frame, uint64_t t_ns, bool copy)
{
	struct pkt k = { .t_ns = t_ns, .no = frame, .fam = 4, .proto = 17, .sport = 2152, .dport = 2152, .src = addr_make(src, 4),
		.dst = addr_make(to, 4) };
	struct tunnel_key tunnel;
	struct flow_key flow;
	struct gpdu g = { .packets = 1, .bytes = 100, .tunnel = &tunnel, .flow = &flow, .copy = copy };

	tally_time(t, k.t_ns);
	flow_key_make(&flow, &k, false);
	tunnel_key_make(&tunnel, &k, teid);
	g.flow_hash = tally_flow_hash(t, flow_hash(&(struct hash_key){ 0 }, &flow), 0);
	g.tunnel_hash = tally_tunnel_hash(t, &tunnel);
	tally_gpdu(t, &k, &g);
}

static void gpdu(struct tally *t, uint32_t teid, uint32_t frame, bool copy)
{
	gpdu_of(t, from, teid, frame, 1000u + frame, copy);
}

static void order(struct tally *t, enum binding_kind kind, uint32_t teid)
{
	tally_bind(t, &(struct binding){ .kind = kind, .addr = addr_make(to, 4), .teid = teid });
}

static void frames_are_listed_until_an_order_names_the_end(void)
{
	struct got g;
	struct tally *t = counting(&g);

	gpdu(t, 7, 1, false);
	gpdu(t, 7, 2, true);
	gpdu(t, 7, 3, false);
	order(t, BIND_ORDER, 7);
	EXPECT(g.tunnels == 1 && g.packets == 2 && g.total == 3 && g.n == 3 && g.first == 1);
	gpdu(t, 7, 4, false);
	order(t, BIND_ORDER, 7);			/* said again: the tally goes on */
	EXPECT(g.tunnels == 1);
	gpdu(t, 7, 5, false);
	order(t, BIND_END, 7);
	EXPECT(g.tunnels == 2 && g.packets == 4 && g.total == 3 && !g.n);
	gpdu(t, 7, 6, false);
	tally_end(t);
	EXPECT(g.tunnels == 3 && g.packets == 5 && g.total == 4 && g.first == 6);
	tally_free(t);
}

static void copies_alone_have_their_frames(void)
{
	struct got g;
	struct tally *t = counting(&g);

	order(t, BIND_ORDER, 8);
	gpdu(t, 7, 1, true);
	gpdu(t, 8, 2, true);
	order(t, BIND_END, 8);
	gpdu(t, 8, 3, true);
	tally_end(t);
	EXPECT(g.tunnels == 2 && !g.packets && g.total == 2 && g.first == 3);
	tally_free(t);
}

static void only_so_many_tunnels_have_frames_at_once(void)
{
	struct got g;
	struct tally *t = counting(&g);
	struct tally_stats s;

	for (uint32_t round = 0; round < 3; round++) {
		g.total = 0;
		for (uint32_t i = 0; i < 20000; i++)
			gpdu(t, i, 1 + i, false);
		tally_end(t);
		EXPECT(g.total == 1 << 14 && g.tunnels == (round + 1) * 20000);
	}
	tally_stats(t, &s);
	EXPECT(s.refused_unordered == 3 * (20000 - (1 << 14)) && !s.refused_frames);
	tally_free(t);
}

/* Of one end some sources fall silent and are forgotten, in any place of its chain; who speaks on, or again, is counted on. */
static void silent_sources_of_an_end_are_forgotten(void)
{
	enum { SOURCES = 50, MINUTES = 6 };
	struct got g;
	struct tally *t = counting(&g);
	uint32_t frame = 0;
	unsigned sent = 0;

	for (unsigned minute = 0; minute < MINUTES; minute++)
		for (uint8_t s = 0; s < SOURCES; s++) {
			const uint8_t src[4] = { 10, 1, 4, s };

			if (minute && minute + 1 < MINUTES && s % 3)	/* two of three are silent until the last minute */
				continue;
			gpdu_of(t, src, 7, ++frame, minute * 60000000000u + s * 1000u + 1, false);
			sent++;
		}
	order(t, BIND_END, 7);
	EXPECT(g.packets == sent && g.tunnels == sent);
	gpdu(t, 7, ++frame, false);
	tally_end(t);
	EXPECT(g.packets == sent + 1 && g.tunnels == sent + 1);
	tally_free(t);
}

int main(void)
{
	TEST(silent_sources_of_an_end_are_forgotten);
	TEST(frames_are_listed_until_an_order_names_the_end);
	TEST(copies_alone_have_their_frames);
	TEST(only_so_many_tunnels_have_frames_at_once);
	return tap_end();
}

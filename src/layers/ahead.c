#include "ahead.h"

#include "gtp.h"
#include "prefetch.h"

bool ahead_gpdu(struct work *w)
{
	const struct pkt *k = &w->k;
	uint32_t udp, head, end, claim, n;

	if (k->proto != UDP || (k->dport != GTPU_PORT && k->sport != GTPU_PORT) || k->l4len < 16)
		return false;
	udp = (uint32_t)(k->l4[4] << 8 | k->l4[5]);
	if (udp < 16 || udp > k->l4claim || k->l4[9] != GTPU_GPDU)
		return false;
	claim = udp - 8;
	n = k->l4len - 8 < claim ? k->l4len - 8 : claim;
	if (!gtpu_head(k->l4 + 8, n, claim, &head, &end))
		return false;
	if (gtpu_length(k->l4 + 8) != claim && !gtpu_inner_fits(k->l4 + 8 + head, n - head, end - head))
		return false;
	if (n > end)
		n = end;
	w->teid = (uint32_t)k->l4[12] << 24 | (uint32_t)k->l4[13] << 16 | (uint32_t)k->l4[14] << 8 | k->l4[15];
	w->inner = k->l4 + 8 + head;
	w->ninner = n - head;
	w->inner_claim = end - head;
	return true;
}

void ahead_flow(struct layers *l, struct work *w, const struct pkt *k)
{
	flow_key_make(&w->flow, k, false);
	w->ends = flow_hash(&l->cfg.hash, &w->flow);
	w->flow_hash = tally_flow_hash(l->tally, w->ends, k->input);
}

void ahead_look(struct layers *l, struct work *w)
{
	w->gpdu = w->tcp = false;
	if (w->class != PKT_IP && w->class != PKT_FRAGMENT)
		return;
	w->dup_hash = dup_hash(&l->dup, &w->k);
	if (w->class == PKT_FRAGMENT)
		w->k.sport = w->k.dport = 0;
	ahead_flow(l, w, &w->k);
	w->tcp = (w->class == PKT_IP) & (w->k.proto == TCP);
	w->gpdu = w->class == PKT_IP && ahead_gpdu(w);
	if (w->gpdu) {
		tunnel_key_make(&w->tunnel, &w->k, w->teid);
		w->tunnel_hash = tally_tunnel_hash(l->tally, &w->tunnel);
	}
}

/* Stage 2, of packets listed by what they are: what cannot be foreseen is asked once, not at each step. */
struct kinds { uint8_t fresh[BATCH_MAX], tcp[BATCH_MAX], kept[BATCH_MAX], gpdu[BATCH_MAX]; unsigned nfresh, ntcp, nkept, ngpdu; };

/* What tells where the records are. */
static void fetch_lines(const struct layers *l, struct kinds *x, unsigned n)
{
	for (unsigned i = 0; i < x->ntcp; i++)
		tcp_prefetch(&l->tcp, l->work[x->tcp[i]].ends);
	for (unsigned i = 0; i < n; i++) {
		const struct work *w = &l->work[i];

		if (w->class != PKT_IP && w->class != PKT_FRAGMENT)
			continue;
		x->fresh[x->nfresh] = (uint8_t)i;
		x->nfresh += !tally_prefetch_flow(l->tally, &w->k, w->flow_hash);
	}
	for (unsigned i = 0; i < x->ntcp; i++) {
		x->kept[x->nkept] = x->tcp[i];
		x->nkept += tcp_may_keep(&l->tcp, l->work[x->tcp[i]].ends);
	}
	for (unsigned i = 0; i < x->ngpdu; i++)
		tally_prefetch_tunnel(l->tally, l->work[x->gpdu[i]].tunnel_hash);
	for (unsigned i = 0; i < x->nfresh; i++)
		tally_prefetch_contact(l->tally, &l->work[x->fresh[i]].k, &l->work[x->fresh[i]].flow);
	for (unsigned i = 0; i < x->nkept; i++)
		tcp_prefetch_line(&l->tcp, l->work[x->kept[i]].ends);
}

static void fetch_records(const struct layers *l, const struct kinds *x)
{
	for (unsigned i = 0; i < x->ngpdu; i++)
		tally_prefetch_behind(l->tally, l->work[x->gpdu[i]].tunnel_hash);
	for (unsigned i = 0; i < x->nkept; i++)
		tcp_prefetch_stream(&l->tcp, l->work[x->kept[i]].ends);
}

void ahead(struct layers *l, const struct frame *f, unsigned n)
{
	struct kinds x;

	x.nfresh = x.ntcp = x.nkept = x.ngpdu = 0;
	for (unsigned i = 0; i < n; i++) {
		struct work *w = &l->work[i];

		if (i + 2 < n)		/* headers stand in its first two lines, mostly */
			prefetch(f[i + 2].data + 64);
		w->class = (uint8_t)pkt_parse(&f[i], &w->k);
		ahead_look(l, w);
		x.tcp[x.ntcp] = x.gpdu[x.ngpdu] = (uint8_t)i;
		x.ntcp += w->tcp;
		x.ngpdu += w->gpdu;
	}
	fetch_lines(l, &x, n);
	fetch_records(l, &x);
}

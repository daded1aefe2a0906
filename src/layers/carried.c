/*
 * Packets in packets.  What a tunnel carries is read after the packet that it came in, as one of its own, in a loop with a bound: the
 * tunnel is a contact, what is in it are others.  A packet counts in the coverage as the innermost that was reached.
 */
#include "state.h"

#include "be.h"


/* The protocol that lives on this packet's port, or right above IP. */
static const struct proto *tunnel_of(const struct layers *l, const struct pkt *k)
{
	unsigned i = l->dispatch.ip[k->proto];

	return k->proto == UDP ? dispatch_ports(&l->dispatch.udp, k) : i ? protos[i - 1] : NULL;
}

/* True: the packet carries another one, which is read next. */
bool carried_find(struct layers *l, const struct pkt *k, const uint32_t *frames, uint32_t nframes)
{
	const struct proto *p = tunnel_of(l, k);
	struct carried *x = &l->carried;
	uint32_t claim = k->l4claim, n = k->l4len, head = k->proto == UDP ? 8 : 0;

	if (!p || !p->inside || n < head || (p->personal && (tally_is_ue(l->tally, &k->src) || tally_is_ue(l->tally, &k->dst))))
		return false;
	if (head)
		claim = be16(k->l4 + 4);
	if (claim < head || claim > k->l4claim)
		return false;
	n = n < claim ? n : claim;
	if (!p->inside(k, cur_make(k->l4 + head, n - head, n < claim), &x->in))
		return false;
	if (l->depth == OUTER_EACH) {
		l->stats.encap_deep++;
		return false;
	}
	x->there = true;
	x->outer = *k;
	x->frames = frames;
	x->nframes = nframes;
	return true;
}

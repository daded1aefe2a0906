/*
 * Contacts and tunnels as compact records (DESIGN.md section 4, "User plane").
 *
 * Flow cache: (both directions of) a 5-tuple to its contact, four ways a line, oldest-used way
 * replaced; it only remembers which end holds the service, so an eviction costs a look-up and
 * never a count.  Contact: two addresses, protocol, service port.  Tunnel: source, destination,
 * TEID.  A tunnel end's binding says whose session it carries.
 */
#include "tally_inside.h"

#include "err.h"
#include "region.h"

#include <stdlib.h>

int tally_new(struct tally **out, const struct tally_config *cfg)
{
	struct tally *t = calloc(1, sizeof(*t));

	*out = NULL;
	if (!t)
		return FW_ENOMEM;
	t->cfg = *cfg;
	t->gen = 1;
	t->cap_cold = cfg->classes ? cfg->classes : 1 << 16;
	t->ncold = 1;
	t->flow = region_reserve(sizeof(*t->flow) << FLOW_BITS);
	t->cold = region_reserve(t->cap_cold * sizeof(*t->cold));
	t->near_seen = region_reserve((1 << SEEN_BITS) / 8);
	t->unordered = region_reserve((UNORDERED_MAX + 1) * sizeof(*t->unordered));
	t->nunordered = 1;
	if (t->flow && t->cold && t->near_seen && t->unordered &&
	    !table_init(&t->contacts, sizeof(struct contact_key), sizeof(struct contact), cfg->contacts ? cfg->contacts : 1 << 22, &cfg->hash) &&
	    !table_init(&t->tunnels, sizeof(struct tunnel_key), sizeof(struct tunnel), cfg->tunnels ? cfg->tunnels : 1 << 22, &cfg->hash) &&
	    !table_init(&t->binds, sizeof(struct bind_key), sizeof(struct bind), cfg->tunnels ? cfg->tunnels : 1 << 22, &cfg->hash) &&
	    !table_init(&t->hosts, sizeof(struct host_key), sizeof(struct host), cfg->hosts ? cfg->hosts : 1 << 22, &cfg->hash) &&
	    !frame_pool_init(&t->frames, 1 << 25)) {
		*out = t;
		return FW_OK;
	}
	tally_free(t);
	return FW_ENOMEM;
}

void tally_free(struct tally *t)
{
	if (!t)
		return;
	region_release(t->flow, sizeof(*t->flow) << FLOW_BITS);
	region_release(t->cold, t->cap_cold * sizeof(*t->cold));
	region_release(t->near_seen, (1 << SEEN_BITS) / 8);
	region_release(t->unordered, (UNORDERED_MAX + 1) * sizeof(*t->unordered));
	table_free(&t->contacts);
	table_free(&t->tunnels);
	table_free(&t->binds);
	table_free(&t->hosts);
	frame_pool_free(&t->frames);
	free(t);
}

static void close_all(struct tally *t)
{
	uint32_t i, next;

	for (i = t->active_tunnel; i; i = next) {
		struct tunnel *x = table_at(&t->tunnels, i - 1);

		next = x->next_active;
		tunnel_close(t, x);
		x->active = 0;
	}
	t->active_tunnel = t->last_tunnel = 0;
	contacts_emit(t);
}

/* Records that were silent for a whole minute are given back. */
static void sweep(struct tally *t, uint64_t before_ns)
{
	for (uint32_t i = 0; i < t->contacts.high; i++)
		if (table_live(&t->contacts, i) && ((struct contact *)table_at(&t->contacts, i))->until_ns < before_ns)
			table_remove(&t->contacts, i);
	for (uint32_t i = 0; i < t->tunnels.high; i++) {
		const struct tunnel *x = table_at(&t->tunnels, i);

		if (table_live(&t->tunnels, i) && x->until_ns < before_ns)
			tunnels_forget(t, x->bind, before_ns);
	}
	t->gen++;
}

static void new_minute(struct tally *t, uint64_t minute)
{
	if (t->started)
		close_all(t);
	if (t->started && minute > t->max_minute)
		sweep(t, minute ? (minute - 1) * MINUTE_NS : 0);
	if (minute > t->max_minute || !t->started)
		t->max_minute = minute;
	t->minute = minute;
	t->started = true;
}

void tally_time(struct tally *t, uint64_t t_ns)
{
	if (t_ns - t->minute * MINUTE_NS >= MINUTE_NS || !t->started)
		new_minute(t, t_ns / MINUTE_NS);
}

/* While they are handed on, what takes them over grows beside them. */
void tally_last(struct tally *t)
{
	table_seal(&t->contacts);
	table_seal(&t->tunnels);
}

void tally_end(struct tally *t)
{
	close_all(t);
}

void tally_stats(const struct tally *t, struct tally_stats *s)
{
	*s = t->stats;
	s->refused_contacts = t->contacts.refused;
	s->refused_tunnels = t->tunnels.refused + t->binds.refused;
	s->refused_hosts = t->hosts.refused;
	s->refused_frames = t->frames.refused;
	s->bytes = table_bytes(&t->contacts) + table_bytes(&t->tunnels) + table_bytes(&t->binds) + table_bytes(&t->hosts) +
		(uint64_t)t->frames.high * sizeof(struct frame_chunk);
}

/* NGAP's transfers by themselves (TS 29.502 6.1.6.4.3, TS 29.518 6.1.6.4.3): the rows of a message's own, one program each, made when it is first needed. */
#include "ngap_part.h"

#include "ap.h"
#include "ngap_inside.h"
#include "ngap_rows.h"

struct reading { struct put *o; };

static void on_number(void *ctx, const struct per_type *t, uint64_t v)
{
	(void)ctx;
	(void)t;
	(void)v;
}

static void on_octets(void *ctx, const struct per_type *t, const struct per_value *v)
{
	struct reading *r = ctx;

	if (t->lo == HOOK_ADDRESS)
		ap_address(r->o, KEY_NGAP_TLA_IPv4, KEY_NGAP_TLA_IPv6, v);
}

static const struct per_ie_table *const tables[] = { &ngap_sessions, NULL };
static const struct per_schema schema = { tables, on_number, on_octets, NULL };

static const struct ngap_transfer *transfer_of(const uint8_t *type, size_t n)
{
	for (unsigned i = 0; i < NGAP_TRANSFERS; i++)
		if (strlen(ngap_transfers[i].name) == n && !memcmp(ngap_transfers[i].name, type, n))
			return &ngap_transfers[i];
	return NULL;
}

/* What nobody read is zero in masked frames: that is no element. */
static bool is_masked(const struct layers *l, const struct cur *c)
{
	const uint8_t *p = c->p;

	while (layer_masked(l) && p < c->end && !*p)
		p++;
	return p == c->end;
}

bool ngap_part(struct layers *l, const uint8_t *type, size_t ntype, struct cur c)
{
	const struct ngap_transfer *x = transfer_of(type, ntype);
	struct ngap_state *s = layer_state(l, &proto_ngap);
	struct reading r = { layer_put(l) };
	uint32_t before = r.o->n, room = r.o->room;
	const uint8_t *from = c.p;
	struct per_program **g;

	if (!x || is_masked(l, &c))
		return false;
	g = &s->part[x - ngap_transfers];
	if (!*g && per_program_new(g, &schema, x->type))
		return false;
	put_open(r.o, ITEM_NO_ID);
	put_bool(r.o, KEY_NGAP_from_ran, x->from_ran);
	per_read(l, *g, &c, &r);
	put_close(r.o);
	if (c.why == CUR_OK && c.p == c.end && !r.o->full)
		return true;
	layer_mark(l, from, (size_t)(c.end - from), MARK_UNREAD);
	if (!r.o->full) {		/* as if it had not been tried */
		r.o->n = before;
		r.o->room = room;
	}
	return false;
}

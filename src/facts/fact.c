/* Facts: names, making, reading.  Printing is in print.c. */
#include "fact.h"

#include <stdio.h>

static const struct { const char *name, *spec; } kinds[FACT_KINDS] = {
#define KIND(sym, name, spec) [FACT_##sym] = { name, spec },
#define KEY(sym, name, type, spec)
#include "kinds.def"
#undef KIND
#undef KEY
};

static const struct { const char *name, *spec; uint8_t type; } keys[FACT_KEYS] = {
	[KEY_NONE] = { "", "", ITEM_OPEN },
#define KIND(sym, name, spec)
#define KEY(sym, name, type, spec) [KEY_##sym] = { name, spec, ITEM_##type },
#include "kinds.def"
#undef KIND
#undef KEY
};


/* In one order, whatever the order on the wire: what filters count is how many there are of each. */
const char *outer_text(uint8_t outer, char out[OUTER_TEXT])
{
	static const struct { uint8_t one; const char *name; } part[] = { { OUTER_IP, "ip" }, { OUTER_IP6, "ipv6" }, { OUTER_UDP, "udp" } };
	size_t n = 0;

	if (outer == OUTER_SEVERAL)
		return "several";
	if (outer == OUTER_EXPORTED)
		return "exported";
	out[0] = 0;
	for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++)
		for (unsigned k = outer / part[i].one & OUTER_EACH; k; k--)
			n += (size_t)snprintf(out + n, OUTER_TEXT - n, "%s%s", n ? "." : "", part[i].name);
	return out;
}

bool outer_parse(const char *s, size_t n, uint8_t *outer)
{
	char text[OUTER_TEXT];

	for (unsigned o = 1; o <= 65; o++) {
		uint8_t v = (uint8_t)(o == 64 ? OUTER_EXPORTED : o == 65 ? OUTER_SEVERAL : o);
		const char *t = outer_text(v, text);

		if (strlen(t) == n && !memcmp(t, s, n)) {
			*outer = v;
			return true;
		}
	}
	return false;
}

const char *fact_kind_name(enum fact_kind k) { return kinds[k].name; }
const char *fact_kind_spec(enum fact_kind k) { return kinds[k].spec; }
const char *fact_key_name(enum fact_key k) { return keys[k].name; }
const char *fact_key_spec(enum fact_key k) { return keys[k].spec; }
enum item_type fact_key_type(enum fact_key k) { return (enum item_type)keys[k].type; }

enum fact_key fact_key_find(const char *name, size_t n)
{
	for (unsigned k = 1; k < FACT_KEYS; k++)
		if (strlen(keys[k].name) == n && !memcmp(keys[k].name, name, n))
			return (enum fact_key)k;
	return KEY_NONE;
}

const char *outcome_name(enum outcome o)
{
	switch (o) {
	case OUT_OK: return "ok";
	case OUT_CUT: return "cut";
	case OUT_SHORT: return "short";
	case OUT_VALUE: return "value";
	case OUT_UNKNOWN: return "unknown";
	case OUT_ENCRYPTED: return "encrypted";
	case OUT_LIMIT: return "limit";
	case OUTCOMES: break;
	}
	return "";
}

enum outcome outcome_of(enum cur_why why)
{
	switch (why) {
	case CUR_OK: return OUT_OK;
	case CUR_SHORT: return OUT_SHORT;
	case CUR_CUT: return OUT_CUT;
	case CUR_VALUE: return OUT_VALUE;
	case CUR_LIMIT: return OUT_LIMIT;
	}
	return OUT_VALUE;
}

/* IP protocols (IANA) that have a name here. */
static const struct { uint8_t number; char name[7]; } protocols[] = {
	{ 6, "tcp" }, { 17, "udp" }, { 132, "sctp" }, { 1, "icmp" }, { 58, "icmpv6" }, { 2, "igmp" }, { 4, "ipip" }, { 41, "ipv6" },
	{ 47, "gre" }, { 50, "esp" }, { 51, "ah" }, { 89, "ospf" }, { 103, "pim" }, { 112, "vrrp" }, { 115, "l2tp" },
};

const char *protocol_name(unsigned p)
{
	for (unsigned i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++)
		if (protocols[i].number == p)
			return protocols[i].name;
	return NULL;
}

unsigned protocol_find(const char *name, size_t n)
{
	for (unsigned i = 0; i < sizeof(protocols) / sizeof(protocols[0]); i++)
		if (strlen(protocols[i].name) == n && !memcmp(protocols[i].name, name, n))
			return protocols[i].number;
	return 0;
}

const char *inner_name(enum inner_class c)
{
	switch (c) {
	case INNER_UE: return "ue";
	case INNER_ELEMENT: return "element";
	case INNER_FOREIGN: return "foreign";
	case INNER_NESTED: return "nested";
	case INNER_UNBOUND: return "unbound";
	case INNER_CLASSES: break;
	}
	return "";
}

/* ---- making ---- */

void put_done(struct put *o, struct fact *f)
{
	while (o->depth)
		put_close(o);
	f->item = o->item;
	f->nitem = o->n;
}

/* ---- reading ---- */

const struct item *span_key(struct span s, enum fact_key k)
{
	for (const struct item *i = s.at; i < s.end; i++) {
		if (i->type == ITEM_OPEN)
			i += i->len;
		else if (i->key == k)
			return i;
	}
	return NULL;
}

const struct item *span_any(struct span s, enum fact_key k)
{
	for (const struct item *i = s.at; i < s.end; i++)
		if (i->key == k)
			return i;
	return NULL;
}

bool span_group(struct span *s, uint64_t id, struct span *inside, uint64_t *its_id)
{
	for (const struct item *i = s->at; i < s->end; i++) {
		if (i->type != ITEM_OPEN)
			continue;
		if (id == ITEM_NO_ID || i->v.u == id) {
			*inside = (struct span){ i + 1, i + i->len };
			if (its_id)
				*its_id = i->v.u;
			s->at = i + i->len + 1;
			return true;
		}
		i += i->len;
	}
	s->at = s->end;
	return false;
}

uint64_t span_uint(struct span s, enum fact_key k, uint64_t def)
{
	const struct item *i = span_key(s, k);

	return i ? i->v.u : def;
}

struct addr item_addr(const struct item *i)
{
	return addr_make(i->v.p, i->len == 4 ? 4 : 6);
}

bool span_addr(struct span s, enum fact_key k, struct addr *out)
{
	const struct item *i = span_key(s, k);

	if (!i)
		return false;
	*out = item_addr(i);
	return true;
}

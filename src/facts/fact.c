/* Facts: names, making, reading.  Printing is in print.c. */
#include "fact.h"

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

const char *protocol_name(unsigned p)
{
	switch (p) {
	case 1: return "icmp";
	case 2: return "igmp";
	case 4: return "ipip";
	case 6: return "tcp";
	case 17: return "udp";
	case 41: return "ipv6";
	case 47: return "gre";
	case 50: return "esp";
	case 51: return "ah";
	case 58: return "icmpv6";
	case 89: return "ospf";
	case 103: return "pim";
	case 112: return "vrrp";
	case 115: return "l2tp";
	case 132: return "sctp";
	default: return NULL;
	}
}

/* ---- making ---- */

void put_open(struct put *o, uint64_t id)
{
	struct item *i;

	if (o->depth + 1 >= FACT_DEPTH) {
		o->full = true;
		return;
	}
	i = put_item(o, KEY_NONE, ITEM_OPEN);
	if (!i)
		return;
	i->v.u = id;
	o->open[o->depth++] = o->n - 1;
}

void put_close(struct put *o)
{
	uint32_t from;

	if (!o->depth)
		return;
	from = o->open[--o->depth];
	o->item[from].len = o->n - from;
	o->item[o->n++] = (struct item){ .type = ITEM_CLOSE, .depth = o->depth };
}

void put_close_or_drop(struct put *o)
{
	if (o->depth && o->open[o->depth - 1] == o->n - 1)
		o->n = o->open[--o->depth];
	else
		put_close(o);
}

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

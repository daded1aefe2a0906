/*
 * Allow rules: one function says whether a rule matches a contact; everything else only narrows
 * which rules are asked.  Each rule hangs at one anchor: of the things it demands (a host prefix, an
 * element, a role, a port...) the one that the fewest other rules demand.  A contact looks up the
 * anchors that it could meet, a few dozen whatever the number of rules.
 */
#include "rules.h"

#include "err.h"
#include "hash.h"

#include <stdlib.h>
#include <string.h>

/* A contact's end with what the register knows of it. */
struct point {
	struct addr	addr;
	const char	*element, *site, *supplier[PARTS];
	uint64_t	roles;
};

static struct point point_of(const struct reg *reg, const struct end *e)
{
	struct point p = { .addr = e->addr, .element = e->element, .roles = e->roles };

	if (reg && e->reg != REG_NONE) {
		const struct reg_element *r = &reg->elements.v[e->reg];

		p.element = p.element ? p.element : r->id.s;
		p.roles |= r->roles;
		p.site = r->site.s;
		for (unsigned i = 0; i < PARTS; i++)
			p.supplier[i] = r->supplier[i].s;
	}
	return p;
}

static bool supplied_by(const struct texts *suppliers, const struct point *p)
{
	for (unsigned i = 0; i < PARTS; i++)
		if (texts_hold(suppliers, p->supplier[i]))
			return true;
	return false;
}

static bool selects(const struct selector *s, const struct point *p)
{
	return (!s->hosts.n || prefixes_hold(&s->hosts, &p->addr)) && (!s->roles || s->roles & p->roles) &&
	       (!s->elements.n || texts_hold(&s->elements, p->element)) && (!s->sites.n || texts_hold(&s->sites, p->site)) &&
	       (!s->suppliers.n || supplied_by(&s->suppliers, p));
}

bool protocol_in(const struct allow_rule *r, uint8_t protocol)
{
	const uint64_t *s = r->protocols;

	return !(s[0] | s[1] | s[2] | s[3]) || s[protocol / 64] >> protocol % 64 & 1;
}

static bool port_in(const struct ports *p, uint16_t port)
{
	for (uint32_t i = 0; i < p->n; i++)
		if (port >= p->v[i].lo && port <= p->v[i].hi)
			return true;
	return !p->n;
}

struct contact { struct point from, to; uint8_t protocol; uint16_t port; uint64_t t_ns; };

static bool matches(const struct allow_rule *r, const struct contact *c)
{
	return protocol_in(r, c->protocol) && (!r->ports.n || (has_ports(c->protocol) && port_in(&r->ports, c->port))) &&
	       c->t_ns >= r->window.since_ns && c->t_ns < r->window.until_ns && selects(&r->from, &c->from) && selects(&r->to, &c->to);
}

/* ---- anchors ---- */

enum what { AT_HOST = 0, AT_ELEMENT = 2, AT_SUPPLIER = 4, AT_SITE = 6, AT_ROLE = 8, AT_PORT = 10, WHATS };	/* + 1: of `to` */
enum { ANCHOR = 19, ANCHOR_PORTS = 64, SLOTS_MAX = 1 << 22 };
struct anchor { uint8_t b[80]; size_t n; };

static struct anchor anchor_host(unsigned side, const struct addr *net, unsigned bits)
{
	struct anchor a = { .n = ANCHOR };

	a.b[0] = (uint8_t)(AT_HOST + side);
	a.b[1] = net->fam;
	a.b[2] = (uint8_t)bits;
	memcpy(a.b + 3, net->b, 16);
	return a;
}

static struct anchor anchor_text(unsigned what, const char *s)
{
	struct anchor a = { .b = { (uint8_t)what } };
	size_t n = strlen(s);

	n = n < sizeof(a.b) - 1 ? n : sizeof(a.b) - 1;
	memcpy(a.b + 1, s, n);
	a.n = n + 1;
	return a;
}

static struct anchor anchor_number(unsigned what, unsigned v)
{
	return (struct anchor){ { (uint8_t)what, (uint8_t)(v >> 8), (uint8_t)v }, 3 };
}

/* The k-th anchor of a rule at one kind of demand; false: no more. */
static bool anchor_at(const struct allow_rule *r, unsigned what, uint32_t k, struct anchor *a)
{
	const struct selector *s = what & 1 ? &r->to : &r->from;
	const struct texts *t = NULL;

	switch ((enum what)(what & ~1u)) {
	case AT_HOST:
		if (k < s->hosts.n)
			*a = anchor_host(what & 1, &s->hosts.v[k].net, s->hosts.v[k].bits);
		return k < s->hosts.n;
	case AT_ELEMENT: t = &s->elements; break;
	case AT_SUPPLIER: t = &s->suppliers; break;
	case AT_SITE: t = &s->sites; break;
	case AT_ROLE:
		for (uint64_t roles = s->roles; roles; roles &= roles - 1)
			if (!k--) {
				*a = anchor_number(what, (unsigned)__builtin_ctzll(roles));
				return true;
			}
		return false;
	case AT_PORT:
		for (uint32_t i = 0; i < r->ports.n; i++) {
			uint32_t n = r->ports.v[i].hi - r->ports.v[i].lo + 1u;

			if (k < n) {
				*a = anchor_number(what, r->ports.v[i].lo + k);
				return true;
			}
			k -= n;
		}
		return false;
	case WHATS: break;
	}
	if (!t || k >= t->n)
		return false;
	*a = anchor_text(what, t->v[k].s);
	return true;
}

/* How many there are at each kind; a rule with many ports hangs elsewhere. */
static void anchors_of(const struct allow_rule *r, uint32_t n[WHATS])
{
	uint32_t ports = 0;

	for (unsigned side = 0; side < 2; side++) {
		const struct selector *s = side ? &r->to : &r->from;

		n[AT_HOST + side] = s->hosts.n;
		n[AT_ELEMENT + side] = s->elements.n;
		n[AT_SUPPLIER + side] = s->suppliers.n;
		n[AT_SITE + side] = s->sites.n;
		n[AT_ROLE + side] = (uint32_t)__builtin_popcountll(s->roles);
	}
	for (uint32_t i = 0; i < r->ports.n; i++)
		ports += r->ports.v[i].hi - r->ports.v[i].lo + 1u;
	n[AT_PORT] = ports <= ANCHOR_PORTS ? ports : 0;
}

static void hang(struct policy *p, const struct anchor *a, uint32_t rule)
{
	uint8_t *key = own_take(&p->own, a->n);

	if (!key)
		return;
	memcpy(key, a->b, a->n);
	keyed_add(&p->anchors, key, a->n, rule);
}

/*
 * How many rules demand what falls in the same slot.  Two demands in one slot count as one: a rule
 * may then hang where more others do, which costs a look-up time and changes no answer.
 */
struct crowds {
	uint32_t	*slot;			/* by hash & mask */
	uint32_t	*at;			/* of each anchor of each rule in turn: its hash */
	size_t		 n, cap;
	uint32_t	 mask;
};

static bool crowds_add(struct crowds *c, uint32_t hash)
{
	if (c->n == c->cap) {
		size_t cap = c->cap ? c->cap * 2 : 1024;
		uint32_t *at = realloc(c->at, cap * sizeof(*at));

		if (!at)
			return false;
		c->at = at;
		c->cap = cap;
	}
	c->at[c->n++] = hash;
	return true;
}

static int crowds_count(struct crowds *c, const struct policy *p)
{
	static const uint8_t seed[] = "anchors";
	struct hash_key key = hash_key_make(seed, sizeof(seed));
	size_t slots = 1024;

	for (uint32_t i = 0; i < p->allow.n; i++) {
		uint32_t n[WHATS];

		anchors_of(&p->allow.v[i], n);
		for (unsigned what = 0; what < WHATS; what++) {
			struct anchor a;

			for (uint32_t k = 0; k < n[what] && anchor_at(&p->allow.v[i], what, k, &a); k++)
				if (!crowds_add(c, (uint32_t)hash_bytes(&key, a.b, a.n)))
					return FW_ENOMEM;
		}
	}
	while (slots < c->n * 2 && slots < SLOTS_MAX)
		slots *= 2;
	c->mask = (uint32_t)slots - 1;
	c->slot = calloc(slots, sizeof(*c->slot));
	if (!c->slot)
		return FW_ENOMEM;
	for (size_t i = 0; i < c->n; i++)
		c->slot[c->at[i] & c->mask]++;
	return FW_OK;
}

/* *next: the rule's first anchor in c->at; moved past its last. */
static void hang_best(struct policy *p, const struct crowds *c, size_t *next, uint32_t i)
{
	const struct allow_rule *r = &p->allow.v[i];
	unsigned best = WHATS;
	uint64_t least = UINT64_MAX;
	uint32_t n[WHATS];
	struct anchor a;

	anchors_of(r, n);
	for (unsigned what = 0; what < WHATS; what++) {
		uint64_t sum = 0;

		for (uint32_t k = 0; k < n[what]; k++)
			sum += c->slot[c->at[(*next)++] & c->mask];
		if (n[what] && sum < least) {
			least = sum;
			best = what;
		}
	}
	for (uint32_t k = 0; best < WHATS && anchor_at(r, best, k, &a); k++) {
		hang(p, &a, i);
		if (best < AT_ELEMENT) {
			unsigned bits = a.b[2], word = a.b[1] == 4 ? 0 : 1 + bits / 64;

			p->anchor_used[best][word] |= (uint64_t)1 << bits % 64;
		}
	}
}

int allow_compile(struct policy *p)
{
	struct crowds c = { 0 };
	int err = crowds_count(&c, p);
	size_t next = 0;

	for (uint32_t i = 0; err == FW_OK && i < p->allow.n; i++)
		hang_best(p, &c, &next, i);
	keyed_sort(&p->anchors);
	free(c.slot);
	free(c.at);
	return p->anchors.full || p->own.full ? FW_ENOMEM : err;
}

/* ---- asking ---- */

/* Rules below `best` that hang at an anchor are offered to `take`, which returns the new best. */
struct asking {
	const struct policy *p;
	const struct contact *c;
	uint32_t	best;
	const struct allow_rule *under;		/* not NULL: a rule that must be covered, not a contact */
	const struct reg *reg;
};

static bool covers(const struct reg *reg, const struct allow_rule *a, const struct allow_rule *b);

static void ask(struct asking *q, const struct anchor *a)
{
	uint32_t n;
	const struct keyed_entry *e = keyed_find(&q->p->anchors, a->b, a->n, &n);

	for (uint32_t i = 0; i < n && e[i].value < q->best; i++) {
		const struct allow_rule *r = &q->p->allow.v[e[i].value];

		if (q->under ? covers(q->reg, r, q->under) : matches(r, q->c))
			q->best = e[i].value;
	}
}

static void ask_hosts(struct asking *q, unsigned side, const struct addr *addr)
{
	for (int bits = addr->fam == 4 ? 32 : addr->fam == 6 ? 128 : -1; bits >= 0; bits--) {
		unsigned word = addr->fam == 4 ? 0 : 1 + (unsigned)bits / 64;
		struct addr net;
		struct anchor a;

		if (!(q->p->anchor_used[side][word] >> bits % 64 & 1))
			continue;
		net = addr_net(addr, (unsigned)bits);
		a = anchor_host(side, &net, (unsigned)bits);
		ask(q, &a);
	}
}

static void ask_text(struct asking *q, unsigned what, const char *s)
{
	struct anchor a;

	if (!s)
		return;
	a = anchor_text(what, s);
	ask(q, &a);
}

static void ask_end(struct asking *q, unsigned side, const struct point *p)
{
	ask_hosts(q, side, &p->addr);
	ask_text(q, AT_ELEMENT + side, p->element);
	ask_text(q, AT_SITE + side, p->site);
	for (unsigned i = 0; i < PARTS; i++)
		ask_text(q, AT_SUPPLIER + side, p->supplier[i]);
	for (uint64_t roles = p->roles; roles; roles &= roles - 1) {
		struct anchor a = anchor_number(AT_ROLE + side, (unsigned)__builtin_ctzll(roles));

		ask(q, &a);
	}
}

static uint32_t ask_all(struct asking *q)
{
	struct anchor port = anchor_number(AT_PORT, q->c->port);

	q->best = POLICY_NONE;
	ask_end(q, 0, &q->c->from);
	ask_end(q, 1, &q->c->to);
	ask(q, &port);
	return q->best;
}

uint32_t policy_allows(const struct policy *p, const struct reg *reg, const struct end *from, const struct end *to, uint8_t protocol, uint16_t port,
	uint64_t t_ns)
{
	struct contact c = { point_of(reg, from), point_of(reg, to), protocol, port, t_ns };
	struct asking q = { .p = p, .c = &c };

	return ask_all(&q);
}

uint32_t policy_allows_slowly(const struct policy *p, const struct reg *reg, const struct end *from, const struct end *to, uint8_t protocol, uint16_t port,
	uint64_t t_ns)
{
	struct contact c = { point_of(reg, from), point_of(reg, to), protocol, port, t_ns };

	for (uint32_t i = 0; i < p->allow.n; i++)
		if (matches(&p->allow.v[i], &c))
			return i;
	return POLICY_NONE;
}

/* ---- rules that an earlier one covers ---- */

static bool texts_within(const struct texts *of, const struct texts *in)
{
	for (uint32_t i = 0; i < of->n; i++)
		if (!texts_hold(in, of->v[i].s))
			return false;
	return of->n > 0;
}

static bool prefix_within(const struct prefix *p, const struct prefixes *in)
{
	for (uint32_t i = 0; i < in->n; i++)
		if (p->bits >= in->v[i].bits && addr_in(&p->net, &in->v[i].net, in->v[i].bits))
			return true;
	return false;
}

static bool prefixes_within(const struct prefixes *of, const struct prefixes *in)
{
	for (uint32_t i = 0; i < of->n; i++)
		if (!prefix_within(&of->v[i], in))
			return false;
	return of->n > 0;
}

/* Each element that b names is one that a's other keys hold for. */
static bool elements_within(const struct reg *reg, const struct texts *names, const struct selector *a)
{
	for (uint32_t i = 0; i < names->n; i++) {
		uint32_t at = reg ? reg_element_by_id(reg, names->v[i].s, strlen(names->v[i].s)) : REG_NONE;
		struct end e = { .element = names->v[i].s, .reg = at };
		struct selector rest = *a;
		struct point p;

		if (at == REG_NONE)
			return false;
		p = point_of(reg, &e);
		rest.hosts.n = 0;
		if (!selects(&rest, &p) || (a->hosts.n && !reg->elements.v[at].addresses.n))
			return false;
		for (uint32_t k = 0; a->hosts.n && k < reg->elements.v[at].addresses.n; k++)
			if (!prefix_within(&reg->elements.v[at].addresses.v[k].p, &a->hosts))
				return false;
	}
	return names->n > 0;
}

static bool end_covers(const struct reg *reg, const struct selector *a, const struct selector *b)
{
	bool by_keys = (!a->hosts.n || prefixes_within(&b->hosts, &a->hosts)) && (!a->roles || (b->roles && !(b->roles & ~a->roles))) &&
		(!a->elements.n || texts_within(&b->elements, &a->elements)) && (!a->sites.n || texts_within(&b->sites, &a->sites)) &&
		(!a->suppliers.n || texts_within(&b->suppliers, &a->suppliers));

	return by_keys || elements_within(reg, &b->elements, a);
}

static bool protocols_cover(const struct allow_rule *a, const struct allow_rule *b)
{
	bool all_a = !(a->protocols[0] | a->protocols[1] | a->protocols[2] | a->protocols[3]);
	bool all_b = !(b->protocols[0] | b->protocols[1] | b->protocols[2] | b->protocols[3]);

	for (unsigned i = 0; !all_a && i < 4; i++) {
		uint64_t asked = all_b ? ~(uint64_t)0 : b->protocols[i];

		for (unsigned k = 0; b->ports.n && k < 64; k++)		/* with ports: only what has them */
			if (!has_ports(i * 64 + k))
				asked &= ~((uint64_t)1 << k);
		if (asked & ~a->protocols[i])
			return false;
	}
	return true;
}

/* One past the range of p that holds the port; 0: none does. */
static uint32_t range_past(const struct ports *p, uint32_t port)
{
	for (uint32_t i = 0; i < p->n; i++)
		if (port >= p->v[i].lo && port <= p->v[i].hi)
			return p->v[i].hi + 1u;
	return 0;
}

static bool ports_cover(const struct ports *a, const struct ports *b)
{
	if (!a->n || !b->n)
		return !a->n;
	for (uint32_t i = 0; i < b->n; i++)
		for (uint32_t port = b->v[i].lo; port <= b->v[i].hi;) {
			port = range_past(a, port);
			if (!port)
				return false;
		}
	return true;
}

static bool covers(const struct reg *reg, const struct allow_rule *a, const struct allow_rule *b)
{
	return ports_cover(&a->ports, &b->ports) && a->window.since_ns <= b->window.since_ns && a->window.until_ns >= b->window.until_ns &&
	       protocols_cover(a, b) && end_covers(reg, &a->from, &b->from) && end_covers(reg, &a->to, &b->to);
}

/* A point that the selector holds for: a rule that covers it hangs at an anchor that this point meets. */
static struct point sample(const struct reg *reg, const struct selector *s)
{
	struct point p = { .element = s->elements.n ? s->elements.v[0].s : NULL };

	if (p.element && reg) {
		uint32_t at = reg_element_by_id(reg, p.element, strlen(p.element));
		struct end e = { .element = p.element, .reg = at };

		p = point_of(reg, &e);
		if (at != REG_NONE && reg->elements.v[at].addresses.n)
			p.addr = reg->elements.v[at].addresses.v[0].p.net;
	}
	if (s->hosts.n)
		p.addr = s->hosts.v[0].net;
	p.roles |= s->roles;
	p.site = s->sites.n ? s->sites.v[0].s : p.site;
	p.supplier[0] = s->suppliers.n ? s->suppliers.v[0].s : p.supplier[0];
	return p;
}

uint32_t allow_covered(const struct policy *p, const struct reg *reg, uint32_t i)
{
	const struct allow_rule *r = &p->allow.v[i];
	struct contact c = { .from = sample(reg, &r->from), .to = sample(reg, &r->to), .port = r->ports.n ? r->ports.v[0].lo : 0 };
	struct asking q = { .p = p, .c = &c, .under = r, .reg = reg };
	uint32_t by;

	by = ask_all(&q);
	return by < i ? by : POLICY_NONE;
}

/* A fact as one line of JSON (DESIGN.md section 4): head, keys, `ies`, `skipped`. */
#include "factlist.h"

static void value(struct json *j, const struct item *i)
{
	char text[ADDR_TEXT];
	struct addr a;

	switch ((enum item_type)i->type) {
	case ITEM_UINT: json_num(j, i->v.u); break;
	case ITEM_BOOL: json_bool(j, i->v.u != 0); break;
	case ITEM_OCTETS:
	case ITEM_BITS: json_hex(j, i->v.p, i->len); break;
	case ITEM_TEXT: json_text(j, (const char *)i->v.p, i->len); break;
	case ITEM_ADDR:
		a = item_addr(i);
		json_text(j, text, addr_text(&a, text));
		break;
	case ITEM_OPEN:
	case ITEM_CLOSE:
	case ITEM_SKIP: json_nil(j); break;
	}
}

static bool is_key(const struct item *i)
{
	return i->type != ITEM_OPEN && i->type != ITEM_CLOSE && i->type != ITEM_SKIP;
}

static const struct item *next_same(const struct item *i, const struct item *end, uint16_t key)
{
	for (; i < end; i++) {
		if (i->type == ITEM_OPEN)
			i += i->len;
		else if (is_key(i) && i->key == key)
			return i;
	}
	return NULL;
}

static const struct item *next_of(const struct item *i, const struct item *end, enum item_type type)
{
	for (; i < end; i++) {
		if (i->type == type)
			return i;
		if (i->type == ITEM_OPEN)
			i += i->len;
	}
	return NULL;
}

/* The keys of one object, each once; a repeated one as an array in wire order. */
static void keys(struct json *j, const struct item *from, const struct item *end)
{
	uint8_t done[(FACT_KEYS + 7) / 8] = { 0 };

	for (const struct item *i = from; i < end; i++) {
		if (i->type == ITEM_OPEN) {
			i += i->len;
			continue;
		}
		if (!is_key(i) || done[i->key / 8] >> i->key % 8 & 1)
			continue;
		done[i->key / 8] |= (uint8_t)(1 << i->key % 8);
		json_key(j, fact_key_name((enum fact_key)i->key));
		if (!next_same(i + 1, end, i->key)) {
			value(j, i);
			continue;
		}
		json_list(j);
		for (const struct item *k = i; k; k = next_same(k + 1, end, i->key))
			value(j, k);
		json_list_end(j);
	}
}

static void skipped(struct json *j, const struct item *from, const struct item *end)
{
	const struct item *i = next_of(from, end, ITEM_SKIP);

	if (!i)
		return;
	json_key(j, "skipped");
	json_list(j);
	for (; i; i = next_of(i + 1, end, ITEM_SKIP))
		json_num(j, i->v.u);
	json_list_end(j);
}

/* Objects inside objects, with a stack of our own: depth is bounded by FACT_DEPTH. */
static void items(struct json *j, const struct item *from, const struct item *end)
{
	struct { const struct item *at, *end, *from; bool listed; } s[FACT_DEPTH + 1];
	unsigned d = 0;

	s[0].from = s[0].at = from;
	s[0].end = end;
	s[0].listed = false;
	keys(j, from, end);
	for (;;) {
		const struct item *g = next_of(s[d].at, s[d].end, ITEM_OPEN);

		if (g && d < FACT_DEPTH) {
			if (!s[d].listed) {
				json_key(j, "ies");
				json_list(j);
				s[d].listed = true;
			}
			s[d].at = g + g->len + 1;
			d++;
			s[d].from = s[d].at = g + 1;
			s[d].end = g + g->len;
			s[d].listed = false;
			json_open(j);
			if (g->v.u != ITEM_NO_ID)
				json_knum(j, "id", g->v.u);
			keys(j, s[d].from, s[d].end);
			continue;
		}
		if (s[d].listed)
			json_list_end(j);
		skipped(j, s[d].from, s[d].end);
		if (!d--)
			return;
		json_close(j);
	}
}

static void kaddr(struct json *j, const char *key, const struct addr *a)
{
	char text[ADDR_TEXT];

	json_key(j, key);
	json_text(j, text, addr_text(a, text));
}

static void ktime(struct json *j, const char *key, uint64_t t_ns)
{
	char text[TIME_TEXT];

	json_key(j, key);
	json_text(j, text, time_text(t_ns, text));
}

void fact_net_print(struct json *j, const struct addr *a, bool prefix, unsigned bits)
{
	char text[ADDR_TEXT + 5];
	struct addr net = prefix ? addr_net(a, bits) : *a;
	size_t n = addr_text(&net, text);

	if (prefix) {
		text[n++] = '/';
		if (bits >= 100)
			text[n++] = (char)('0' + bits / 100);
		if (bits >= 10)
			text[n++] = (char)('0' + bits / 10 % 10);
		text[n++] = (char)('0' + bits % 10);
	}
	json_text(j, text, n);
}

/* By its name when it has one here. */
static void kprotocol(struct json *j, const char *key, unsigned protocol)
{
	const char *name = protocol_name(protocol);

	json_key(j, key);
	if (name)
		json_str(j, name);
	else
		json_num(j, protocol);
}

static void kpool(struct json *j, const char *key, const struct addr *a, bool pool, unsigned bits)
{
	json_key(j, key);
	fact_net_print(j, a, pool, bits);
}

static void frame_list(struct json *j, const struct frames *l)
{
	json_key(j, "frames");
	json_list(j);
	for (uint32_t i = 0; i < l->n; i++)
		json_num(j, l->at[i]);
	json_list_end(j);
	json_knum(j, "frames_total", l->total);
}

/* Only of what a tunnel carried. */
static void kouter(struct json *j, uint8_t outer)
{
	char text[OUTER_TEXT];

	if (outer)
		json_kstr(j, "outer", outer_text(outer, text));
}

static void tunnel(struct json *j, const struct fact *f)
{
	const struct tally_tunnel *t = &f->u.tunnel;

	ktime(j, "from", t->from_ns);
	ktime(j, "until", t->until_ns);
	json_knum(j, "first_frame", t->first_frame);
	json_knum(j, "last_frame", t->last_frame);
	kaddr(j, "src", &f->src);
	kaddr(j, "dst", &f->dst);
	kouter(j, f->outer);
	json_knum(j, "gtp.teid", t->teid);
	json_knum(j, "packets", t->all.packets);
	json_knum(j, "bytes", t->all.bytes);
	if (t->unordered.total)
		frame_list(j, &t->unordered);
	json_key(j, "inner");
	json_open(j);
	for (unsigned i = 0; i < INNER_CLASSES; i++) {
		if (i == INNER_UNBOUND && !t->inner[i].packets)
			continue;
		json_key(j, inner_name((enum inner_class)i));
		json_open(j);
		json_knum(j, "packets", t->inner[i].packets);
		json_knum(j, "bytes", t->inner[i].bytes);
		if (i != INNER_UE && i != INNER_UNBOUND)
			frame_list(j, &t->frames[i]);
		json_close(j);
	}
	json_close(j);
}

static void contact(struct json *j, const struct fact *f)
{
	static const char *const opened[] = { "unknown", "a", "b" };
	const struct tally_contact *t = &f->u.contact;

	ktime(j, "from", t->from_ns);
	ktime(j, "until", t->until_ns);
	kpool(j, "a", &f->src, t->ue_a, t->pool_bits_a);
	kpool(j, "b", &f->dst, t->ue_b, t->pool_bits_b);
	kprotocol(j, "protocol", t->protocol);
	json_knum(j, "port", t->port);
	json_kstr(j, "service", opened[t->at]);
	json_knum(j, "packets_ab", t->ab.packets);
	json_knum(j, "packets_ba", t->ba.packets);
	json_knum(j, "bytes_ab", t->ab.bytes);
	json_knum(j, "bytes_ba", t->ba.bytes);
	json_kstr(j, "opened_by", opened[t->opened]);
	json_kbool(j, "inner", t->inner);
	kouter(j, f->outer);
	frame_list(j, &t->frames);
}

static void list32(struct json *j, const char *key, const uint32_t *v, uint32_t n)
{
	json_key(j, key);
	json_list(j);
	for (uint32_t i = 0; i < n; i++)
		json_num(j, v[i]);
	json_list_end(j);
}

static void head(struct json *j, const struct fact *f)
{
	json_knum(j, "frame", f->frame);
	if (f->nframes > 1)
		list32(j, "frames", f->frames, f->nframes);
	json_knum(j, "off", f->off);
	json_knum(j, "len", f->len);
	ktime(j, "t", f->t_ns);
	if (f->nvlan) {
		json_key(j, "vlan");
		json_list(j);
		for (unsigned i = 0; i < f->nvlan; i++)
			json_num(j, f->vlan[i]);
		json_list_end(j);
	}
	kaddr(j, "src", &f->src);
	kaddr(j, "dst", &f->dst);
	json_knum(j, "sport", f->sport);
	json_knum(j, "dport", f->dport);
	if (f->transport)
		kprotocol(j, "transport", f->transport);
	kouter(j, f->outer);
	if (f->dup)
		json_knum(j, "dup", f->dup);
	if (f->decrypted)
		json_kbool(j, "decrypted", true);
	json_kstr(j, "outcome", outcome_name((enum outcome)f->outcome));
	items(j, f->item, f->item + f->nitem);
}

void fact_print(struct json *j, const struct fact *f)
{
	bool tally = f->kind == FACT_TUNNEL || f->kind == FACT_CONTACT;

	json_open(j);
	json_knum(j, "n", f->n);
	if (f->in)
		json_knum(j, "in", f->in);
	json_kstr(j, "kind", fact_kind_name((enum fact_kind)f->kind));
	if (tally)
		json_kstr(j, "what", f->kind == FACT_TUNNEL ? "tunnel" : "contact");
	json_knum(j, "input", f->input);
	if (f->kind == FACT_TUNNEL)
		tunnel(j, f);
	else if (f->kind == FACT_CONTACT)
		contact(j, f);
	else
		head(j, f);
	json_close(j);
	json_line(j);
}

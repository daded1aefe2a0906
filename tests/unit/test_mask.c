/*
 * Masked frames (fw_mask()): over every golden capture and captures by others (FW_CAPTURES, when it is set), what is decoded of
 * masked frames is what is decoded of the frames, identities apart; masked again they are the same.  Argument: the source tree.
 */
#include "tap.h"

#include "err.h"
#include "fact.h"
#include "fairwitness.h"
#include "frames.h"

static const char *root;

/* ---- facts as text ---- */

struct text { char *s; size_t n, cap; bool uncounted; struct json json; };

static int add(void *ctx, const char *p, size_t n)
{
	struct text *t = ctx;

	while (t->n + n + 1 > t->cap) {
		t->cap = t->cap ? 2 * t->cap : 1 << 16;
		t->s = realloc(t->s, t->cap);
		if (!t->s)
			abort();
	}
	memcpy(t->s + t->n, p, n);
	t->n += n;
	t->s[t->n] = 0;
	return 0;
}

static void blank(struct item *i)
{
	static const uint8_t zeros[64];

	switch (i->key) {
	case KEY_NAS_subscriber:
	case KEY_NAS_tmsi:
	case KEY_NGAP_fiveG_TMSI:
	case KEY_NAS_pdu_addr_iid:
	case KEY_PFCP_ue_ip_ipv4:
	case KEY_PFCP_ue_ip_ipv6:
	case KEY_NAS_pdu_addr_ipv4:
	case KEY_S1AP_tmsi:
	case KEY_NASEPS_pdn_ipv4:
	case KEY_NASEPS_pdn_iid:
	case KEY_GTPV2_paa_ipv4:
	case KEY_GTPV2_paa_ipv6:
	case KEY_GTP_user_ipv4:
	case KEY_GTP_user_ipv6:
	case KEY_DIAMETER_framed_ipv4:
	case KEY_DIAMETER_session_id:		/* an identity may stand in it */
		i->v.p = zeros;
		i->len = i->key == KEY_NAS_subscriber ? 0 : i->len > 64 ? 64 : i->len;
		if (i->type == ITEM_TEXT)
			i->len = 0;
		break;
	default: break;
	}
}

/* What subscribers send in tunnels is masked as a whole: then its class can not be told from that of what was never read. */
static void one_class(struct count c[INNER_CLASSES])
{
	c[INNER_UNBOUND].packets += c[INNER_UE].packets;
	c[INNER_UNBOUND].bytes += c[INNER_UE].bytes;
	c[INNER_UE] = (struct count){ 0, 0 };
}

static void on_fact(void *ctx, const struct fact *f)
{
	static struct item items[FACT_ITEMS];
	struct fact copy = *f;
	struct text *t = ctx;

	for (uint32_t i = 0; i < f->nitem; i++) {
		items[i] = f->item[i];
		blank(&items[i]);
	}
	copy.item = items;
	if (f->kind == FACT_TUNNEL)
		one_class(copy.u.tunnel.inner);
	if (t->uncounted && f->kind == FACT_TUNNEL) {
		copy.u.tunnel.all = (struct count){ 0, 0 };
		memset(copy.u.tunnel.inner, 0, sizeof(copy.u.tunnel.inner));
	}
	if (t->uncounted && f->kind == FACT_CONTACT)
		copy.u.contact.ab = copy.u.contact.ba = (struct count){ 0, 0 };
	fact_print(&t->json, &copy);
}

static void hmac(void *ctx, const void *data, size_t n, uint8_t out[32])
{
	uint64_t h = 1469598103934665603u;

	(void)ctx;
	for (size_t i = 0; i < n; i++)
		h = (h ^ ((const uint8_t *)data)[i]) * 1099511628211u;
	memset(out, 0, 32);
	memcpy(out, &h, 8);
}

static struct fw_pool pools[2] = { { .fam = 4, .bits = 16, .addr = { 10, 60 } }, { .fam = 6, .bits = 32, .addr = { 0x20, 0x01, 0x0d, 0xb8 } } };

static struct fw_config config(bool masked)
{
	return (struct fw_config){ .crypto = { .hmac = hmac }, .masked = masked, .pools = pools, .npools = 1 };
}

static struct text decode(const struct frame *f, size_t n, bool uncounted)
{
	struct fw_config cfg = config(true);	/* what identities would link is not linked */
	struct text t = { NULL, 0, 0, uncounted, { 0 } };
	struct fw *w;

	json_start(&t.json, add, &t);
	cfg.fact = on_fact;
	cfg.ctx = &t;
	if (fw_new(&w, &cfg))
		abort();
	fw_feed(w, f, n);
	if (fw_end(w) || json_done(&t.json))
		abort();
	fw_free(w);
	(void)add(&t, "", 0);
	return t;
}

/* ---- masking ---- */

struct masked { struct frame *at; size_t n; uint64_t class[256]; bool tiled, zero; char **chunks; };

static void on_masked(void *ctx, size_t i, const struct fw_masked *m)
{
	struct masked *x = ctx;
	uint8_t *b = malloc(m->n + 1u);
	uint32_t at = 0;
	char last = 0;

	if (!b)
		abort();
	memcpy(b, m->data, m->n);
	x->at[i].data = b;
	for (size_t k = 0; k < m->nchunks; k++) {
		const struct fw_chunk *c = &m->chunk[k];

		x->tiled &= c->off == at && c->len && c->class != last && strchr("HSIKU", c->class) && c->off + c->len <= m->n;
		last = c->class;
		at += c->len;
		x->class[(uint8_t)c->class] += c->len;
		for (uint32_t o = 0; fw_class_masked(c->class) && o < c->len; o++)
			x->zero &= !m->data[c->off + o];
	}
	x->tiled &= at == m->n;
}

static struct masked mask(const struct frame *f, size_t n, bool again)
{
	struct masked x = { .n = n, .tiled = true, .zero = true };
	struct fw_config cfg = config(again);

	x.at = malloc((n + 1) * sizeof(*x.at));
	if (!x.at)
		abort();
	if (n)
		memcpy(x.at, f, n * sizeof(*f));
	if (fw_mask(&cfg, f, n, on_masked, &x))
		abort();
	return x;
}

static void masked_free(struct masked *x)
{
	struct frames_of f = { x->at, x->n };

	frames_free(&f);
}

/* ---- the captures ---- */

/* uncounted: two packets of subscribers that differ in what is masked only, within 10 ms, look like one captured twice. */
struct all { unsigned captures, bad, uncounted; bool others; uint64_t class[256]; };

static void differ(const char *path, const struct text *a, const struct text *b)
{
	const char *x = a->s, *y = b->s;

	printf("# %s\n", path);
	for (unsigned shown = 0; *x && *y && shown < 4; ) {
		size_t n = strcspn(x, "\n"), m = strcspn(y, "\n");

		if (n != m || memcmp(x, y, n)) {
			printf("#  frames  %.*s\n#  masked  %.*s\n", (int)(n < 1500 ? n : 1500), x, (int)(m < 1500 ? m : 1500), y);
			shown++;
		}
		x += n + (x[n] != 0);
		y += m + (y[m] != 0);
	}
	if (*x || *y)
		printf("#  and more\n");
}

static void one(const char *path, void *ctx)
{
	struct frames_of f = frames_load(path);
	struct text a = decode(f.at, f.n, false), b;
	struct masked m = mask(f.at, f.n, false), again = mask(m.at, m.n, true);
	struct all *all = ctx;
	bool same, still = true;

	b = decode(m.at, m.n, false);
	same = a.n == b.n && !memcmp(a.s, b.s, a.n);
	if (!same && all->others) {
		free(a.s);
		free(b.s);
		a = decode(f.at, f.n, true);
		b = decode(m.at, m.n, true);
		same = a.n == b.n && !memcmp(a.s, b.s, a.n);
		all->uncounted += same;
	}
	for (size_t i = 0; i < m.n; i++)
		still &= !m.at[i].caplen || !memcmp(m.at[i].data, again.at[i].data, m.at[i].caplen);
	all->captures++;
	if (!same)
		differ(path, &a, &b);
	if (!m.tiled || !m.zero || !still)
		printf("# %s: tiled %d, zero %d, the same again %d\n", path, m.tiled, m.zero, still);
	all->bad += !same || !m.tiled || !m.zero || !still;
	for (unsigned i = 0; i < 256; i++)
		all->class[i] += m.class[i];
	masked_free(&m);
	masked_free(&again);
	frames_free(&f);
	free(a.s);
	free(b.s);
}

static void say(const char *where, const struct all *x)
{
	printf("# %s: %u captures, %u but for counts; octets H %llu S %llu I %llu K %llu U %llu\n", where, x->captures, x->uncounted, (unsigned long long)x->class['H'],
		(unsigned long long)x->class['S'], (unsigned long long)x->class['I'], (unsigned long long)x->class['K'], (unsigned long long)x->class['U']);
}

static void what_is_decoded_of_masked_frames_is_what_is_decoded_of_the_frames(void)
{
	struct all all = { .captures = 0 };
	char dir[1000];

	(void)snprintf(dir, sizeof(dir), "%s/tests/golden", root);
	EXPECT(each_capture(dir, one, &all) > 200);
	EXPECT(!all.bad);
	say("golden", &all);
}

static void the_same_of_captures_by_others(void)
{
	struct all all = { .others = true };
	const char *dir = getenv("FW_CAPTURES");

	if (!dir || !each_capture(dir, one, &all))
		return;
	EXPECT(!all.bad);
	say("by others", &all);
}

int main(int argc, char **argv)
{
	root = argc > 1 ? argv[1] : ".";
	TEST(what_is_decoded_of_masked_frames_is_what_is_decoded_of_the_frames);
	TEST(the_same_of_captures_by_others);
	return tap_end();
}

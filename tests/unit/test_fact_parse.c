/* Lists of facts read back: every fact of the golden captures, hostile lines, what newer writers add.  Argument: the source tree. */
#include "tap.h"

#include "capture.h"
#include "layers.h"
#include "model.h"
#include "readback.h"

#include <dirent.h>

static const char *root = ".";
static struct readback *rb;

/* ---- the golden captures ---- */

struct golden {
	struct layers	*l;
	struct model	*m;
	unsigned	captures, facts, kinds[FACT_KINDS];
	unsigned	differ, unlike;		/* in bytes; in what the model reads */
	char		line[FACT_KINDS][8192];	/* one of each kind, the longest that fits */
	size_t		n[FACT_KINDS];
	struct json	json;
	char		text[1 << 20];
	size_t		ntext;
	uint64_t	changed;
};

static int to_text(void *ctx, const char *p, size_t n)
{
	struct golden *g = ctx;

	if (n > sizeof(g->text) - g->ntext)
		abort();
	memcpy(g->text + g->ntext, p, n);
	g->ntext += n;
	return 0;
}

static bool same_value(const struct item *a, const struct item *b)
{
	if (a->type != b->type || a->key != b->key)
		return false;
	if (a->type == ITEM_UINT || a->type == ITEM_BOOL || a->type == ITEM_SKIP)
		return a->v.u == b->v.u && a->depth == b->depth;
	return a->type == ITEM_OPEN || a->type == ITEM_CLOSE || (a->len == b->len && !memcmp(a->v.p, b->v.p, a->len));
}

static const struct item *nth_of(const struct fact *f, uint16_t key, uint32_t *at)
{
	while (*at < f->nitem)
		if (f->item[(*at)++].key == key)
			return &f->item[*at - 1];
	return NULL;
}

/* Printing puts the keys of an object before its groups: what is asked for by key, at any depth, must come in the same order all the same. */
static bool same_by_key(const struct fact *a, const struct fact *b)
{
	if (a->nitem != b->nitem)
		return false;
	for (uint16_t k = 1; k < FACT_KEYS; k++) {
		uint32_t i = 0, j = 0;
		const struct item *x;

		while ((x = nth_of(a, k, &i))) {
			const struct item *y = nth_of(b, k, &j);

			if (!y || !same_value(x, y))
				return false;
		}
	}
	return true;
}

static bool same_head(const struct fact *a, const struct fact *b)
{
	return a->n == b->n && a->in == b->in && a->dup == b->dup && a->kind == b->kind && a->outcome == b->outcome && a->nvlan == b->nvlan &&
		a->transport == b->transport && a->input == b->input && a->frame == b->frame && a->off == b->off && a->len == b->len &&
		a->t_ns == b->t_ns && addr_eq(&a->src, &b->src) && addr_eq(&a->dst, &b->dst) && a->sport == b->sport && a->dport == b->dport &&
		(a->nframes > 1 ? a->nframes : 0) == b->nframes;
}

static bool same_contact(const struct tally_contact *a, const struct tally_contact *b)
{
	return a->from_ns == b->from_ns && a->until_ns == b->until_ns && a->protocol == b->protocol && a->ue_a == b->ue_a && a->ue_b == b->ue_b &&
		a->pool_bits_a == b->pool_bits_a && a->pool_bits_b == b->pool_bits_b && a->port == b->port && a->at == b->at &&
		a->opened == b->opened && a->inner == b->inner && a->frames.n == b->frames.n && a->frames.total == b->frames.total;
}

static void on_fact(void *ctx, const struct fact *f)
{
	struct golden *g = ctx;
	char *copy;
	enum fact_line is;

	g->ntext = 0;
	json_start(&g->json, to_text, g);
	fact_print(&g->json, f);
	(void)json_done(&g->json);
	g->facts++;
	g->kinds[f->kind]++;
	if (g->ntext <= sizeof(g->line[0]) && g->ntext > g->n[f->kind]) {
		memcpy(g->line[f->kind], g->text, g->ntext);
		g->n[f->kind] = g->ntext;
	}
	is = readback_parse(rb, g->text, g->ntext, &copy);
	if (is == LINE_FACT)
		readback_print(rb, is);
	if (is != LINE_FACT || rb->n != g->ntext || memcmp(rb->out, g->text, rb->n)) {
		g->differ++;
		printf("# %.*s# column %zu: %s\n", (int)g->ntext, g->text, rb->reader.column, rb->reader.want ? rb->reader.want : "");
	} else if (!same_head(f, &rb->content.fact) || !same_by_key(f, &rb->content.fact) ||
		   (f->kind == FACT_CONTACT && !same_contact(&f->u.contact, &rb->content.fact.u.contact))) {
		g->unlike++;
		printf("# not the same in memory: %.*s", (int)g->ntext, g->text);
	}
	free(copy);
	/* one octet changed, here and there: read or refused, and what is read is stable */
	for (size_t i = g->facts % 11; i < g->ntext - 1; i += 11) {
		char was = g->text[i];
		bool stable;

		g->text[i] = (char)(was ^ (1 << (g->changed++ & 7)));
		(void)readback_twice(rb, g->text, g->ntext, &stable);
		g->differ += !stable;
		g->text[i] = was;
	}
	model_fact(g->m, f);
}

static void on_binding(void *ctx, const struct binding *b)
{
	layers_bind(((struct golden *)ctx)->l, b);
}

static void one_capture(struct golden *g, const char *path)
{
	struct layers_config lc = { .emit = on_fact, .ctx = g, .clear = true, .hash = hash_key_make("test", 4) };
	struct model_config mc = { .bind = on_binding, .ctx = g, .hash = lc.hash };
	struct capture_opts none = { 0 };
	struct frame batch[CAPTURE_BATCH];
	struct capture *c;
	struct err e;
	unsigned n;

	if (layers_new(&g->l, &lc) || model_new(&g->m, &mc) || capture_open(&c, &path, 1, &none, &e))
		abort();
	while ((n = capture_next(c, batch, CAPTURE_BATCH)))
		layers_feed(g->l, batch, n);
	layers_end(g->l);
	capture_close(c);
	layers_free(g->l);
	model_free(g->m);
	g->captures++;
}

static struct golden *golden(void)
{
	static struct golden *g;
	char dir[4096], path[8192];
	struct dirent *e, *f;
	DIR *d, *s;

	if (g)
		return g;
	g = calloc(1, sizeof(*g));
	(void)snprintf(dir, sizeof(dir), "%s/tests/golden", root);
	d = opendir(dir);
	while (g && d && (e = readdir(d))) {
		(void)snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		s = e->d_name[0] == '.' ? NULL : opendir(path);
		while (s && (f = readdir(s))) {
			const char *dot = strrchr(f->d_name, '.');

			if (!dot || (strcmp(dot, ".pcap") && strcmp(dot, ".pcapng")))
				continue;
			(void)snprintf(path, sizeof(path), "%s/%s/%s", dir, e->d_name, f->d_name);
			one_capture(g, path);
		}
		if (s)
			(void)closedir(s);
	}
	if (d)
		(void)closedir(d);
	if (!g)
		abort();
	return g;
}

static void every_fact_of_the_golden_captures_reads_back_the_same(void)
{
	const struct golden *g = golden();

	printf("# %u captures, %u facts, %llu changes\n", g->captures, g->facts, (unsigned long long)g->changed);
	EXPECT(g->captures > 100 && g->facts > 1000);
	for (unsigned k = 0; k < FACT_KINDS; k++)
		EXPECT(g->kinds[k] > 0);
	EXPECT(!g->differ);
	EXPECT(!g->unlike);
}

/* ---- lines written by hand ---- */

#define HEAD "\"input\":0,\"frame\":6,\"off\":0,\"len\":9,\"t\":\"2026-11-02T08:00:00.000000001Z\",\"src\":\"10.1.9.1\",\"dst\":\"2001:db8::1\"," \
	"\"sport\":1,\"dport\":65535"
#define RUN "{\"kind\":\"run\",\"version\":1,\"id\":\"ab\",\"ruleset\":\"observe-0.1.0\",\"case\":\"785958d66d99a125\",\"sensor\":null," \
	"\"inputs\":[\"a.pcap\",\"b \\\"\\\\\\u0001.pcap\"],\"ue_pools\":[\"10.60.0.0/16\",\"2001:db8::/32\"],\"keep_inner\":true,\"clear\":true}\n"
#define END "{\"kind\":\"end\",\"inputs\":[{\"name\":\"a.pcap\",\"sha256\":\"0482f22895a61871cf6a7e70913fc3e2da8532abe42a09f16e16ed02d4d17927\"," \
	"\"packets\":26,\"bytes\":\"18446744073709551615\",\"first\":\"2026-11-02T08:00:00.000000000Z\",\"last\":\"2554-07-21T23:34:33.709551615Z\"}," \
	"{\"name\":\"b\",\"sha256\":null,\"packets\":0,\"bytes\":0,\"first\":null,\"last\":null,\"trouble\":\"b: holds no packet\"}]," \
	"\"coverage\":{\"packets\":26,\"bytes\":3059,\"decoded\":26,\"opaque\":0,\"malformed\":0,\"duplicate\":0,\"lost\":2,\"blind\":[]," \
	"\"by_protocol\":{\"ngap\":{\"messages\":14,\"undecoded\":0},\"pfcp\":{\"messages\":6,\"undecoded\":1}},\"cut\":0,\"not_ip\":0," \
	"\"unknown_links\":[{\"link_type\":195,\"packets\":1}],\"unread_sctp\":[{\"ppid\":18,\"packets\":3}],\"fragments\":0," \
	"\"fragments_incomplete\":0,\"sctp_retransmitted\":0,\"sctp_bad_checksum\":0,\"sctp_lost\":1,\"tcp_retransmitted\":0," \
	"\"tcp_gap_bytes\":1460,\"subscriber_packets\":0,\"nas_encrypted\":5,\"refused\":0,\"outside_window\":0,\"keep_inner\":false},\"facts\":35}\n"

static enum fact_line line_is(const char *s)
{
	bool stable;
	enum fact_line is = readback_twice(rb, s, strlen(s), &stable);

	EXPECT(stable);
	return is;
}

/* Reads and prints; true when the bytes are those of `want`. */
static bool prints(const char *s, const char *want)
{
	char *copy;
	enum fact_line is = readback_parse(rb, s, strlen(s), &copy);
	bool same;

	rb->n = 0;
	if (is != LINE_BAD)
		readback_print(rb, is);
	else
		printf("# column %zu: %s\n", rb->reader.column, rb->reader.want);
	same = rb->n == strlen(want) && !memcmp(rb->out, want, rb->n);
	if (!same)
		printf("# printed: %.*s\n", (int)rb->n, rb->out);
	free(copy);
	return same;
}

static void run_and_end_read_back_the_same(void)
{
	EXPECT(line_is(RUN) == LINE_RUN && line_is(END) == LINE_END);
	EXPECT(prints(RUN, RUN));
	EXPECT(prints(END, END));
	EXPECT(line_is("{\"kind\":\"run\",\"version\":2}") == LINE_BAD);
}

/* The trouble of a line: its column and words. */
static bool refused(const char *s, size_t column, const char *want)
{
	bool bad = line_is(s) == LINE_BAD && !strcmp(rb->reader.want, want) && (!column || rb->reader.column == column);

	if (!bad)
		printf("# column %zu: %s, not column %zu: %s\n", rb->reader.column, rb->reader.want ? rb->reader.want : "read", column, want);
	return bad;
}

static void troubles_have_a_column_and_say_what_was_expected(void)
{
	EXPECT(refused("", 1, "an object"));
	EXPECT(refused("x", 1, "an object"));
	EXPECT(refused("{\"n\":1}", 8, "the member") && !strcmp(rb->reader.member, "kind"));
	EXPECT(refused("{\"n\":1,\"kind\":\"ngap\"}", 0, "the member") && !strcmp(rb->reader.member, "input"));
	EXPECT(refused("{\"n\":1,\"kind\":\"ngap\",\"n\":2," HEAD ",\"outcome\":\"ok\"}", 22, "each member once"));
	EXPECT(refused("{\"n\":-1,\"kind\":\"ngap\"," HEAD ",\"outcome\":\"ok\"}", 6, "a whole number"));
	EXPECT(refused("{\"n\":1.5,\"kind\":\"ngap\"," HEAD ",\"outcome\":\"ok\"}", 7, "a whole number"));
	EXPECT(refused("{\"n\":01,\"kind\":\"ngap\"," HEAD ",\"outcome\":\"ok\"}", 0, "a value"));
	EXPECT(refused("{\"n\":\"18446744073709551616\",\"kind\":\"ngap\"," HEAD ",\"outcome\":\"ok\"}", 6, "a whole number"));
	EXPECT(refused("{\"n\":1,\"kind\":\"ngap\"," HEAD ",\"outcome\":\"fine\"}", 0, "a word that is known here"));
	EXPECT(refused("{\"n\":1,\"kind\":\"ngap\"," HEAD ",\"outcome\":\"ok\",\"ngap.tAC\":\"0001F\"}", 0, "an even number of hex digits"));
	EXPECT(refused("{\"n\":1,\"kind\":\"ngap\"," HEAD ",\"outcome\":\"ok\",\"ngap.tAC\":\"0001FF\"}", 0, "lower-case hex digits"));
	EXPECT(refused("{\"n\":1,\"kind\":\"ngap\"," HEAD ",\"outcome\":\"ok\",\"ngap.tAC\":17}", 0, "a string"));
	EXPECT(refused("{\"n\":1,\"kind\":\"ngap\"," HEAD ",\"outcome\":\"ok\",\"ngap.RANNodeName\":\"a\xff\"}", 0, "UTF-8 without control characters"));
	EXPECT(refused("{\"n\":1,\"kind\":\"ngap\"," HEAD ",\"outcome\":\"ok\"} x", 0, "nothing more on the line"));
	EXPECT(refused("{\"n\":1,\"kind\":\"ngap\"," HEAD ",\"outcome\":\"ok\",}", 0, "a string"));
	EXPECT(refused("{\"n\":1,\"kind\":\"ngap\"," HEAD ",\"outcome\":\"ok\",\"vlan\":[1,2,3,4,5]}", 0, "fewer VLAN tags"));
	EXPECT(refused("{\"n\":1,\"kind\":\"ngap\"," HEAD ",\"outcome\":\"ok\",\"ies\":[],\"ies\":[]}", 0, "each member once"));
	EXPECT(refused("{\"n\":1,\"kind\":\"ngap\"," HEAD ",\"outcome\":\"ok\",\"ngap.tAC\":\"00\",\"ngap.tAC\":\"01\"}", 0, "each member once"));
}

static void texts_may_have_every_escape(void)
{
	EXPECT(prints("{\"n\":1,\"kind\":\"ngap\"," HEAD ",\"outcome\":\"ok\",\"ngap.RANNodeName\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20AC\\ud83d\\ude00\xc3\xa9\"}",
		"{\"n\":1,\"kind\":\"ngap\"," HEAD ",\"outcome\":\"ok\",\"ngap.RANNodeName\":\"\\\"\\\\/\\u0008\\u000c\\u000a\\u000d\\u0009A\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80\xc3\xa9\"}\n"));
	EXPECT(prints("{\"\\u006e\":1,\"kind\":\"ng\\u0061p\"," HEAD ",\"outcome\":\"ok\",\"ngap.RANNodeName\":\"\\u0000\"}",
		"{\"n\":1,\"kind\":\"ngap\"," HEAD ",\"outcome\":\"ok\",\"ngap.RANNodeName\":\"\\u0000\"}\n"));
	EXPECT(refused("{\"n\":1,\"kind\":\"ngap\"," HEAD ",\"outcome\":\"ok\",\"ngap.RANNodeName\":\"\\ude00\"}", 0, "an escape that JSON has"));
	EXPECT(refused("{\"n\":1,\"kind\":\"ngap\"," HEAD ",\"outcome\":\"ok\",\"ngap.RANNodeName\":\"\\ud83dx\"}", 0, "the second half of a surrogate pair"));
	EXPECT(refused("{\"n\":1,\"kind\":\"ngap\"," HEAD ",\"outcome\":\"ok\",\"ngap.RANNodeName\":\"\\ud83d\\u0041\"}", 0, "the second half of a surrogate pair"));
	EXPECT(refused("{\"n\":1,\"kind\":\"ngap\"," HEAD ",\"outcome\":\"ok\",\"ngap.RANNodeName\":\"\\x41\"}", 0, "an escape that JSON has"));
	EXPECT(refused("{\"n\":1,\"kind\":\"ngap\"," HEAD ",\"outcome\":\"ok\",\"ngap.RANNodeName\":\"\\", 0, "the end of a string"));
}

static void members_may_come_in_any_order_with_spaces(void)
{
	EXPECT(prints(" { \"ies\" : [ { \"ngap.tAC\" : [ \"000001\" , \"\" ] , \"id\" : 3 } , { } ] , \"skipped\" : [ \"9007199254740993\" ] , \"outcome\" : \"cut\" ,"
		"\"transport\":99," HEAD ",\"kind\":\"ngap\",\"n\":1,\"ngap.AMF_UE_NGAP_ID\":\"9007199254740993\"}\r\n",
		"{\"n\":1,\"kind\":\"ngap\"," HEAD ",\"transport\":99,\"outcome\":\"cut\",\"ngap.AMF_UE_NGAP_ID\":\"9007199254740993\","
		"\"ies\":[{\"id\":3,\"ngap.tAC\":[\"000001\",\"\"]},{}],\"skipped\":[\"9007199254740993\"]}\n"));
}

static void what_newer_writers_add_is_left_out_and_counted(void)
{
	uint64_t members = rb->reader.unknown_members, kinds = rb->reader.unknown_kinds;

	EXPECT(prints("{\"n\":1,\"kind\":\"ngap\"," HEAD ",\"outcome\":\"ok\",\"ngap.new\":[{\"a\":[null,true,-1.5e+3]},[[]],\"x\"],\"ies\":[{\"new\":{}}]}",
		"{\"n\":1,\"kind\":\"ngap\"," HEAD ",\"outcome\":\"ok\",\"ies\":[{}]}\n"));
	EXPECT(rb->reader.unknown_members == members + 2 && rb->reader.unknown_kinds == kinds);
	EXPECT(line_is("{\"n\":1,\"kind\":\"s7ap\",\"x\":{\"y\":[1,2,{}]}}") == LINE_UNKNOWN);
	EXPECT(line_is("{\"n\":1,\"kind\":\"tally\",\"what\":\"flow\",\"x\":1}") == LINE_UNKNOWN);
	EXPECT(line_is("{\"kind\":\"tally\"}") == LINE_UNKNOWN);
	EXPECT(rb->reader.unknown_kinds == kinds + 3);
	EXPECT(line_is("{\"n\":1,\"kind\":\"s7ap\",\"x\":{\"y\":[1,2,{}]}") == LINE_BAD);
}

/* `open` so often, then `close` so often, behind a head. */
static enum fact_line nested(const char *open, const char *middle, const char *close, unsigned n)
{
	size_t len = 400 + n * (strlen(open) + strlen(close)), at;
	char *s = malloc(len);
	enum fact_line is;

	at = (size_t)snprintf(s, len, "{\"n\":1,\"kind\":\"ngap\"," HEAD ",\"outcome\":\"ok\",");
	for (unsigned i = 0; i < n; i++)
		at += (size_t)snprintf(s + at, len - at, "%s", open);
	at += (size_t)snprintf(s + at, len - at, "%s", middle);
	for (unsigned i = 0; i < n; i++)
		at += (size_t)snprintf(s + at, len - at, "%s", close);
	(void)snprintf(s + at, len - at, "}");
	is = line_is(s);
	free(s);
	return is;
}

static void depth_and_number_are_bounded(void)
{
	EXPECT(nested("\"ies\":[{", "\"ngap.tAC\":\"\"", "}]", FACT_DEPTH - 1) == LINE_FACT);
	EXPECT(nested("\"ies\":[{", "\"ngap.tAC\":\"\"", "}]", FACT_DEPTH) == LINE_BAD);
	EXPECT(nested("\"ies\":[{", "\"ngap.tAC\":\"\"", "}]", 100000) == LINE_BAD);
	EXPECT(nested("\"x\":[{", "\"y\":1", "}]", 29) == LINE_FACT);
	EXPECT(nested("\"x\":[{", "\"y\":1", "}]", 100000) == LINE_BAD);
	EXPECT(nested("\"skipped\":[", "", "1]", 1) == LINE_FACT);
	EXPECT(nested("", "\"skipped\":[1", ",1", FACT_ITEMS - 1) == LINE_BAD);	/* the closing bracket is missing */
}

static void a_list_of_too_many_values_is_refused(void)
{
	size_t n = FACT_ITEMS + 10, at;
	char *s = malloc(n * 2 + 400);

	at = (size_t)snprintf(s, 400, "{\"n\":1,\"kind\":\"ngap\"," HEAD ",\"outcome\":\"ok\",\"skipped\":[1");
	for (size_t i = 0; i < n; i++)
		at += (size_t)snprintf(s + at, 3, ",1");
	(void)snprintf(s + at, 3, "]}");
	EXPECT(refused(s, 0, "fewer values in a fact"));
	free(s);
}

static void a_full_list_closes_what_is_open_and_takes_no_more(void)
{
	static struct item room[64];
	struct fact f = { .n = 0 };
	struct put o;

	for (uint32_t cap = 1; cap <= 64; cap++) {
		uint32_t n;

		put_start(&o, room, cap);
		for (unsigned i = 0; i < 100; i++) {
			if (i % 7 < 2)
				put_open(&o, i);
			put_uint(&o, KEY_LOSS_count, i);
			if (i % 7 == 6)
				put_close_or_drop(&o);
		}
		EXPECT(o.full && o.n + o.depth <= cap);
		put_close_or_drop(&o);
		n = o.n;
		put_uint(&o, KEY_LOSS_count, 1);		/* a closing made no room for it */
		put_open(&o, 1);
		EXPECT(o.n == n);
		put_done(&o, &f);
		EXPECT(!o.depth && f.nitem <= cap);
	}
	put_start(&o, room, 64);
	for (unsigned i = 0; i < FACT_DEPTH + 2; i++)
		put_open(&o, i);
	EXPECT(o.full && o.n == FACT_DEPTH - 1);
	while (o.depth)
		put_close_or_drop(&o);
	put_uint(&o, KEY_LOSS_count, 1);
	EXPECT(o.full && !o.n);
}

static void a_full_arena_is_an_answer(void)
{
	size_t cap = rb->mem.cap;

	for (rb->mem.cap = 0; rb->mem.cap < 600; rb->mem.cap += 8) {
		char *copy;

		(void)readback_parse(rb, END, strlen(END), &copy);
		free(copy);
		if (readback_parse(rb, RUN, strlen(RUN), &copy) == LINE_BAD)
			EXPECT(rb->reader.want != NULL);
		free(copy);
	}
	rb->mem.cap = cap;
}

/* ---- every prefix, every change ---- */

static const char *sample(unsigned i, size_t *n)
{
	static const char *const hand[] = { RUN, END };
	const struct golden *g = golden();

	if (i < 2) {
		*n = strlen(hand[i]);
		return hand[i];
	}
	if (i - 2 >= FACT_KINDS)
		return NULL;
	*n = g->n[i - 2];
	return g->line[i - 2];
}

static void every_prefix_is_refused(void)
{
	const char *s;
	size_t n;
	bool stable;

	for (unsigned i = 0; (s = sample(i, &n)); i++)
		for (size_t k = 0; k + 1 < n; k++)
			if (!EXPECT(readback_twice(rb, s, k, &stable) == LINE_BAD && stable))
				return;
}

/* Each bit turned, and each octet that means something to JSON, to a number or to UTF-8 in its place. */
static void every_change_of_an_octet_is_refused_or_read(void)
{
	static const char telling[] = "\"\\{}[],:019-+.eEtfnu/ z\n\x01\x7f\x80\xbf\xc2\xe2\xf0\xff";		/* with its end, which is 0 */
	unsigned read = 0, bad = 0;
	const char *s;
	char line[8192];
	bool stable;
	size_t n;

	for (unsigned i = 0; (s = sample(i, &n)); i++) {
		n = n > 1500 ? 1500 : n;		/* a cut line ends in trouble, which is the point as well */
		memcpy(line, s, n);
		for (size_t k = 0; k < n; k++) {
			for (unsigned v = 0; v < 8 + sizeof(telling); v++) {
				line[k] = (char)(v < 8 ? s[k] ^ 1 << v : telling[v - 8]);
				*(readback_twice(rb, line, n, &stable) == LINE_BAD ? &bad : &read) += 1;
				if (!EXPECT(stable)) {
					printf("# %.*s\n", (int)n, line);
					return;
				}
			}
			line[k] = s[k];
		}
	}
	printf("# %u read, %u refused\n", read, bad);
	EXPECT(read && bad);
}

int main(int argc, char **argv)
{
	if (argc > 1)
		root = argv[1];
	rb = readback_new(1 << 20);
	TEST(every_fact_of_the_golden_captures_reads_back_the_same);
	TEST(run_and_end_read_back_the_same);
	TEST(troubles_have_a_column_and_say_what_was_expected);
	TEST(texts_may_have_every_escape);
	TEST(members_may_come_in_any_order_with_spaces);
	TEST(what_newer_writers_add_is_left_out_and_counted);
	TEST(depth_and_number_are_bounded);
	TEST(a_list_of_too_many_values_is_refused);
	TEST(a_full_list_closes_what_is_open_and_takes_no_more);
	TEST(a_full_arena_is_an_answer);
	TEST(every_prefix_is_refused);
	TEST(every_change_of_an_octet_is_refused_or_read);
	free(golden());
	readback_free(rb);
	return tap_end();
}

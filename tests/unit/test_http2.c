/* HTTP/2 and HPACK from hostile hands, and from the middle of a connection: nothing is guessed, nothing grows, the next message is read. */
#include "http2.h"
#include "jscan.h"
#include "sbi.h"
#include "seen.h"
#include "tap.h"

static struct seen *s;

enum { ROOM = 1 << 17 };
static uint8_t at[ROOM];

static size_t frame(uint8_t *b, unsigned type, unsigned flags, uint32_t stream, const uint8_t *payload, size_t n)
{
	const uint8_t head[9] = { (uint8_t)(n >> 16), (uint8_t)(n >> 8), (uint8_t)n, (uint8_t)type, (uint8_t)flags, (uint8_t)(stream >> 24), (uint8_t)(stream >> 16),
		(uint8_t)(stream >> 8), (uint8_t)stream };

	memcpy(b, head, 9);
	if (n)
		memcpy(b + 9, payload, n);
	return 9 + n;
}

static void give(unsigned type, unsigned flags, uint32_t stream, const uint8_t *payload, size_t n)
{
	(void)seen_read(s, &proto_http2, 6, at, frame(at, type, flags, stream, payload, n), false);
}

/* A header block in hex, as a request that ends here. */
static void block(const char *hex)
{
	static uint8_t b[8192];

	give(H2_HEADERS, H2_END_HEADERS | H2_END_STREAM, 1, b, hex_octets(hex, b, sizeof(b)));
}

static bool has(const char *text) { return strstr(s->text, text) != NULL; }

static void begin(void)
{
	s = seen_new();
}

static void begin_whole(void)
{
	begin();
	(void)seen_read(s, &proto_http2, 6, (const uint8_t *)"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 24, false);
}

static void end(void)
{
	seen_free(s);
}

/* RFC 7541 C.3: three requests, the second and third with entries of the first. */
static void the_examples_of_the_rfc_are_read(void)
{
	begin_whole();
	block("828684410f7777772e6578616d706c652e636f6d");
	EXPECT(has("\"http2.headers.path\":\"/\"") && has("\"http2.headers.authority\":\"www.example.com\""));
	block("828684be58086e6f2d6361636865");
	EXPECT(has("\"http2.headers.authority\":\"www.example.com\"") && s->outcome[0] == OUT_OK);
	block("828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565");
	EXPECT(has("/index.html") && has("www.example.com") && s->outcome[0] == OUT_OK);
	/* C.4, in Huffman's code */
	end();
	begin_whole();
	block("828684418cf1e3c2e5f23a6ba0ab90f4ff");
	block("828684be5886a8eb10649cbf");
	EXPECT(has("www.example.com") && s->outcome[0] == OUT_OK);
	end();
}

static void what_was_there_before_the_tap_is_unknown_and_counted(void)
{
	begin();
	block("828684be58086e6f2d6361636865");		/* the second of C.3 alone */
	EXPECT(has("\"http2.headers.path\":\"/\"") && has("\"fw.http2.unknown_fields\":1") && !has("authority") && s->outcome[0] == OUT_OK);
	block("828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565");
	EXPECT(has("/index.html") && has("\"fw.http2.unknown_fields\":1") && !has("authority"));
	/* a new authority is known at once and again, though its name was an entry from before */
	block("828684410f7777772e6578616d706c652e6f7267");
	EXPECT(has("www.example.org"));
	block("828684be");
	EXPECT(has("www.example.org") && !has("unknown"));
	block("8286847f0503612e62");			/* a literal whose name is unknown makes an entry: those before move on by one */
	EXPECT(has("\"fw.http2.unknown_fields\":1"));
	block("828684bf");
	EXPECT(has("www.example.org") && !has("unknown"));
	end();
}

static void an_entry_that_never_was_is_an_error_when_all_was_seen(void)
{
	begin_whole();
	block("828684c5");
	EXPECT(s->outcome[0] == OUT_VALUE);
	end();
}

/* Whatever a block did, the next one is read as by a tap that began with it. */
static void goes_on(void)
{
	block("828684410f7777772e6578616d706c652e6f7267");
	EXPECT(s->outcome[0] == OUT_OK && has("www.example.org"));
	block("828684be");
	EXPECT(s->outcome[0] == OUT_OK && has("www.example.org"));
}

static void bad(const char *hex)
{
	begin_whole();
	block("828684410f7777772e6578616d706c652e636f6d");
	block(hex);
	EXPECT(s->outcome[0] == OUT_VALUE || s->outcome[0] == OUT_SHORT);
	goes_on();
	end();
}

static void index_0_does_not_poison_CVE_2024_7246(void) { bad("82868480"); }
static void an_integer_without_bound_is_refused_CVE_2026_58226(void) { bad("8286847fffffffffffffffffff0f"); bad("82868400ff80808080808080808001"); }
static void a_length_that_overflows_is_refused_CVE_2023_36478(void) { bad("828684007fffffffff0f61"); bad("8286840001617fffffffff0f"); }
static void a_string_that_ends_behind_the_block_CVE_2016_2525(void) { bad("828684000561"); bad("82868440"); bad("828684410f77"); }
static void huffman_eos_and_padding_are_refused(void) { bad("828684" "4184ffffffff"); bad("828684" "418100"); bad("828684" "4182f1ff"); }
static void a_size_update_behind_fields_is_refused(void) { bad("8286843f01"); }

static void the_table_shrinks_to_nothing_and_grows_CVE_2020_11100(void)
{
	begin_whole();
	block("828684410f7777772e6578616d706c652e636f6d");
	block("20828684410f7777772e6578616d706c652e6f7267");	/* size 0: nothing is kept */
	EXPECT(has("www.example.org") && s->outcome[0] == OUT_OK);
	block("828684be");
	EXPECT(!has("www.example") && has("\"fw.http2.unknown_fields\":1"));
	goes_on();
	block("3fe11f828684be");				/* 4096 again */
	EXPECT(has("www.example.org"));
	block("3fffffffff0f828684be");				/* more than anybody keeps */
	EXPECT(has("www.example.org") && s->outcome[0] == OUT_OK);
	end();
}

/* One entry of 3 KiB, then indexed as often as fits. */
static void a_header_bomb_is_told_in_part_CVE_2022_41723(void)
{
	static uint8_t b[16384];
	size_t n = 0;

	begin_whole();
	memcpy(b, "\x82\x86\x84\x44\x7f\x81\x17", 7);	/* :path, 3072 octets */
	memset(b + 7, '/', 3072);
	give(H2_HEADERS, H2_END_HEADERS, 1, b, 7 + 3072);
	EXPECT(s->outcome[0] == OUT_OK);
	memset(b, 0xbe, sizeof(b));
	give(H2_HEADERS, H2_END_HEADERS, 3, b, sizeof(b));
	EXPECT(s->outcome[0] == OUT_LIMIT && s->n < sizeof(s->text) - 1);
	memcpy(b, "\x82\x86\xbe", 3);
	give(H2_HEADERS, H2_END_HEADERS, 5, b, 3);
	EXPECT(s->outcome[0] == OUT_OK && has("path\":\"////"));		/* the table is in order */
	(void)n;
	goes_on();
	end();
}

static void a_flood_of_CONTINUATION_is_bounded_CVE_2024_28182_CVE_2024_27316_CVE_2023_45288(void)
{
	static uint8_t b[1024];

	begin_whole();
	memset(b, 'a', sizeof(b));
	memcpy(b, "\x82\x86\x84\x00\x01x\x7f\xff\xff\xff\x01", 11);
	give(H2_HEADERS, H2_END_STREAM, 1, b, sizeof(b));
	for (int i = 0; i < 20000; i++)
		give(H2_CONTINUATION, 0, 1, b, sizeof(b));
	give(H2_CONTINUATION, H2_END_HEADERS, 1, b, sizeof(b));
	EXPECT(s->outcome[0] == OUT_LIMIT);
	goes_on();
	end();
}

static uint32_t streams(void) { return ((struct h2_state *)layer_state(s->l, &proto_http2))->streams.t.used; }

static void streams_that_are_reset_at_once_leave_nothing_CVE_2023_44487(void)
{
	static const uint8_t cancel[4] = { 0, 0, 0, 8 }, head[] = { 0x82, 0x86, 0x84 };

	begin_whole();
	for (uint32_t i = 1; i < 40000; i += 2) {
		give(H2_HEADERS, H2_END_HEADERS, i, head, sizeof(head));
		give(H2_RST_STREAM, 0, i, cancel, sizeof(cancel));
	}
	EXPECT(streams() == 0);
	goes_on();
	end();
}

static void streams_that_are_never_ended_give_way_CVE_2024_32663(void)
{
	static const uint8_t head[] = { 0x82, 0x86, 0x84 }, body[] = { '{' };

	begin_whole();
	for (uint32_t i = 1; i < 6 * H2_STREAMS; i += 2) {
		give(H2_HEADERS, H2_END_HEADERS, i, head, sizeof(head));
		give(H2_DATA, 0, i, body, sizeof(body));
	}
	EXPECT(streams() <= H2_STREAMS && streams() > H2_STREAMS / 2);
	goes_on();
	end();
}

static void empty_frames_and_settings_cost_nothing_CVE_2019_9518_CVE_2020_11080(void)
{
	static uint8_t b[16380];

	begin_whole();
	give(H2_HEADERS, H2_END_HEADERS, 1, (const uint8_t *)"\x82\x86\x84", 3);
	for (int i = 0; i < 20000; i++)
		give(H2_DATA, 0, 1, b, 0);
	for (int i = 0; i < 50; i++)
		give(H2_SETTINGS, 0, 0, b, sizeof(b));
	EXPECT(s->outcome[0] == OUT_OK && s->facts == 1);
	goes_on();
	end();
}

static void every_prefix_and_every_change_of_frames(void)
{
	static const char *const blocks[] = { "828684410f7777772e6578616d706c652e636f6d", "828684418cf1e3c2e5f23a6ba0ab90f4ff",
		"82864482613f0f0b6170706c69636174696f6e0f0d81bf" };
	uint8_t b[256], f[300];

	for (unsigned i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++) {
		size_t n = hex_octets(blocks[i], b, sizeof(b)), k;

		begin_whole();
		k = frame(f, H2_HEADERS, H2_END_HEADERS, 1, b, n);
		for (size_t cut = 9; cut < k; cut++)
			for (int captured = 0; captured < 2; captured++) {
				EXPECT(seen_read(s, &proto_http2, 6, f, cut, captured) && s->facts == 1);
				EXPECT(s->outcome[0] == (captured ? OUT_CUT : OUT_SHORT));
			}
		every_octet_changed(s, &proto_http2, f, k);
		goes_on();
		end();
	}
	begin_whole();
	give(H2_HEADERS, H2_END_HEADERS | H2_PADDED, 1, (const uint8_t *)"\xff\x82", 2);	/* more padding than there is */
	EXPECT(s->outcome[0] == OUT_VALUE);
	end();
}

/* Which octets look like the middle of a connection. */
static void chance_looks_like_no_connection(void)
{
	uint64_t seed = 7;
	unsigned taken = 0, right = 0;
	uint8_t b[64];

	for (int i = 0; i < 2000000; i++) {
		size_t n = 9 + next_random(&seed) % 50;

		for (size_t k = 0; k < n; k++)
			b[k] = (uint8_t)(next_random(&seed) >> 8);
		b[0] = 0;
		if (i & 1)
			b[1] = 0;
		if ((i & 3) == 3) {
			b[2] = (uint8_t)(n - 9);	/* even of the right length */
			b[3] &= 15;
		}
		*((i & 3) == 3 ? &right : &taken) += h2_shape(b, n, n, true);
	}
	EXPECT(taken == 0 && right < 4);
}

/* ---- JSON ---- */

static void json_of_every_length_ends_in_order(void)
{
	static const char text[] = " {\"a\":[1,-2.5e3,true,null,{\"b\":\"c\\\"\\u00e4\\n\"}],\"d\":{},\"e\":[[]]} ";

	for (size_t n = 0; n <= sizeof(text) - 1; n++)
		for (int cut = 0; cut < 2; cut++) {
			uint8_t *b = malloc(n ? n : 1);
			struct jscan j = { .depth = 0 };
			unsigned tokens = 0;

			memcpy(b, text, n);
			jscan_begin(&j, b, n, cut);
			while (jscan_next(&j) != J_END)
				tokens++;
			if (n >= sizeof(text) - 2)
				EXPECT(j.c.why == CUR_OK && !j.depth && tokens == 17);
			else
				EXPECT(j.c.why == (cut ? CUR_CUT : CUR_SHORT));
			free(b);
		}
}

static void json_that_is_deep_ends_at_the_cap_CVE_2017_9616(void)
{
	static uint8_t b[100000];
	struct jscan j;
	unsigned tokens = 0;

	memset(b, '[', sizeof(b));
	jscan_begin(&j, b, sizeof(b), false);
	while (jscan_next(&j) != J_END)
		tokens++;
	EXPECT(tokens == JSCAN_DEPTH && j.c.why == CUR_LIMIT);
}

static void json_that_is_wrong_is_refused(void)
{
	static const char *const texts[] = { "{\"a\" 1}", "{\"a\":}", "{a:1}", "{\"a\":1,,}", "[1 2]", "{\"a\":\"\n\"}", "[}", "{\"a\":1]", "?", "\"\x01\"" };

	for (unsigned i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct jscan j;

		jscan_begin(&j, (const uint8_t *)texts[i], strlen(texts[i]), false);
		while (jscan_next(&j) != J_END)
			;
		if (j.c.why != CUR_VALUE)
			printf("# %s\n", texts[i]);
		EXPECT(j.c.why == CUR_VALUE);
	}
}

/* An octet that means something (or nearly does) at every place of strings of every length: they end where one who looks at each octet ends. */
static void a_string_ends_at_its_quote_wherever_that_is(void)
{
	static const uint8_t some[] = { '"', '\\', 0, 1, 31, ' ', '!', '#', '[', ']', 0x5b + 0x80, 0x22 + 0x80, 0x9f, 0xff };

	for (size_t n = 1; n < 40; n++)
		for (size_t i = 0; i < n * sizeof(some); i++) {
			uint8_t *b = malloc(n + 1);
			struct jscan j;
			size_t end = 1;

			b[0] = '"';
			memset(b + 1, 'a', n);
			b[1 + i % n] = some[i / n];
			if (i % 3)
				b[n] = '"';
			while (end <= n && b[end] != '"' && b[end] >= 32)
				end += 1 + (b[end] == '\\');
			jscan_begin(&j, b, n + 1, false);
			if (end <= n && b[end] == '"')
				EXPECT(jscan_next(&j) == J_STRING && j.value.p == b + 1 && j.value.n == end - 1 && j.escaped == (memchr(b + 1, '\\', end - 1) != NULL) && j.c.p == b + end + 1);
			else
				EXPECT(jscan_next(&j) == J_END && j.c.why == (end <= n ? CUR_VALUE : CUR_SHORT));
			free(b);
		}
}

static void an_identity_is_found_wherever_it_is(void)
{
	static const struct { const char *text; size_t plain; } some[] = {
		{ "imsi-001010000000001", 5 }, { "msisdn-82100", 7 }, { "imeisv-35609204", 7 }, { "nai-u", 4 }, { "extid-u", 6 }, { "gci-u", 4 }, { "mac-u", 4 }, { "eui-u", 4 },
		{ "suci-0-001-01-0000-0-0-0000000001", 23 }, { "?token=u", 7 }, { "&key=u", 5 }, { "imsi-0010", 0 }, { "imsj-00101", 0 }, { "imsi_00101", 0 }, { "?tokem=u", 0 },
		{ "suci-0-001-01-0000-1-0-0000000001", 0 }, { "?token", 0 }, { "mac-", 0 },
	};

	for (unsigned i = 0; i < sizeof(some) / sizeof(some[0]); i++)
		for (size_t k = 0; k < 40 * 40; k++) {
			size_t n = strlen(some[i].text), before = k / 40, all = before + n + k % 40;
			uint8_t *b = malloc(all);

			memset(b, k % 2 ? '-' : '/', all);
			memcpy(b + before, some[i].text, n);
			/* what stands behind a kind's dash is its text until a slash */
			if (some[i].plain || k % 2 == 0)
				EXPECT(sbi_before_identity(b, all) == (some[i].plain ? before + some[i].plain : all));
			free(b);
		}
}

static void escapes_become_letters(void)
{
	static const char in[] = "a\\\"\\\\\\/\\b\\n\\u00e4\\u20ac\\ud83d\\u";
	uint8_t out[sizeof(in)];
	size_t n = jscan_plain((struct jspan){ (const uint8_t *)in, sizeof(in) - 1 }, out);

	EXPECT(n == 15 && !memcmp(out, "a\"\\/\b\n\xc3\xa4\xe2\x82\xac\xed\xa0\xbdu", 15));
}

/* ---- pseudonyms ---- */

static void sums(void *ctx, const void *p, size_t n, uint8_t mac[32])
{
	const struct hash_key k = hash_key_make("any", 3);
	uint64_t h = hash_bytes(&k, p, n);

	memset(mac, 0, 32);
	memcpy(mac, &h, 8);
	++*(unsigned *)ctx;
}

/* What is remembered of identities changes no pseudonym: each is as one who remembers nothing makes it. */
static void a_pseudonym_is_the_same_whenever_it_is_asked_for(void)
{
	static const char *const kinds[] = { "imsi", "imei", "a-kind-of-more-letters-than-any" };
	unsigned made = 0, none = 0, asked = 0;
	struct layers_config cfg = { .hash = hash_key_make("test", 4), .hmac = sums, .hmac_ctx = &made };
	struct layers *l;

	EXPECT(!layers_new(&l, &cfg));
	for (unsigned i = 0; i < 20000; i++) {
		const char *kind = kinds[i % 3], *as;
		uint8_t in[128], mac[32];
		char id[80], want[21] = "sub-";
		size_t n = (size_t)snprintf(id, sizeof(id), "%015u%.*s", i / 3 % 10 ? i / 3 % 7 : i / 30, (int)(i / 3 % 4 * 12), "000000000000000000000000000000000000"), k = strlen(kind) + 1;

		memcpy(in, kind, k);
		memcpy(in + k, id, n);
		sums(&none, in, k + n, mac);
		for (unsigned b = 0; b < 8; b++)
			(void)snprintf(want + 4 + 2 * b, 3, "%02x", mac[b]);
		as = layer_pseudonym(l, kind, id, n);
		EXPECT(as && !strcmp(as, want));
		asked++;
		layers_batch_done(l);
	}
	EXPECT(made > 100 && made < asked);
	layers_free(l);
}

/* Rows are looked for where their service's begin: one that stands elsewhere is never found. */
static void each_operation_is_found_by_its_path(void)
{
	const struct sbi_op *op;
	unsigned i;

	for (i = 1; (op = sbi_op(i)); i++) {
		const struct sbi_service *of = sbi_service_of(op), *service;
		const uint8_t *version;
		size_t n, nversion = 0;
		char path[256];
		unsigned row;

		n = (size_t)snprintf(path, sizeof(path), "/%s/v1", of->name);
		if (*op->path)
			path[n++] = '/';
		for (const char *t = op->path; *t; t++)
			if (*t != '}')
				path[n++] = *t == '{' || *t == '*' ? 'x' : *t;
		row = sbi_find((const uint8_t *)op->method, strlen(op->method), (const uint8_t *)path, n, &service, &version, &nversion);
		if (!EXPECT(row && service == of && !strcmp(sbi_op(row)->name, op->name)))
			printf("# %s %.*s\n", op->method, (int)n, path);
	}
	EXPECT(i > 100);
}

int main(void)
{
	TEST(the_examples_of_the_rfc_are_read);
	TEST(what_was_there_before_the_tap_is_unknown_and_counted);
	TEST(an_entry_that_never_was_is_an_error_when_all_was_seen);
	TEST(index_0_does_not_poison_CVE_2024_7246);
	TEST(an_integer_without_bound_is_refused_CVE_2026_58226);
	TEST(a_length_that_overflows_is_refused_CVE_2023_36478);
	TEST(a_string_that_ends_behind_the_block_CVE_2016_2525);
	TEST(huffman_eos_and_padding_are_refused);
	TEST(a_size_update_behind_fields_is_refused);
	TEST(the_table_shrinks_to_nothing_and_grows_CVE_2020_11100);
	TEST(a_header_bomb_is_told_in_part_CVE_2022_41723);
	TEST(a_flood_of_CONTINUATION_is_bounded_CVE_2024_28182_CVE_2024_27316_CVE_2023_45288);
	TEST(streams_that_are_reset_at_once_leave_nothing_CVE_2023_44487);
	TEST(streams_that_are_never_ended_give_way_CVE_2024_32663);
	TEST(empty_frames_and_settings_cost_nothing_CVE_2019_9518_CVE_2020_11080);
	TEST(every_prefix_and_every_change_of_frames);
	TEST(chance_looks_like_no_connection);
	TEST(json_of_every_length_ends_in_order);
	TEST(json_that_is_deep_ends_at_the_cap_CVE_2017_9616);
	TEST(json_that_is_wrong_is_refused);
	TEST(a_string_ends_at_its_quote_wherever_that_is);
	TEST(escapes_become_letters);
	TEST(each_operation_is_found_by_its_path);
	TEST(an_identity_is_found_wherever_it_is);
	TEST(a_pseudonym_is_the_same_whenever_it_is_asked_for);
	return tap_end();
}
